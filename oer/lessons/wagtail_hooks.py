"""What lessons add to the site: their activity kind, and a person's notes in exports."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.people.models import User
from lms.plugins import ACTIVITY_KINDS, PRIVACY_HANDLERS, ActivityKind, PrivacyHandler
from oer.lessons.models import Reflection


@hooks.register(ACTIVITY_KINDS.name)
def lesson() -> ActivityKind:
    return ActivityKind(model="oer_lessons.lessonpage", label=_("Lesson"), icon="book-open")


@hooks.register(PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    return PrivacyHandler(name="lessons", models=["oer_lessons.Reflection"], export=export, erase=erase)


def export(user: User) -> dict[str, Any]:
    notes = Reflection.objects.filter(user=user)
    return {"reflections": list(notes.values("lesson__title", "question", "text", "saved_at"))}


def erase(user: User) -> None:
    Reflection.objects.filter(user=user).delete()
