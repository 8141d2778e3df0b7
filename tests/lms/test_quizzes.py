"""Quizzes: scoring, attempts that can be resumed, results, and the editor's form."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from lms.courses.errors import NotEnrolled
from lms.courses.models import ActivityProgress, CoursePage
from lms.journal.models import Entry
from lms.quizzes import actions, errors
from lms.quizzes.admin_forms import problem_with
from lms.quizzes.models import Attempt
from lms.quizzes.scoring import Answer, Option, Question, mark, plain, score
from tests.make import make_attempt, make_enrolment, make_question, make_quiz, make_user
from tests.queries import assert_same_queries

AT = datetime(2026, 5, 12, 17, tzinfo=UTC)
OPTIONS = [Option(1, "a", True, "yes a"), Option(2, "b", True), Option(3, "c", False, "not c")]


# Scoring


@pytest.mark.parametrize(
    ("kind", "answer", "fraction"),
    [
        ("single", [1], 1.0),
        ("single", [3], 0.0),
        ("single", [], 0.0),
        ("single", [1, 2], 0.0),
        ("multiple", [1, 2], 1.0),
        ("multiple", [1], 0.5),
        ("multiple", [1, 2, 3], 0.5),
        ("multiple", [3], 0.0),
        ("multiple", [1, 3], 0.0),
    ],
)
def test_mark_gives_the_fraction_of_a_choice(kind, answer, fraction):
    assert mark(Question(1, kind, "?", OPTIONS), answer).fraction == fraction


def test_mark_returns_the_feedback_of_what_was_chosen():
    marked = mark(Question(1, "multiple", "?", OPTIONS), [1, 3])

    assert (marked.answer, marked.feedback, marked.expected) == (["a", "c"], ["yes a", "not c"], ["a", "b"])


@pytest.mark.parametrize("written", ["netiquette", " Netiquette. ", "NÉTIQUETTE"])
def test_mark_forgives_case_accents_and_punctuation_in_a_short_text(written):
    question = Question(1, "short_text", "?", [Option(1, "Netiquette", True)])

    assert mark(question, written).fraction == 1.0


def test_mark_refuses_another_short_text_and_none():
    question = Question(1, "short_text", "?", [Option(1, "Netiquette", True)])
    answers: list[Answer] = ["manners", "", []]

    assert [mark(question, written).fraction for written in answers] == [0.0, 0.0, 0.0]


def test_plain_keeps_greek_letters_apart_from_their_accents():
    assert plain("  Κύκλος ") == plain("κυκλοσ")


def test_score_counts_each_question_the_same():
    questions = [Question(number, "single", "?", OPTIONS[:1]) for number in (1, 2, 3)]

    assert score(questions, {1: [1], 3: [1]}).percent == 66


def test_score_of_no_questions_is_nothing():
    assert score([], {}).percent == 0


# Attempts


@pytest.mark.django_db
def test_start_attempt_opens_one_and_writes_the_journal():
    quiz = make_quiz()
    user = make_enrolment(course=CoursePage.objects.get(path=quiz.course_path)).user

    attempt = actions.start_attempt(quiz, actor=user, at=AT)

    assert (attempt.user, attempt.started_at, attempt.submitted_at) == (user, AT, None)
    assert Entry.objects.filter(verb="started", actor=user).count() == 1


@pytest.mark.django_db
def test_start_attempt_resumes_the_open_one():
    attempt = make_attempt()

    assert actions.start_attempt(attempt.quiz, actor=attempt.user, at=AT) == attempt


@pytest.mark.django_db
def test_start_attempt_refuses_who_does_not_take_the_course():
    with pytest.raises(NotEnrolled):
        actions.start_attempt(make_quiz(), actor=make_user(), at=AT)


@pytest.mark.django_db
def test_start_attempt_refuses_when_all_attempts_are_used():
    attempt = make_attempt(quiz=make_quiz(attempts_allowed=1), submitted_at=AT, score=0)

    with pytest.raises(errors.NoAttemptLeft) as refused:
        actions.start_attempt(attempt.quiz, actor=attempt.user, at=AT)

    assert refused.value.code == "no_attempt_left"


@pytest.mark.django_db
def test_start_attempt_refuses_a_quiz_without_questions():
    quiz = make_quiz(questions=0)
    user = make_enrolment(course=CoursePage.objects.get(path=quiz.course_path)).user

    with pytest.raises(errors.EmptyQuiz) as refused:
        actions.start_attempt(quiz, actor=user, at=AT)

    assert refused.value.code == "empty_quiz"


@pytest.mark.django_db
def test_the_database_refuses_a_second_open_attempt():
    attempt = make_attempt()

    with pytest.raises(IntegrityError):
        Attempt.objects.create(user=attempt.user, quiz=attempt.quiz, started_at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_open_one_attempt():
    quiz = make_quiz()
    user = make_enrolment(course=CoursePage.objects.get(path=quiz.course_path)).user
    opened = []

    def start():
        opened.append(actions.start_attempt(quiz, actor=user, at=AT).pk)
        connection.close()

    threads = [threading.Thread(target=start) for _window in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(opened), len(set(opened)), Attempt.objects.count()) == (2, 1, 1)


def right_answers(attempt: Attempt) -> dict[int, list[int]]:
    return {
        question.id: [option.id for option in question.options if option.right]
        for question in actions.questions_of(attempt.quiz)
    }


@pytest.mark.django_db
def test_save_answers_keeps_them_without_marking():
    attempt = make_attempt()
    answers = right_answers(attempt)

    saved = actions.save_answers(attempt, actor=attempt.user, answers=answers, at=AT)

    assert saved.answers == {str(key): value for key, value in answers.items()}
    assert (saved.score, saved.submitted_at) == (None, None)


@pytest.mark.django_db
def test_submit_attempt_that_passes_completes_the_activity():
    attempt = make_attempt()

    done = actions.submit_attempt(attempt, actor=attempt.user, answers=right_answers(attempt), at=AT)

    assert (done.score, done.passed, done.result[0]["feedback"]) == (100, True, ["Well read."])
    assert ActivityProgress.objects.get(activity=attempt.quiz).state == "completed"
    assert Entry.objects.get(verb="passed").data == {"score": 100}


@pytest.mark.django_db
def test_submit_attempt_that_fails_completes_nothing():
    attempt = make_attempt()

    done = actions.submit_attempt(attempt, actor=attempt.user, answers={}, at=AT)

    assert (done.score, done.passed) == (0, False)
    assert not ActivityProgress.objects.filter(state="completed").exists()
    assert Entry.objects.filter(verb="failed").count() == 1


@pytest.mark.django_db
def test_submit_attempt_twice_is_refused():
    attempt = make_attempt()
    actions.submit_attempt(attempt, actor=attempt.user, answers={}, at=AT)

    for deed in (actions.submit_attempt, actions.save_answers):
        with pytest.raises(errors.AttemptClosed) as refused:
            deed(attempt, actor=attempt.user, answers={}, at=AT)
        assert refused.value.code == "attempt_closed"


@pytest.mark.django_db
def test_a_result_stays_when_the_question_is_changed():
    attempt = make_attempt()
    done = actions.submit_attempt(attempt, actor=attempt.user, answers=right_answers(attempt), at=AT)

    attempt.quiz.questions.all().delete()

    done.refresh_from_db()
    assert (done.score, done.result[0]["text"]) == (100, "Is it so?")


# Pages


@pytest.fixture
def taking(client: Client, db: None) -> Attempt:
    attempt = make_attempt()
    client.force_login(attempt.user)
    return attempt


def test_starting_leads_to_the_questions(client: Client, taking: Attempt):
    answer = client.post(reverse("lms_quizzes:attempt_start", args=[taking.quiz_id]))

    assert answer["Location"] == taking.get_absolute_url()


def test_handing_in_leads_to_the_result_with_feedback(client: Client, taking: Attempt):
    data = {f"question_{key}": value for key, value in right_answers(taking).items()}

    page = client.post(taking.get_absolute_url(), data, follow=True).content.decode()

    assert "You passed" in page
    assert "Well read." in page


def test_handing_in_with_gaps_says_so_beside_the_question_and_keeps_the_rest(client: Client, taking: Attempt):
    open_question = make_question(quiz=taking.quiz, sort_order=5)
    (given, _open) = actions.questions_of(taking.quiz)

    answer = client.post(taking.get_absolute_url(), {f"question_{given.id}": given.options[1].id})

    taking.refresh_from_db()
    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.errors == {f"question_{open_question.pk}": ["Choose an answer."]}
    assert form[f"question_{given.id}"].value() == str(given.options[1].id)
    assert taking.answers == {str(given.id): [given.options[1].id]}


def test_an_answer_that_is_not_offered_is_refused(client: Client, taking: Attempt):
    question = taking.quiz.questions.get()

    answer = client.post(taking.get_absolute_url(), {f"question_{question.pk}": "999999"})

    assert answer.status_code == 422
    assert answer.context["form"].errors[f"question_{question.pk}"] == [
        "This answer is not offered any more. Choose again."
    ]


def test_saving_keeps_gaps_and_can_be_resumed(client: Client, taking: Attempt):
    question = taking.quiz.questions.get()
    yes = question.choices.get(right=True)

    client.post(taking.get_absolute_url(), {f"question_{question.pk}": yes.pk, "save": "1"})
    page = client.get(taking.get_absolute_url()).content.decode()

    assert f'value="{yes.pk}"' in page
    assert "checked" in page
    assert "Saved" in page


def test_an_attempt_handed_in_elsewhere_shows_its_result(client: Client, taking: Attempt):
    actions.submit_attempt(taking, actor=taking.user, answers={}, at=AT)

    assert client.get(taking.get_absolute_url()).status_code == 302
    assert client.get(reverse("lms_quizzes:attempt_result", args=[taking.pk])).status_code == 200


def test_a_failed_result_keeps_the_right_answer_for_the_next_attempt(client: Client, taking: Attempt):
    actions.submit_attempt(taking, actor=taking.user, answers={}, at=AT)

    page = client.get(reverse("lms_quizzes:attempt_result", args=[taking.pk])).content.decode()

    assert "Right would be" not in page
    assert "Try again" in page


def test_nobody_sees_the_attempt_of_another_person(client: Client, db: None):
    attempt = make_attempt()
    client.force_login(make_user())

    assert client.get(attempt.get_absolute_url()).status_code == 404


def test_quiz_page_asks_the_database_as_often_for_many_results(client: Client, db: None):
    quiz = make_quiz()
    user = make_enrolment(course=CoursePage.objects.get(path=quiz.course_path)).user
    client.force_login(user)

    def make():
        make_attempt(quiz=quiz, user=user, submitted_at=AT, score=10)

    assert_same_queries(lambda: client.get(quiz.url), make)


def test_attempt_page_asks_the_database_as_often_for_many_questions(client: Client, taking: Attempt):
    assert_same_queries(lambda: client.get(taking.get_absolute_url()), lambda: make_question(quiz=taking.quiz))


# The editor's form


@pytest.mark.parametrize(
    ("kind", "marks", "problem"),
    [
        ("single", [True, False], ""),
        ("single", [True, True], "Mark exactly one answer as right."),
        ("true_false", [True, False], ""),
        ("true_false", [True, False, False], "A true-or-false question has exactly two answers."),
        ("multiple", [False, False], "Mark at least one answer as right."),
        ("multiple", [True, True], ""),
        ("short_text", [True, False], "List the accepted answers and mark each as right."),
        ("short_text", [True, True], ""),
    ],
)
def test_problem_with_names_questions_that_nobody_could_answer(kind, marks, problem):
    assert problem_with(kind, marks) == problem
