"""What sessions add: what is due and when you meet, notices, and personal data."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import AgendaItem, AgendaSource, Held, NoticeKind, PrivacyHandler
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.groups.permissions import groups_around
from mentoring_ext.programmes.models import Cohort, Role
from mentoring_ext.sessions.models import Session


@hooks.register(plugins.AGENDA_SOURCES.name)
def sessions_due() -> AgendaSource:
    return AgendaSource(name="sessions", items_for=_items_for, concerns=groups_around)


def _items_for(user: User, at: datetime) -> Iterator[AgendaItem]:
    yield from _to_schedule(user)
    yield from _to_register(user, at)
    yield from _to_meet(user, at)
    if has_role(user, Role.COORDINATOR):
        yield from _missing(user, at)
        yield from _to_close(user)


def _to_schedule(user: User) -> Iterator[AgendaItem]:
    for group in MentoringGroup.objects.active().filter(mentor=user, sessions=None):
        yield AgendaItem(
            key=f"sessions-schedule-{group.pk}",
            title=_("Fix the dates of all sessions"),
            why=_("Then everybody can keep the time free."),
            url=reverse("mentoring_sessions:session_schedule", args=[group.pk]),
            action=_("Schedule the sessions"),
            about=group.name,
            weight=90,
        )


def _to_register(user: User, at: datetime) -> Iterator[AgendaItem]:
    own = Session.objects.to_register(at).filter(group__mentor=user, group__state=MentoringGroup.State.ACTIVE)
    for session in own.with_plan():
        yield AgendaItem(
            key=f"session-register-{session.pk}",
            title=_("Register session %(session)s") % {"session": session},
            why=_("Write down who was there and what you did."),
            url=reverse("mentoring_sessions:session_register", args=[session.pk]),
            action=_("Register the session"),
            due=session.ends_at,
            about=session.group.name,
        )


def _to_meet(user: User, at: datetime) -> Iterator[AgendaItem]:
    groups = MentoringGroup.objects.of(user).active().order_by()
    coming, shown = Session.objects.ahead(at).filter(group__in=groups).with_plan(), set()
    for session in coming:
        if session.group_id not in shown:
            shown.add(session.group_id)
            yield AgendaItem(
                key=f"session-meet-{session.pk}",
                title=_("Session %(session)s") % {"session": session},
                why=session.plan.text,
                url=session.get_absolute_url(),
                action=_("See the plan"),
                due=session.starts_at,
                about=session.group.name,
            )


def _missing(user: User, at: datetime) -> Iterator[AgendaItem]:
    coordinated = Cohort.objects.coordinated_by(user).order_by().values("pk")
    late = Session.objects.to_register(at).filter(group__cohort__in=coordinated)
    late = late.filter(group__state=MentoringGroup.State.ACTIVE).exclude(group__mentor=user).order_by()
    for row in late.values("group__cohort", "group__cohort__name").annotate(number=Count("pk"), due=Min("ends_at")):
        title = ngettext("%(number)s session form is missing", "%(number)s session forms are missing", row["number"])
        yield AgendaItem(
            key=f"sessions-missing-{row['group__cohort']}",
            title=title % {"number": row["number"]},
            why=_("Ask the mentors to register what happened."),
            url=reverse("mentoring_programmes:cohort_detail", args=[row["group__cohort"]]) + "#groups",
            action=_("See the groups"),
            due=row["due"],
            about=row["group__cohort__name"],
        )


def _to_close(user: User) -> Iterator[AgendaItem]:
    coordinated = Cohort.objects.coordinated_by(user).order_by().values("pk")
    for group in MentoringGroup.objects.active().finished().filter(cohort__in=coordinated).select_related("cohort"):
        yield AgendaItem(
            key=f"group-close-{group.pk}",
            title=_("Close the “%(group)s”") % {"group": group},
            why=_("It has held all its sessions. Its mentees have then completed the programme."),
            url=reverse("mentoring_groups:close", args=[group.pk]),
            action=_("Close the group"),
            about=group.cohort.name,
            weight=60,
        )


@hooks.register(plugins.NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("sessions_scheduled", gettext_lazy("Your sessions have their dates"), icon="calendar-days"),
        NoticeKind("session_moved", gettext_lazy("A session is on another day"), icon="calendar-clock"),
        NoticeKind("sessions_held", gettext_lazy("A group has held all its sessions"), icon="party-popper"),
    ]


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def sessions() -> PrivacyHandler:
    models = ["mentoring_sessions.Session", "mentoring_sessions.Attendance"]
    return PrivacyHandler(
        name="sessions",
        models=models,
        export=None,
        erase=_erase,
        label=gettext_lazy("Sessions"),
        held=[
            Held("mentoring_sessions.session", about=("attendances__user", "registered_by")),
            Held("mentoring_sessions.attendance"),
        ],
    )


def _erase(user: User) -> None:
    """Keep attendance, which counts; the account behind it has no name any more."""
    Session.objects.filter(registered_by=user).update(registered_by=None)
