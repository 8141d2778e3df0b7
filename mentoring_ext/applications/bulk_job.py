"""Answers to many applicants as a long task."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.jobs.actions import start_job
from lms.jobs.models import Job
from lms.people.models import User
from mentoring_ext.applications.actions import Answer, Deed, answer_many
from mentoring_ext.applications.letter_texts import LetterText
from mentoring_ext.applications.models import Application, Call

KIND = "answer_applications"
MANY = 20
"""From more than so many applications on, answering is a long task."""


def start_answering(call: Call, *, actor: User, applications: list[int], answer: Answer, at: datetime) -> Job:
    """Have many applications answered by the worker."""
    data: dict[str, Any] = {
        "call": call.pk,
        "applications": applications,
        "deed": answer.deed.value,
        "words": answer.words,
        "reason": answer.reason,
        "subject": answer.text.subject if answer.text else "",
        "body": answer.text.body if answer.text else "",
    }
    title = _("%(deed)s: %(call)s") % {"deed": answer.deed.label, "call": call}
    return start_job(KIND, actor=actor, title=title, data=data, at=at)


def run(running: Any) -> None:
    """Answer the applications of the job's data that its owner still decides on."""
    data, owner = running.data, running.owner
    own = Application.objects.confirmed().filter(call__in=Call.objects.coordinated_by(owner), call=data["call"])
    chosen = list(own.filter(pk__in=data["applications"]).select_related("call__cohort__organisation", "user"))
    text = LetterText(data["subject"], data["body"]) if data["body"] else None
    answer = Answer(Deed(data["deed"]), words=data["words"], reason=data["reason"], text=text)

    def after_each(number: int) -> None:
        running.count(number, len(chosen))
        running.stop_if_cancelled()

    outcome = answer_many(chosen, actor=owner, answer=answer, at=timezone.now(), after_each=after_each)
    sentence = _("%(done)d answered, %(left)d left as they were.") % {"done": outcome.done, "left": len(outcome.left)}
    left = [{"name": name, "why": why} for _pk, name, why in outcome.left]
    url = reverse("mentoring_applications:letter_list", args=[data["call"]])
    running.leave({"done": outcome.done, "left": left}, url=url, sentence=sentence)
