"""Writing, reading, printing and signing agreements."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import shown_in
from lms.http import PersonRequest
from lms.people.permissions import require
from lms.privacy.actions import record_readings
from mentoring_ext.agreements import actions
from mentoring_ext.agreements.forms import AgreementForm, SignatureForm, first_words
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.groups.permissions import coordinates


def _agreement(request: PersonRequest, pk: int) -> Agreement:
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user).with_parties(), pk=pk)
    require(request.user, "mentoring_agreements.view_agreement", agreement)
    if request.method == "GET" and coordinates.test(request.user, agreement.group):
        people = [party.user for party in agreement.parties.all()]
        what = _("Agreement of your group")
        record_readings(agreement, reader=request.user, people=people, what=what, at=timezone.now())
    return agreement


@login_required
def agreement_edit(request: PersonRequest, group_pk: int) -> HttpResponse:
    groups = MentoringGroup.objects.visible_to(request.user).select_related("cohort__programme", "mentor")
    group = get_object_or_404(groups, pk=group_pk)
    require(request.user, "mentoring_agreements.write_agreement", group)
    current = group.agreements.current().prefetch_related("signatures").first()
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=first_words(group, current))
    if form.is_valid():
        with shown_in(form):
            agreement = actions.write_agreement(group, actor=request.user, terms=form.terms(), at=timezone.now())
            messages.success(request, _("The agreement is saved. Everybody who signs it was told."))
            return redirect(agreement)
    context = {"group": group, "current": current, "form": form}
    return render(request, "agreements/agreement_edit.html", context, status=422 if form.is_bound else 200)


@login_required
def agreement_detail(request: PersonRequest, pk: int) -> HttpResponse:
    agreement = _agreement(request, pk)
    digest = agreement.digest()
    form = SignatureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "mentoring_agreements.sign_agreement", agreement)
    if form.is_valid():
        with shown_in(form):
            name, read = form.cleaned_data["name"], request.POST.get("read")
            actions.sign_agreement(agreement, actor=request.user, name=name, read=read, at=timezone.now())
            messages.success(request, _("Thank you. You have signed the agreement."))
            return redirect(agreement)
    context = {
        "agreement": agreement,
        "form": form,
        "digest": digest,
        "waits_for_me": agreement.waits_for(request.user) and not agreement.is_replaced,
        "may_write": request.user.has_perm("mentoring_agreements.write_agreement", agreement.group),
    }
    return render(request, "agreements/agreement_detail.html", context, status=422 if form.is_bound else 200)


@login_required
def agreement_print(request: PersonRequest, pk: int) -> HttpResponse:
    agreement = _agreement(request, pk)
    context = {"agreement": agreement, "digest": agreement.digest()}
    return render(request, "agreements/agreement_print.html", context)
