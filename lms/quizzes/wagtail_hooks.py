"""What quizzes add to the site: their activity kind, and a person's attempts in exports."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.people.models import User
from lms.plugins import ACTIVITY_KINDS, PRIVACY_HANDLERS, ActivityKind, Held, PrivacyHandler
from lms.quizzes.models import Attempt


@hooks.register(ACTIVITY_KINDS.name)
def quiz() -> ActivityKind:
    return ActivityKind(
        model="lms_quizzes.quizpage", label=_("Quiz"), icon="circle-question-mark", completed_by="passed"
    )


@hooks.register(PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    return PrivacyHandler(
        name="quizzes",
        models=["lms_quizzes.Attempt"],
        export=None,
        erase=erase,
        label=_("Quizzes"),
        held=[Held("lms_quizzes.attempt")],
    )


def erase(user: User) -> None:
    Attempt.objects.filter(user=user).delete()
