"""What lessons add to the site: their activity kind, and a person's notes in exports."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.people.models import User
from lms.plugins import ACTIVITY_KINDS, PRIVACY_HANDLERS, ActivityKind, Held, PrivacyHandler
from oer.lessons.models import Reflection


@hooks.register(ACTIVITY_KINDS.name)
def lesson() -> ActivityKind:
    return ActivityKind(model="oer_lessons.lessonpage", label=_("Lesson"), icon="book-open")


@hooks.register(PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    return PrivacyHandler(
        name="lessons",
        models=["oer_lessons.Reflection"],
        export=None,
        erase=erase,
        label=_("Your private notes"),
        held=[Held("oer_lessons.reflection")],
    )


def erase(user: User) -> None:
    Reflection.objects.filter(user=user).delete()
