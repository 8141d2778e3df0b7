"""What people do with lessons: draft one, and write a private note in one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from lms.text.clean_html import clean_html
from oer.lessons.errors import UnknownQuestion
from oer.lessons.models import LessonPage, Reflection, TrainingModulePage


@transaction.atomic
def draft_lesson(module: TrainingModulePage, *, title: str, body_html: str, actor: User) -> LessonPage:
    """Make an unpublished lesson as the module's last child; an editor looks it over and publishes it.

    ``body_html`` is sanitised here. Licence, language and level are the module's.
    """
    lesson = LessonPage(
        title=title,
        live=False,
        owner=actor,
        body=[("text", clean_html(body_html))],
        licence=module.licence,
        authors=module.authors,
        language=module.language,
        level=module.level,
    )
    lesson.has_unpublished_changes = True
    module.add_child(instance=lesson)
    lesson.competences.set(module.competences.all())
    lesson.save_revision(user=actor)
    record("created", lesson, actor=actor, context=module)
    return lesson


@transaction.atomic
def save_reflection(lesson: LessonPage, *, actor: User, block: UUID, text: str, at: datetime) -> Reflection | None:
    """Keep the person's private note on a question; an empty text takes it away. Raises ``UnknownQuestion``."""
    question = questions_in(lesson).get(block)
    if question is None:
        raise UnknownQuestion
    if not text.strip():
        Reflection.objects.filter(user=actor, lesson=lesson, block=block).delete()
        return None
    reflection, _created = Reflection.objects.update_or_create(
        user=actor, lesson=lesson, block=block, defaults={"question": question, "text": text, "saved_at": at}
    )
    # The journal says that something was written, never what.
    record("wrote", lesson, actor=actor, context=lesson, at=at)
    return reflection


def questions_in(lesson: LessonPage) -> dict[UUID, str]:
    """Return the lesson's reflection questions by the id of their block."""
    return {UUID(block.id): block.value["question"] for block in lesson.body if block.block_type == "reflection"}
