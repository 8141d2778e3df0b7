"""Bringing people into a cohort."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import shown_in
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.programmes import actions
from mentoring_ext.programmes.forms import InvitationForm, WaiverForm
from mentoring_ext.programmes.views.cohorts import cohort_of


@login_required
def member_invite(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of(request, pk)
    require(request.user, "mentoring_programmes.invite_to_cohort", cohort)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with shown_in(form):
            member = actions.invite_to_cohort(cohort, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("%(person)s is invited.") % {"person": member.user})
            if not member.user.email and "another" not in request.POST:
                return redirect("mentoring_invitations:cohort_papers", pk=pk)
            return redirect("mentoring_programmes:member_invite" if "another" in request.POST else cohort, pk=pk)
    context = {"cohort": cohort, "form": form}
    return render(request, "programmes/member_invite.html", context, status=422 if form.is_bound else 200)


@login_required
def training_waive(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    cohort = cohort_of(request, pk)
    require(request.user, "mentoring_programmes.run_cohort", cohort)
    member = get_object_or_404(cohort.memberships.present().select_related("user", "cohort"), pk=member_pk)
    form = WaiverForm(request.POST if request.method == "POST" else None, initial={"because": member.waived_because})
    if form.is_valid():
        with shown_in(form):
            actions.waive_training(member, actor=request.user, **form.cleaned_data)
            messages.success(request, _("%(person)s can start mentoring.") % {"person": member.user})
            return redirect(cohort)
    context = {"cohort": cohort, "member": actions.readiness_of(member), "form": form}
    return render(request, "programmes/training_waive.html", context, status=422 if form.is_bound else 200)
