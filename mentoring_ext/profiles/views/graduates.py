"""Inviting graduates, and their answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.errors import DomainError
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.profiles import actions, reports
from mentoring_ext.profiles.models import GraduateInvitation


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
