"""Filling in one's evaluations, and reading what a cohort says."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest
from lms.people.permissions import require
from lms.questionnaires.forms import QuestionnaireForm
from lms.questionnaires.models import Version
from mentoring_ext.evaluation import actions
from mentoring_ext.evaluation.chart import chart_of
from mentoring_ext.evaluation.permissions import reads_words
from mentoring_ext.evaluation.reports import read_answers, results_of
from mentoring_ext.evaluation.tasks_due import Task, tasks_for
from mentoring_ext.programmes.models import Cohort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def evaluation_list(request: PersonRequest) -> HttpResponse:
    tasks = tasks_for(request.user)
    cohorts = Cohort.objects.visible_to(request.user).filter(evaluation_rounds__isnull=False).distinct()
    context = {
        "open": [task for task in tasks if not task.is_done],
        "done": [task for task in tasks if task.is_done],
        "results": [c for c in cohorts if request.user.has_perm("mentoring_evaluation.view_figures", c)],
    }
    return render(request, "evaluation/evaluation_list.html", context)


@login_required
def evaluation_edit(request: PersonRequest, round_id: int, pair_id: int) -> HttpResponse:
    task = _own_task(request, round_id, pair_id)
    if task.is_done:
        return redirect("mentoring_evaluation:evaluation_detail", round_id, pair_id)
    if request.method == "POST":
        return _answer(request, task)
    answers = actions.answers_kept(task)
    return _show(request, task, QuestionnaireForm(_version(task), answers=answers))


def _answer(request: PersonRequest, task: Task) -> HttpResponse:
    draft = "draft" in request.POST
    form = QuestionnaireForm(_version(task), request.POST, draft=draft)
    answers, now = form.typed_answers(), timezone.now()
    try:
        if draft or not form.is_valid():
            actions.keep_answers(task, actor=request.user, answers=answers, at=now)
        else:
            actions.hand_in(task, actor=request.user, answers=answers, at=now)
            return redirect("mentoring_evaluation:evaluation_thanks", task.round.pk, task.pair.pk)
    except DomainError as error:
        add_to_form(form, error)
    if form.is_valid():
        messages.success(request, _("Saved. Go on whenever you like; nobody sees your draft."))
        return redirect("mentoring_evaluation:evaluation_list")
    return _show(request, task, form)


def _show(request: PersonRequest, task: Task, form: QuestionnaireForm) -> HttpResponse:
    context = {"task": task, "form": form, "questionnaire": task.round.version.questionnaire}
    return render(request, "evaluation/evaluation_edit.html", context, status=422 if form.errors else 200)


@login_required
def evaluation_detail(request: PersonRequest, round_id: int, pair_id: int) -> HttpResponse:
    task = _own_task(request, round_id, pair_id)
    if not task.is_done or task.response is None:
        return redirect("mentoring_evaluation:evaluation_edit", round_id, pair_id)
    context = {"task": task, "parts": read_answers(task.response), "questionnaire": task.round.version.questionnaire}
    return render(request, "evaluation/evaluation_detail.html", context)


@login_required
def evaluation_thanks(request: PersonRequest, round_id: int, pair_id: int) -> HttpResponse:
    task = _own_task(request, round_id, pair_id)
    left = [other for other in tasks_for(request.user) if not other.is_done]
    return render(request, "evaluation/evaluation_thanks.html", {"task": task, "next": left[0] if left else None})


def _own_task(request: PersonRequest, round_id: int, pair_id: int) -> Task:
    for task in tasks_for(request.user):
        if task.round.pk == round_id and task.pair.pk == pair_id:
            return task
    raise Http404


def _version(task: Task) -> Version:
    return Version.objects.with_questions().get(pk=task.round.version_id)


@login_required
def result_detail(request: PersonRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_id)
    require(request.user, "mentoring_evaluation.view_figures", cohort)
    results = results_of(cohort)
    context = {
        "cohort": cohort,
        "results": [(figures, chart_of(figures)) for figures in results],
        "reads_words": reads_words(request.user, cohort),
        "any_answers": any(figures.handed_in for figures in results),
    }
    return render(request, "evaluation/result_detail.html", context)


@login_required
@require_POST
def result_export(request: PersonRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_id)
    require(request.user, "mentoring_evaluation.export_answers", cohort)
    try:
        workbook = actions.export_results(cohort, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect("mentoring_evaluation:result_detail", cohort.pk)
    name = f"evaluation-{cohort.pk}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(workbook, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
