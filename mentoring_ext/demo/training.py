"""Training that the demo's people take."""

from datetime import datetime

from lms.courses.actions import complete_activity, enrol, view_activity
from lms.courses.models import ActivityPage, CoursePage
from lms.people.models import User
from lms.quizzes.actions import questions_of, start_attempt, submit_attempt
from lms.quizzes.models import QuizPage
from mentoring_ext.demo.people import Demo
from mentoring_ext.programmes.models import Cohort


def take_required_training(cohort: Cohort, user: User, role: str, *, at: datetime) -> None:
    """Complete everything that the cohort asks of the role, quizzes by answering them."""
    for requirement in cohort.requirements.filter(role=role).select_related("activity"):
        take(requirement.activity.specific, user, at=at)


def take(activity: ActivityPage, user: User, *, at: datetime) -> None:
    """Complete one activity: a quiz by the right answers, anything else by reading it."""
    if isinstance(activity, QuizPage):
        _pass_quiz(activity, user, at=at)
        return
    view_activity(activity, actor=user, at=at)
    complete_activity(activity, actor=user, at=at)


def _pass_quiz(quiz: QuizPage, user: User, *, at: datetime) -> None:
    answers = {
        question.id: next(option.text for option in question.options if option.right)
        if question.kind == "short_text"
        else [option.id for option in question.options if option.right]
        for question in questions_of(quiz)
    }
    attempt = start_attempt(quiz, actor=user, at=at)
    submit_attempt(attempt, actor=user, answers=answers, at=at)


def learn_something(demo: Demo) -> None:
    """Let the learner join the first course and complete half of it."""
    learner = demo.people["learner"]
    course = CoursePage.objects.live().order_by("path").first()
    if course is None:
        return
    enrol(learner, course, actor=learner)
    activities = list(ActivityPage.objects.child_of(course).live())
    for activity in activities[: len(activities) // 2]:
        take(activity.specific, learner, at=demo.ago(days=3))
