"""The shipped content as it comes into a site, and as it comes again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from lms.quizzes.admin_forms import problem_with
from lms.quizzes.models import QuizPage
from oer.lessons import actions, loading
from oer.lessons.models import LessonPage, TrainingModulePage
from oer.library.models import Competence
from tests.make import make_editor, make_user

AT = datetime(2026, 5, 12, 17, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Load everything once, for all tests here: what a test changes of it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield list(loading.load_content())
        transaction.set_rollback(True)


@pytest.fixture
def lesson(loaded: list[str]) -> LessonPage:
    """A shipped lesson, for which a newer file has come."""
    lesson: LessonPage = LessonPage.objects.get(slug="what-mentoring-is")
    lesson.shipped.fingerprint = "of an older file"
    lesson.shipped.save()
    return lesson


def test_load_content_builds_every_module_once(loaded: list[str]):
    again = list(loading.load_content())

    modules = TrainingModulePage.objects.live()
    assert len(loaded) == 1 + modules.count() + LessonPage.objects.count() + QuizPage.objects.count()
    assert (again, modules.count()) == ([], 5)
    assert all(module.get_children().live().count() >= 4 for module in modules)
    assert Competence.objects.filter(framework__slug="digcomp-2-2", area__isnull=False).count() == 21


def test_load_content_makes_no_quiz_that_nobody_could_pass(loaded: list[str]):
    problems = {
        problem_with(question.kind, [choice.right for choice in question.choices.all()])
        for quiz in QuizPage.objects.all()
        for question in quiz.questions.all()
    }

    assert problems == {""}


def test_load_content_leaves_alone_what_an_editor_touched(lesson: LessonPage):
    lesson.title = "Ours"
    lesson.save_revision(user=make_editor()).publish()

    lines = list(loading.load_content())

    lesson.refresh_from_db()
    assert (lesson.title, lines) == ("Ours", [f"left {lesson.url_path}: it was edited here"])


def test_load_content_changes_what_changed_and_keeps_the_notes(client: Client, lesson: LessonPage):
    (question,) = actions.questions_in(lesson)
    user = make_user()
    actions.save_reflection(lesson, actor=user, block=question, text="A thought", at=AT)

    lines = list(loading.load_content())

    client.force_login(user)
    assert lines == [f"changed {lesson.url_path}"]
    assert "A thought" in client.get(lesson.url).content.decode()
