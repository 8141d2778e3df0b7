"""What people answered belongs to them: how it is exported and erased."""

from typing import Any

from wagtail import hooks

from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, PrivacyHandler
from lms.questionnaires.models import Answer, Question, Response

WRITTEN = [Question.Kind.TEXT, Question.Kind.LONG_TEXT]


@hooks.register(PRIVACY_HANDLERS.name)
def responses() -> PrivacyHandler:
    return PrivacyHandler(name="questionnaires", models=["lms_questionnaires.Response"], export=export, erase=erase)


def export(user: User) -> dict[str, Any]:
    """Return every form that the person answered, with the answers in words."""
    found = Response.objects.filter(respondent=user).select_related("version__questionnaire").with_answers()
    return {
        "forms": [
            {
                "form": str(response.version),
                "state": response.get_state_display(),
                "saved": response.saved_at.isoformat(),
                "answers": {answer.question.text: answer.words for answer in response.answers.all()},
            }
            for response in found
        ]
    }


def erase(user: User) -> None:
    """Keep the choices without the person, so that figures stay right; drafts and everything written go."""
    mine = Response.objects.filter(respondent=user)
    Answer.objects.filter(response__in=mine, question__kind__in=WRITTEN).delete()
    mine.filter(state=Response.State.DRAFT).delete()
    mine.update(respondent=None)
