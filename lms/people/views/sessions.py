"""Where one is signed in."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.http import PersonRequest, ask_first
from lms.people import actions
from lms.people.models import OpenSession


@login_required
def session_list(request: PersonRequest) -> HttpResponse:
    sessions = OpenSession.objects.open_for(request.user, timezone.now())
    context = {"sessions": sessions, "here": request.session.session_key}
    return render(request, "people/session_list.html", context)


@login_required
def session_end(request: PersonRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(OpenSession.objects.open_for(request.user, timezone.now()), pk=pk)
    if request.method != "POST":
        question = _("Sign out there: %(device)s?") % {"device": session.device}
        text = _("Whoever sits at that browser has to sign in again. What was not saved there may be lost.")
        return ask_first(request, question, text, button=_("Sign out there"), back=reverse("lms_people:session_list"))
    actions.end_session(session, actor=request.user, at=timezone.now())
    messages.success(request, _("Signed out: %(device)s.") % {"device": session.device})
    return redirect("lms_people:session_list")


@login_required
def session_end_others(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        text = _("Your other browsers are signed out at once; this one stays. What was not saved there may be lost.")
        words = {"button": _("Sign out everywhere else"), "back": reverse("lms_people:session_list")}
        return ask_first(request, _("Sign out everywhere else?"), text, **words)
    here = request.session.session_key
    actions.end_all_sessions(request.user, actor=request.user, at=timezone.now(), but=here)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("lms_people:session_list")


@login_required
def session_end_all(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        text = _("All your browsers are signed out at once, this one too. Then you sign in again here.")
        words = {"button": _("Sign out everywhere, here too"), "back": reverse("lms_people:session_list")}
        return ask_first(request, _("Sign out everywhere?"), text, **words)
    actions.end_all_sessions(request.user, actor=request.user, at=timezone.now())
    logout(request)
    messages.success(request, _("You are signed out everywhere, here too."))
    return redirect("account_login")
