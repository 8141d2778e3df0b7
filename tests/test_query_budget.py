"""How often a page may ask the database once it is warm: the budgets of pages that everybody opens."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.boards.models import Board
from lms.people.models import User
from lms.quizzes.actions import start_attempt
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return make.make_user()


@pytest.fixture
def queries_of(client: Client) -> Callable[[str], int]:
    """Return a function that opens a page, and opens it again to count."""

    def count(address: str) -> int:
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured.captured_queries)

    return count


def course_of(learner: User, lessons: int = 30) -> list[str]:
    """Make a course of so many lessons that the learner takes; return its address and that of its last lesson."""
    course = make.make_module()
    made = [make.make_lesson(module=course, section=f"Part {number // 3}") for number in range(lessons)]
    make.make_enrolment(user=learner, course=course)
    return [course.get_url(), made[-1].get_url()]


def test_pages_of_visitors(queries_of):
    budgets = {"/": 6, "/accounts/login/": 2, "/accounts/password/reset/": 2, "/people/code/": 2}

    asked = {address: queries_of(address) for address in budgets}

    assert [address for address, budget in budgets.items() if asked[address] > budget] == [], asked


def test_pages_of_ones_own_account(client: Client, queries_of, learner: User):
    client.force_login(learner)
    budgets = {
        "/people/me/": 4,
        "/people/me/sessions/": 4,
        "/people/second-step/": 3,
        "/accounts/2fa/": 5,
        "/accounts/email/": 10,
    }

    asked = {address: queries_of(address) for address in budgets}

    assert [address for address, budget in budgets.items() if asked[address] > budget] == [], asked


def test_course_with_thirty_lessons(client: Client, queries_of, learner: User):
    client.force_login(learner)
    course, lesson = course_of(learner)

    asked = queries_of(course), queries_of(lesson)

    assert asked[0] <= 8, asked
    assert asked[1] <= 10, asked


def test_dashboard_of_a_learner(client: Client, queries_of, learner: User):
    client.force_login(learner)
    course_of(learner, lessons=3)

    assert queries_of("/home/") <= 15


def test_topic_with_a_hundred_answers(client: Client, queries_of, learner: User):
    client.force_login(learner)
    topic = make.make_topic(make.make_board(access=Board.Access.PUBLIC), actor=learner)
    for _answer in range(100):
        make.make_post(topic, actor=learner)

    assert queries_of(topic.get_absolute_url()) <= 8


def test_quiz_and_attempt(client: Client, queries_of, learner: User):
    client.force_login(learner)
    quiz = make.make_quiz(questions=3)
    make.make_enrolment(user=learner, course=quiz.get_parent().specific)
    attempt = start_attempt(quiz, actor=learner, at=make.AUTUMN)

    asked = queries_of(quiz.get_url()), queries_of(attempt.get_absolute_url())

    assert asked[0] <= 10, asked
    assert asked[1] <= 8, asked
