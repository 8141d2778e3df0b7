"""Helping those left over: small changes looked for, asked for, and answered."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.errors import DomainError
from lms.http import PersonRequest
from mentoring_ext.matching import actions
from mentoring_ext.matching.actions.running import options_again
from mentoring_ext.matching.changes.change import WITHOUT
from mentoring_ext.matching.forms.helping import AskForm
from mentoring_ext.matching.models import SheetQuestion
from mentoring_ext.matching.views.fetching import run_of
from mentoring_ext.matching.words import hours_in_words

WITH_HOUR = {"common_hour": {"common_slot": True}}
"""What a run may be asked in addition, where groups came out without an hour."""


@login_required
@require_POST
def run_without(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    changed = (WITHOUT | WITH_HOUR).get(request.POST.get("option", ""), {})
    options = replace(options_again(run), **changed)
    try:
        again = actions.start_run(
            run.cohort, actor=request.user, weights=run.weights, options=options, at=timezone.now(), parent=run
        )
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(run)
    if again.job is None:
        messages.success(request, _("This is the new pairing. The one before stays in the history."))
    return redirect(again.job or again)


@login_required
@require_POST
def changes_seek(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    try:
        job = actions.seek_changes(run, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(run)
    return redirect(job)


@login_required
@require_POST
def sheet_ask(request: PersonRequest, cohort_pk: int, pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    form = AskForm(request.POST, cohort=run.cohort)
    try:
        if form.is_valid():
            asked = actions.ask_about_sheet(run.cohort, actor=request.user, at=timezone.now(), **form.cleaned_data)
            text = _("%(person)s is asked. After a yes, solve again.")
            messages.success(request, text % {"person": asked.person})
        else:
            messages.error(request, _("This suggestion does not hold any more. Look for small changes again."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(f"{run.get_absolute_url()}#without")


@login_required
@require_POST
def sheet_take_back(request: PersonRequest, cohort_pk: int, pk: int, question_pk: int) -> HttpResponse:
    run = run_of(request, cohort_pk, pk)
    question = get_object_or_404(run.cohort.sheet_questions.select_related("person"), pk=question_pk)
    try:
        actions.take_back_question(question, actor=request.user, at=timezone.now())
        text = _("The question is taken back. %(person)s hears that there is nothing to answer any more.")
        messages.success(request, text % {"person": question.person})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(f"{run.get_absolute_url()}#asked")


@login_required
@require_safe
def question_detail(request: PersonRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(SheetQuestion.objects.visible_to(request.user).select_related("cohort"), pk=pk)
    context = {"question": question, "hours": hours_in_words(question.hours)}
    return render(request, "matching/question_detail.html", context)


@login_required
@require_POST
def question_answer(request: PersonRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(SheetQuestion.objects.visible_to(request.user), pk=pk)
    agrees = "yes" in request.POST
    try:
        actions.answer_about_sheet(question, actor=request.user, agrees=agrees, at=timezone.now())
        said = _("Thank you. Your sheet says so now.") if agrees else _("Thank you. Your sheet stays as it is.")
        messages.success(request, said)
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(question)
