"""Makers of open content."""

import json
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

from wagtail.models import Site

from oer.lessons.actions import questions_in
from oer.lessons.models import LessonPage, Reflection, TrainingModulePage
from oer.library.models import CataloguePage, Licence
from tests.make.lms import make_user
from tests.make.numbers import numbers


# oer.library
def make_licence(**fields: Any) -> Licence:
    defaults = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    code = fields.pop("code", "cc-by-4-0")
    return Licence.objects.get_or_create(code=code, defaults=defaults | fields)[0]


# oer.lessons
def make_catalogue(**fields: Any) -> CataloguePage:
    root = Site.objects.get(is_default_site=True).root_page
    return cast(
        CataloguePage, root.add_child(instance=CataloguePage(**{"title": "Training", "slug": "training"} | fields))
    )


def make_module(**fields: Any) -> TrainingModulePage:
    """Make a published module in the catalogue."""
    number = next(numbers)
    parent = fields.pop("catalogue", None) or CataloguePage.objects.first() or make_catalogue()
    defaults = {"title": f"Module {number}", "slug": f"module-{number}", "authors": "Ada", "licence": make_licence()}
    return cast(TrainingModulePage, parent.add_child(instance=TrainingModulePage(**defaults | fields)))


def make_lesson(**fields: Any) -> LessonPage:
    """Make a published lesson with a text and a reflection; ``module`` is where it stands."""
    number = next(numbers)
    module = fields.pop("module", None) or make_module()
    body = [
        {"type": "text", "value": "<p>Listen first.</p>", "id": str(uuid4())},
        {"type": "reflection", "value": {"question": "When did you listen?"}, "id": str(uuid4())},
    ]
    defaults = {"title": f"Lesson {number}", "slug": f"lesson-{number}", "authors": "Ada", "licence": make_licence()}
    return cast(LessonPage, module.add_child(instance=LessonPage(**defaults | {"body": json.dumps(body)} | fields)))


def make_reflection(**fields: Any) -> Reflection:
    """Make a note on the lesson's first question."""
    lesson: LessonPage = fields.pop("lesson", None) or make_lesson()
    block, question = next(iter(questions_in(lesson).items()))
    defaults = {"block": block, "question": question, "text": "A thought", "saved_at": datetime(2026, 5, 2, tzinfo=UTC)}
    if "user" not in fields:
        fields["user"] = make_user()
    return Reflection.objects.create(lesson=lesson, **defaults | fields)
