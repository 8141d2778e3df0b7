"""A lesson's blocks as one reader sees them: reflection questions come with the reader's own note."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from lms.people.models import User
from oer.lessons.forms import ReflectionForm
from oer.lessons.models import LessonPage, Reflection


@dataclass(frozen=True)
class Part:
    """A block of the lesson; ``form`` and ``note`` belong to reflection questions of people who are signed in."""

    block: Any
    form: ReflectionForm | None = None
    note: Reflection | None = None


def parts_of(
    lesson: LessonPage, user: User | AnonymousUser, bound: Mapping[UUID, ReflectionForm] | None = None
) -> list[Part]:
    """Return the lesson's blocks in order, in one query; ``bound`` holds forms with wrong input to show again."""
    notes = {note.block: note for note in Reflection.objects.visible_to(user).filter(lesson=lesson.pk)}
    return [_part(block, user, notes, bound or {}) for block in lesson.body]


def _part(
    block: Any,
    user: User | AnonymousUser,
    notes: Mapping[UUID, Reflection],
    bound: Mapping[UUID, ReflectionForm],
) -> Part:
    if block.block_type != "reflection" or not user.is_authenticated:
        return Part(block)
    key = UUID(block.id)
    note = notes.get(key)
    return Part(block, bound.get(key) or reflection_form(key, note=note), note)


def reflection_form(key: UUID, data: Any = None, note: Reflection | None = None) -> ReflectionForm:
    """Return the form of the question ``key``, with ids of its own: a lesson may hold several."""
    return ReflectionForm(data, initial={"text": note.text if note else ""}, auto_id=f"reflection_{key}_%s")
