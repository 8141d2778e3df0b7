"""The same answer to many applicants."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError
from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.applications.actions.deciding import accept_application, decline_application, move_application
from mentoring_ext.applications.actions.letters import write_letter
from mentoring_ext.applications.letter_texts import LetterText
from mentoring_ext.applications.models import Application, Purpose, Stage


class Deed(models.TextChoices):
    """What is done to many applications at once."""

    MESSAGE = "message", _("Write to them")
    WAITING = "waiting", _("Put them on the waiting list: tell them so")
    SCREENING = "screening", _("Move to “Screening”")
    INTERVIEW = "interview", _("Move to “Interview”")
    TRAINING = "training", _("Move to “Training”")
    ACCEPTED = "accepted", _("Accept as mentors")
    DECLINED = "declined", _("Decline")


MOVES = (Deed.SCREENING, Deed.INTERVIEW, Deed.TRAINING)
PURPOSES = {
    Deed.MESSAGE: Purpose.MESSAGE,
    Deed.WAITING: Purpose.WAITING,
    Deed.ACCEPTED: Purpose.ACCEPTED,
    Deed.DECLINED: Purpose.DECLINED,
}
"""The letters that go with deeds; a move goes without one."""


@dataclass(frozen=True)
class Answer:
    """One answer for many: what is done, the words for the applicants, the reason for the file, the mail's text."""

    deed: Deed
    words: str = ""
    reason: str = ""
    text: LetterText | None = None


@dataclass
class Outcome:
    """How many were answered, and which could not be, with the reason in words."""

    done: int = 0
    left: list[tuple[int, str, str]] = field(default_factory=list)


def answer_many(
    applications: Iterable[Application],
    *,
    actor: User,
    answer: Answer,
    at: datetime,
    after_each: Callable[[int], None] | None = None,
) -> Outcome:
    """Give the same answer to many, each in a transaction of its own: who cannot be answered is left and named.

    ``after_each`` is told how many are through; what it raises ends the work, and what was done stays.
    """
    outcome = Outcome()
    for number, application in enumerate(applications, start=1):
        try:
            _answer(application, actor, answer, at)
            outcome.done += 1
        except DomainError as error:
            outcome.left.append((application.pk, str(application), str(error.text)))
        if after_each:
            after_each(number)
    return outcome


@transaction.atomic
def _answer(application: Application, actor: User, answer: Answer, at: datetime) -> None:
    if answer.deed in MOVES:
        move_application(application, actor=actor, stage=Stage(answer.deed.value), at=at)
    elif answer.deed == Deed.ACCEPTED:
        accept_application(application, actor=actor, answer=answer.words, reason=answer.reason, at=at, text=answer.text)
    elif answer.deed == Deed.DECLINED:
        decline_application(
            application, actor=actor, answer=answer.words, reason=answer.reason, at=at, text=answer.text
        )
    else:
        letter = write_letter(application, purpose=PURPOSES[answer.deed], actor=actor, at=at, text=answer.text)
        record("wrote", letter, actor=actor, context=application, at=at)
