"""Sheets step by step, the mentors' database, and the invitation of graduates."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.errors import DomainError
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.profiles import actions, reports
from mentoring_ext.profiles.forms import FORMS, MentorSearch, initial_of
from mentoring_ext.profiles.models import GraduateInvitation, MenteeProfile, MentorProfile, Sheet
from mentoring_ext.profiles.steps import STEPS, details_of, unfinished


@login_required
@require_http_methods(["GET", "POST"])
def mentor_sheet(request: PersonRequest, step: int = 1) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentor_sheet")
    return _sheet(request, MentorProfile, step)


@login_required
@require_http_methods(["GET", "POST"])
def mentee_sheet(request: PersonRequest, step: int = 1) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentee_sheet")
    return _sheet(request, MenteeProfile, step)


def _sheet(request: PersonRequest, kind: type[Sheet], number: int) -> HttpResponse:
    """Show or save one step; on the last one the whole sheet can be finished."""
    steps = STEPS[kind]
    if not 1 <= number <= len(steps):
        raise Http404
    profile = actions.sheet_of(request.user, kind)
    finishing = "finish" in request.POST
    form = FORMS[kind](
        request.POST if request.method == "POST" else None,
        only=steps[number - 1].fields,
        draft=not (finishing or profile.is_complete),
        initial=initial_of(profile, details_of(profile)),
    )
    if request.method == "POST":
        return _save_step(request, profile, form, number, finishing)
    return _show_step(request, profile, form, number)


def _save_step(request: PersonRequest, profile: Any, form: Any, number: int, finishing: bool) -> HttpResponse:
    """Keep what is right even when something else is wrong, so that no word is lost."""
    right = form.is_valid()
    kept = {"actor": request.user, "values": form.values(), "at": timezone.now()}
    sensitive = form.sensitive() if right else None
    if not (right and finishing):
        if right or not profile.is_complete:
            actions.save_sheet(profile, sensitive=sensitive, **kept)
        return _go_on(request, profile, number) if right else _show_step(request, profile, form, number, status=422)
    missing = [entry for entry in unfinished(profile) if entry[0] != number]
    if missing:
        actions.save_sheet(profile, sensitive=sensitive, **kept)
        return _show_step(request, profile, form, number, missing=missing, status=422)
    actions.finish_sheet(profile, sensitive=sensitive, **kept)
    messages.success(request, _("Thank you. Your sheet is complete, and you can change it whenever you like."))
    return redirect("lms_agenda:home")


def _go_on(request: PersonRequest, profile: Sheet, number: int) -> HttpResponse:
    messages.success(request, _("Saved."))
    last = len(STEPS[type(profile)])
    target = number - 1 if "back" in request.POST else number + 1 if "next" in request.POST else number
    return redirect(f"{_url_name(profile)}_step", min(max(target, 1), last))


def _url_name(profile: Sheet) -> str:
    return f"mentoring_profiles:{'mentor' if isinstance(profile, MentorProfile) else 'mentee'}_sheet"


def _show_step(
    request: PersonRequest, profile: Sheet, form: Any, number: int, *, missing: Any = (), status: int = 200
) -> HttpResponse:
    steps = STEPS[type(profile)]
    open_steps = {entry[0] for entry in unfinished(profile)} if profile.pk else set(range(1, len(steps) + 1))
    context = {
        "profile": profile,
        "form": form,
        "number": number,
        "step": steps[number - 1],
        "steps": [(at, step, at not in open_steps) for at, step in enumerate(steps, start=1)],
        "done": len(steps) - len(open_steps),
        "missing": missing,
        "step_url_name": f"{_url_name(profile)}_step",
        "is_mentor": isinstance(profile, MentorProfile),
    }
    return render(request, "profiles/sheet_edit.html", context, status=status)


@login_required
@require_safe
def mentor_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.view_mentors")
    search = MentorSearch(request.GET)
    everybody = MentorProfile.objects.visible_to(request.user).entered()
    found = everybody.searched(**search.cleaned_data) if search.is_valid() else everybody.none()
    context = {
        "search": search,
        "chosen": reports.chosen_filters(search),
        "page": reports.page_of(found, request.GET.get("before")),
        "growth": reports.growth_of(everybody),
        "query": reports.query_without_page(request.GET),
    }
    return render(request, "profiles/mentor_list.html", context, status=200 if search.is_valid() else 422)


@login_required
@require_safe
def mentor_detail(request: PersonRequest, pk: int) -> HttpResponse:
    mentor = get_object_or_404(MentorProfile.objects.visible_to(request.user).select_related("user"), pk=pk)
    require(request.user, "mentoring_profiles.view_mentors")
    return render(request, "profiles/mentor_detail.html", {"mentor": mentor, **reports.words_of(mentor)})


@login_required
@require_http_methods(["GET", "POST"])
def graduate_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.invite_graduate")
    graduates = reports.graduates_for(request.user)
    if request.method == "POST":
        graduate = get_object_or_404(graduates, pk=request.POST.get("user") or None)
        _say(request, lambda: actions.invite_graduate(graduate, actor=request.user, at=timezone.now()))
        return redirect("mentoring_profiles:graduate_list")
    return render(request, "profiles/graduate_list.html", {"graduates": graduates})


def _say(request: PersonRequest, deed: Any) -> None:
    """Do it and say so, or say why it is not possible."""
    try:
        invitation = deed()
    except DomainError as error:
        messages.error(request, str(error.text))
    else:
        messages.success(request, _("%(name)s is invited to become a mentor.") % {"name": invitation.user})


@login_required
@require_http_methods(["GET", "POST"])
def graduate_invitation(request: PersonRequest) -> HttpResponse:
    invitation = get_object_or_404(GraduateInvitation, user=request.user)
    if request.method == "POST":
        return _answer(request, invitation)
    return render(request, "profiles/graduate_invitation.html", {"invitation": invitation})


def _answer(request: PersonRequest, invitation: GraduateInvitation) -> HttpResponse:
    accepts = request.POST.get("answer") == "yes"
    answer = actions.accept_graduate_invitation if accepts else actions.decline_graduate_invitation
    try:
        answer(invitation, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect("mentoring_profiles:graduate_invitation")
    if accepts:
        messages.success(request, _("Welcome! You are in the mentors' database. Please check your sheet."))
        return redirect("mentoring_profiles:mentor_sheet")
    messages.success(request, _("Thank you for your answer. You can change your mind at any time."))
    return redirect("lms_agenda:home")
