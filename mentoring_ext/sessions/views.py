"""A group's sessions: all dates at once, moving one, registering one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import shown_in
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.sessions import actions
from mentoring_ext.sessions.beads import beads_of
from mentoring_ext.sessions.forms import DatesForm, MoveForm, RegistrationForm, RhythmForm
from mentoring_ext.sessions.models import Session
from mentoring_ext.sessions.permissions import is_changed_since, reads_in_confidence, sees_group


def _group(request: PersonRequest, pk: int) -> MentoringGroup:
    groups = MentoringGroup.objects.visible_to(request.user).select_related("cohort__programme", "mentor")
    return get_object_or_404(groups, pk=pk)


def _session(request: PersonRequest, pk: int) -> Session:
    return get_object_or_404(Session.objects.visible_to(request.user).with_plan(), pk=pk)


@login_required
def session_list(request: PersonRequest, group_pk: int) -> HttpResponse:
    group, at = _group(request, group_pk), timezone.now()
    require(request.user, "mentoring_groups.view_group", group)
    sessions = list(group.sessions.select_related("plan").order_by("number"))
    context = {
        "group": group,
        "rows": list(zip(sessions, beads_of(sessions, at), strict=True)),
        "leads": request.user.has_perm("mentoring_sessions.schedule_sessions", group),
        "elsewhere": Session.objects.elsewhere(group, request.user),
    }
    return render(request, "sessions/session_list.html", context)


@login_required
def session_schedule(request: PersonRequest, group_pk: int) -> HttpResponse:
    """Ask for the first date (by GET), show all dates to change, and save them (by POST)."""
    group = _group(request, group_pk)
    require(request.user, "mentoring_sessions.schedule_sessions", group)
    if group.sessions.exists():
        return redirect("mentoring_sessions:session_list", group.pk)
    plans = list(group.cohort.programme.session_plans.all())
    if request.method == "POST":
        dates = DatesForm(request.POST, plans=plans)
        if dates.is_valid():
            with shown_in(dates):
                data = {name: dates.cleaned_data[name] for name in ("minutes", "format", "place")}
                starts = dates.dates()
                actions.schedule_sessions(group, actor=request.user, first_at=starts[0], dates=starts, **data)
                messages.success(request, _("All sessions have their dates. Everybody in the group was told."))
                return redirect("mentoring_sessions:session_list", group.pk)
        return render(request, "sessions/session_dates.html", {"group": group, "form": dates}, status=422)
    rhythm = RhythmForm(request.GET if "first_at" in request.GET else None, initial=_usual(group))
    if rhythm.is_valid():
        dates = DatesForm(initial=_proposed(group, rhythm.cleaned_data), plans=plans)
        return render(request, "sessions/session_dates.html", {"group": group, "form": dates})
    context = {"group": group, "form": rhythm}
    return render(request, "sessions/session_schedule.html", context, status=422 if rhythm.is_bound else 200)


def _usual(group: MentoringGroup) -> dict[str, Any]:
    return {"minutes": group.cohort.programme.session_minutes, "format": Session.Format.ONLINE, "every_days": 7}


def _proposed(group: MentoringGroup, data: dict[str, Any]) -> dict[str, Any]:
    starts = actions.propose_dates(group, first_at=data["first_at"], every_days=data["every_days"])
    return data | {f"starts_at_{number}": start for number, start in enumerate(starts, start=1)}


@login_required
def session_detail(request: PersonRequest, pk: int) -> HttpResponse:
    session, at = _session(request, pk), timezone.now()
    require(request.user, "mentoring_sessions.view_session", session)
    if session.is_held and reads_in_confidence.test(request.user, session):
        actions.read_form(session, actor=request.user, at=at)
    is_here = sees_group.test(request.user, session)
    context = {
        "session": session,
        "is_here": is_here,
        "is_changed_since": not is_here and is_changed_since(request.user, session),
        "is_over": session.ends_at <= at,
        "may_register": request.user.has_perm("mentoring_sessions.register_session", session),
        "attendances": session.attendances.select_related("user"),
        "outcomes": (session if session.is_held else session.plan).outcomes.all(),
    }
    return render(request, "sessions/session_detail.html", context)


@login_required
def session_register(request: PersonRequest, pk: int) -> HttpResponse:
    session = _session(request, pk)
    require(request.user, "mentoring_sessions.register_session", session)
    form = RegistrationForm(request.POST if request.method == "POST" else None, session=session)
    if form.is_valid():
        with shown_in(form):
            data = {name: value for name, value in form.cleaned_data.items() if name != "present"}
            actions.register_session(
                session, actor=request.user, at=timezone.now(), attendance=form.attendance(), **data
            )
            messages.success(request, _("Session %(number)s is registered.") % {"number": session.number})
            return redirect(session)
    context = {"session": session, "form": form}
    return render(request, "sessions/session_register.html", context, status=422 if form.is_bound else 200)


@login_required
def session_move(request: PersonRequest, pk: int) -> HttpResponse:
    session = _session(request, pk)
    require(request.user, "mentoring_sessions.move_session", session)
    form = MoveForm(
        request.POST if request.method == "POST" else None, initial={"starts_at": timezone.localtime(session.starts_at)}
    )
    if form.is_valid():
        with shown_in(form):
            moved = actions.move_session(session, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The session is moved. Everybody in the group was told."))
            return redirect(moved)
    context = {"session": session, "form": form}
    return render(request, "sessions/session_move.html", context, status=422 if form.is_bound else 200)
