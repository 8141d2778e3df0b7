"""What people do with a quiz: start or resume it, save answers, hand them in."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from lms.courses.actions import complete_activity, enrolment_in, view_activity
from lms.courses.errors import NotEnrolled
from lms.journal.actions import record
from lms.people.models import User
from lms.quizzes import scoring
from lms.quizzes.errors import AttemptClosed, EmptyQuiz, NoAttemptLeft
from lms.quizzes.models import Attempt, QuizPage


def start_attempt(quiz: QuizPage, *, actor: User, at: datetime) -> Attempt:
    """Return the person's open attempt, or start one. Raises ``NotEnrolled``, ``NoAttemptLeft`` and ``EmptyQuiz``."""
    try:
        return _start(quiz, actor, at)
    except IntegrityError:
        # Another window started at the same moment and won; its attempt is the open one.
        return Attempt.objects.unfinished().get(user=actor, quiz=quiz)


@transaction.atomic
def _start(quiz: QuizPage, actor: User, at: datetime) -> Attempt:
    attempts = Attempt.objects.filter(user=actor, quiz=quiz)
    resumed = attempts.unfinished().first()
    if resumed:
        return resumed
    enrolment = enrolment_in(quiz, actor)
    if enrolment is None:
        raise NotEnrolled
    if not may_try_again(quiz, actor):
        raise NoAttemptLeft
    if not quiz.questions.exists():
        raise EmptyQuiz
    view_activity(quiz, actor=actor, at=at)
    attempt = Attempt.objects.create(user=actor, quiz=quiz, started_at=at)
    record("started", quiz, actor=actor, context=enrolment.course, at=at)
    return attempt


def _locked(attempt: Attempt) -> Attempt:
    locked = Attempt.objects.select_for_update(of=("self",)).select_related("quiz").get(pk=attempt.pk)
    if locked.submitted_at:
        raise AttemptClosed
    return locked


@transaction.atomic
def save_answers(attempt: Attempt, *, actor: User, answers: Mapping[int, scoring.Answer], at: datetime) -> Attempt:
    """Keep the answers given so far, without marking them. Raises ``AttemptClosed``."""
    locked = _locked(attempt)
    locked.answers, locked.saved_at = _stored(answers), at
    locked.save(update_fields=["answers", "saved_at"])
    return locked


@transaction.atomic
def submit_attempt(attempt: Attempt, *, actor: User, answers: Mapping[int, scoring.Answer], at: datetime) -> Attempt:
    """Hand the answers in and mark them; a passed quiz is a completed activity. Raises ``AttemptClosed``."""
    locked = _locked(attempt)
    score = scoring.score(questions_of(locked.quiz), answers)
    locked.answers, locked.saved_at, locked.submitted_at = _stored(answers), at, at
    locked.score, locked.passed = score.percent, score.percent >= locked.quiz.pass_mark
    locked.result = [_result_row(marked) for marked in score.marked]
    locked.save()
    verb = "passed" if locked.passed else "failed"
    record(verb, locked.quiz, actor=actor, context=locked.quiz, data={"score": score.percent}, at=at)
    if locked.passed:
        complete_activity(locked.quiz, actor=actor, at=at)
    return locked


def questions_of(quiz: QuizPage) -> list[scoring.Question]:
    """Return the quiz's questions for scoring, in order, in two queries."""
    return [
        scoring.Question(
            id=question.pk,
            kind=question.kind,
            text=question.text,
            options=[scoring.Option(one.pk, one.text, one.right, one.feedback) for one in question.choices.all()],
            explanation=question.explanation,
        )
        for question in quiz.questions.prefetch_related("choices")
    ]


def _stored(answers: Mapping[int, scoring.Answer]) -> dict[str, Any]:
    return {str(key): answer if isinstance(answer, str) else list(answer) for key, answer in answers.items()}


def _result_row(marked: scoring.Marked) -> dict[str, Any]:
    row = asdict(marked)
    question = row.pop("question")
    return row | {"text": question["text"], "explanation": question["explanation"]}


def may_try_again(quiz: QuizPage, user: User) -> bool:
    """Return whether the person has an attempt left."""
    return not quiz.attempts_allowed or Attempt.objects.filter(user=user, quiz=quiz).count() < quiz.attempts_allowed
