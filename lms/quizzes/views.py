"""Taking a quiz: start or resume, answer, read the result."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.courses.models import CoursePage
from lms.courses.outline import outline_for
from lms.errors import DomainError
from lms.http import PersonRequest
from lms.people.permissions import require
from lms.quizzes import actions
from lms.quizzes.forms import AttemptForm
from lms.quizzes.models import Attempt, QuizPage


@login_required
@require_POST
def attempt_start(request: PersonRequest, pk: int) -> HttpResponse:
    quiz = get_object_or_404(QuizPage.objects.visible_to(request.user), pk=pk)
    require(request.user, "lms_quizzes.start_attempt", quiz)
    try:
        return redirect(actions.start_attempt(quiz, actor=request.user, at=timezone.now()))
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(quiz.get_url(request))


@login_required
def attempt_edit(request: PersonRequest, pk: int) -> HttpResponse:
    attempt = get_object_or_404(Attempt.objects.visible_to(request.user).select_related("quiz"), pk=pk)
    require(request.user, "lms_quizzes.answer_attempt", attempt)
    if attempt.submitted_at:
        return redirect(attempt)
    form = AttemptForm(
        request.POST if request.method == "POST" else None,
        questions=actions.questions_of(attempt.quiz),
        saved=attempt.answers,
        complete="save" not in request.POST,
    )
    if request.method == "POST":
        return _take_answers(request, attempt, form)
    return render(request, "quizzes/attempt_edit.html", {"attempt": attempt, "form": form})


def _take_answers(request: PersonRequest, attempt: Attempt, form: AttemptForm) -> HttpResponse:
    """Hand in what is complete and right in form; whatever else was answered is saved, so that nothing is lost."""
    complete, at = form.is_valid() and "save" not in request.POST, timezone.now()
    take = actions.submit_attempt if complete else actions.save_answers
    try:
        attempt = take(attempt, actor=request.user, answers=form.answers, at=at)
    except DomainError as error:
        messages.info(request, str(error.text))
        return redirect("lms_quizzes:attempt_result", attempt.pk)
    if not form.is_valid():
        return render(request, "quizzes/attempt_edit.html", {"attempt": attempt, "form": form}, status=422)
    if not complete:
        time = time_format(timezone.localtime(at), "H:i")
        messages.success(request, _("Saved %(time)s. You can go on whenever you like.") % {"time": time})
    return redirect(attempt)


@login_required
def attempt_result(request: PersonRequest, pk: int) -> HttpResponse:
    attempt = get_object_or_404(Attempt.objects.visible_to(request.user).select_related("quiz"), pk=pk)
    require(request.user, "lms_quizzes.answer_attempt", attempt)
    if not attempt.submitted_at:
        return redirect(attempt)
    course = get_object_or_404(CoursePage, path=attempt.quiz.course_path)
    _before, _step, after = outline_for(course, request.user, request).around(attempt.quiz_id)
    context = {
        "attempt": attempt,
        "course": course,
        "after": after,
        "shows_expected": attempt.passed or not actions.may_try_again(attempt.quiz, request.user),
    }
    return render(request, "quizzes/attempt_result.html", context)
