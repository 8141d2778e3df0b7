"""A coordinator's openings: list, new, board, conditions, partners."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest, number_in, posted
from lms.people.permissions import require
from lms.questionnaires.actions import load_questionnaire, newest_version
from lms.questionnaires.models import Version
from mentoring_ext.registrations import actions
from mentoring_ext.registrations.actions.states import places_left
from mentoring_ext.registrations.forms import FilterForm, OpeningForm, PartnerForm, RulesForm
from mentoring_ext.registrations.models import Opening, State
from mentoring_ext.registrations.use import TEMPLATE


@login_required
def own_opening_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_registrations.list_openings")
    openings = Opening.objects.run_by(request.user).with_numbers().select_related("cohort__organisation")
    return render(request, "registrations/own_opening_list.html", {"openings": openings, "today": timezone.localdate()})


@login_required
def opening_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_registrations.list_openings")
    form = OpeningForm(posted(request), user=request.user)
    if form.is_valid():
        try:
            opening = _open(request, dict(form.cleaned_data))
        except DomainError as error:
            add_to_form(form, error)
        else:
            messages.success(request, _("The registration is made. Say now which conditions people have to meet."))
            return redirect("mentoring_registrations:rule_list", opening.pk)
    return render(request, "registrations/opening_edit.html", {"form": form}, status=422 if form.errors else 200)


def _open(request: PersonRequest, about: dict[str, Any]) -> Opening:
    own = about.pop("questionnaire", None)
    version = newest_version(own) if own else load_questionnaire(TEMPLATE, at=timezone.now())
    return actions.open_registration(
        about.pop("cohort"), actor=request.user, version=version, at=timezone.now(), **about
    )


def _opening(request: PersonRequest, pk: int) -> Opening:
    openings = Opening.objects.run_by(request.user).select_related("cohort__organisation", "version__questionnaire")
    opening = get_object_or_404(openings, pk=pk)
    require(request.user, "mentoring_registrations.run_opening", opening)
    return opening


@login_required
def opening_edit(request: PersonRequest, pk: int) -> HttpResponse:
    form = OpeningForm(posted(request), user=request.user, instance=_opening(request, pk))
    if form.is_valid():
        try:
            actions.change_opening(_opening(request, pk), actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("mentoring_registrations:opening_board", pk)
        except DomainError as error:
            add_to_form(form, error)
    context = {"form": form, "opening": _opening(request, pk)}
    return render(request, "registrations/opening_edit.html", context, status=422 if form.errors else 200)


@login_required
def opening_board(request: PersonRequest, pk: int) -> HttpResponse:
    opening = _opening(request, pk)
    if request.method == "POST":
        _decide_all(request, opening)
        return redirect(request.get_full_path())
    filters = FilterForm(request.GET, opening=opening)
    shown = opening.registrations.exclude(state__in=[State.STARTED, State.UNCONFIRMED])
    context = {
        "opening": opening,
        "filters": filters,
        "registrations": filters.narrow(shown.select_related("partner", "referred_by").order_by("since", "pk")),
        "left": places_left(opening),
        "is_open": opening.is_open(timezone.localdate()),
    }
    return render(request, "registrations/opening_board.html", context)


def _decide_all(request: PersonRequest, opening: Opening) -> None:
    """Accept, or put on the waiting list, whoever is ticked; who cannot be stays, and the page says why."""
    deed = actions.accept_registration if request.POST.get("deed") == "accept" else actions.put_on_waiting_list
    chosen = [number for key in request.POST.getlist("chosen") if (number := number_in(key)) is not None]
    done, refused = 0, {}
    for registration in opening.registrations.filter(pk__in=chosen).order_by("since", "pk"):
        require(request.user, "mentoring_registrations.decide", registration)
        try:
            deed(registration, actor=request.user, at=timezone.now())
            done += 1
        except DomainError as error:
            refused[str(registration)] = str(error.text)
    if done:
        messages.success(request, ngettext("%d person gets a mail now.", "%d people get a mail now.", done) % done)
    for name, text in refused.items():
        messages.error(request, f"{name}: {text}")
    if not chosen:
        messages.error(request, _("Tick the people first."))


@login_required
def rule_list(request: PersonRequest, pk: int) -> HttpResponse:
    opening = _opening(request, pk)
    version = Version.objects.with_questions().get(pk=opening.version_id)
    form = RulesForm(posted(request), version=version, rules=list(opening.rules.all()))
    if form.is_valid():
        actions.set_rules(opening, actor=request.user, rules=form.rules(), at=timezone.now())
        messages.success(request, _("The conditions are saved. They hold for everybody who registers from now on."))
        return redirect("mentoring_registrations:opening_board", pk)
    context = {"form": form, "opening": opening}
    return render(request, "registrations/rule_list.html", context, status=422 if form.errors else 200)


@login_required
def partner_list(request: PersonRequest, pk: int) -> HttpResponse:
    opening = _opening(request, pk)
    form = PartnerForm(posted(request))
    if form.is_valid():
        try:
            actions.add_partner(opening, actor=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The partner gets the link by mail now."))
            return redirect("mentoring_registrations:partner_list", pk)
        except DomainError as error:
            add_to_form(form, error)
    context = {"form": form, "opening": opening, "partners": opening.partners.all()}
    return render(request, "registrations/partner_list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def partner_end(request: PersonRequest, pk: int, partner_pk: int) -> HttpResponse:
    partner = get_object_or_404(_opening(request, pk).partners.filter(ended_at=None), pk=partner_pk)
    actions.end_partner(partner, actor=request.user, at=timezone.now())
    messages.success(request, _("The link works no more. Whom the partner referred stays."))
    return redirect("mentoring_registrations:partner_list", pk)
