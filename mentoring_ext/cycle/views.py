"""The circle as a picture, the evidence board, and proposals."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest
from lms.people.models import User
from lms.people.permissions import require
from mentoring_ext.cycle import actions
from mentoring_ext.cycle.board import by_aspect, only_figures, rows_of
from mentoring_ext.cycle.forms import DeclineForm, ProposalForm
from mentoring_ext.cycle.models import ContentProposal
from mentoring_ext.cycle.reports import STATIONS, stations_of
from mentoring_ext.programmes.models import Cohort


def circle(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not request.user.has_perm("mentoring_cycle.view_circle"):
        return render(request, "cycle/circle.html", {"stations": STATIONS})
    cohorts = Cohort.objects.visible_to(request.user).select_related("organisation")
    context = {
        "stations": stations_of(cohorts),
        "boards": [c for c in cohorts if request.user.has_perm("mentoring_cycle.view_evidence", c)],
        "proposals": ContentProposal.objects.visible_to(request.user).select_related("cohort")[:5],
        "sees_numbers": True,
    }
    return render(request, "cycle/circle.html", context)


@login_required
def evidence_board(request: PersonRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_id)
    require(request.user, "mentoring_cycle.view_evidence", cohort)
    rows = rows_of([cohort.pk])
    reads_words = request.user.has_perm("mentoring_evaluation.read_answers", cohort)
    context = {
        "cohort": cohort,
        "aspects": by_aspect(rows if reads_words else only_figures(rows)),
        "may_propose": request.user.has_perm("mentoring_cycle.propose", cohort),
        "reads_words": reads_words,
    }
    return render(request, "cycle/evidence_board.html", context)


@login_required
def proposal_create(request: PersonRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_id)
    require(request.user, "mentoring_cycle.propose", cohort)
    ticked = request.GET.getlist("evidence")
    data = request.POST if request.method == "POST" else None
    form = ProposalForm(data, rows=rows_of([cohort.pk]), ticked=ticked)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"keys": form.cleaned_data["evidence"]}
        del given["evidence"]
        try:
            proposal = actions.propose_lesson(cohort, actor=request.user, at=timezone.now(), **given)
            messages.success(request, _("Your proposal is with the editors. You hear from them."))
            return redirect(proposal)
        except DomainError as error:
            add_to_form(form, error)
    status = 422 if request.method == "POST" else 200
    return render(request, "cycle/proposal_create.html", {"cohort": cohort, "form": form}, status=status)


@login_required
def proposal_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_cycle.view_circle")
    proposals = ContentProposal.objects.visible_to(request.user).with_evidence()
    context = {
        "waiting": proposals.waiting(),
        "decided": proposals.exclude(state=ContentProposal.State.PROPOSED),
    }
    return render(request, "cycle/proposal_list.html", context)


@login_required
def proposal_detail(request: PersonRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(ContentProposal.objects.visible_to(request.user).with_evidence(), pk=pk)
    return _show(request, proposal, DeclineForm(), 200)


def _show(request: PersonRequest, proposal: ContentProposal, form: DeclineForm, status: int) -> HttpResponse:
    decides = request.user.has_perm("mentoring_cycle.decide", proposal)
    context = {
        "proposal": proposal,
        "may_decide": decides and proposal.state == ContentProposal.State.PROPOSED,
        "reads_words": decides or request.user.has_perm("mentoring_evaluation.read_answers", proposal.cohort),
        "may_edit_lesson": decides and proposal.lesson is not None,
        "lesson_url": actions.path_of(proposal.lesson) if proposal.lesson else "",
        "form": form,
    }
    return render(request, "cycle/proposal_detail.html", context, status=status)


@login_required
@require_POST
def proposal_accept(request: PersonRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(ContentProposal.objects.visible_to(request.user), pk=pk)
    require(request.user, "mentoring_cycle.decide", proposal)
    try:
        lesson = actions.accept_proposal(proposal, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(proposal)
    messages.success(request, _("Accepted. Here is the draft: make it a good lesson, then publish it."))
    return redirect("wagtailadmin_pages:edit", lesson.pk)


@login_required
@require_POST
def proposal_decline(request: PersonRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(ContentProposal.objects.visible_to(request.user).with_evidence(), pk=pk)
    require(request.user, "mentoring_cycle.decide", proposal)
    form = DeclineForm(request.POST)
    try:
        if form.is_valid():
            actions.decline_proposal(proposal, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Declined. The author reads your answer."))
            return redirect(proposal)
    except DomainError as error:
        add_to_form(form, error)
    return _show(request, proposal, form, 422)
