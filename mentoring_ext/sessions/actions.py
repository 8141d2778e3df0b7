"""What people do with sessions: give all of them their dates, move one, register what happened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from lms.privacy.actions import record_readings
from mentoring_ext.evaluation.actions import evaluate_finished_group
from mentoring_ext.groups.errors import GroupClosed
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Cohort, CohortMembership, Outcome, Role
from mentoring_ext.sessions.dates import first_out_of_order, rhythm
from mentoring_ext.sessions.errors import (
    AlreadyHeld,
    AlreadyScheduled,
    AttendanceMissing,
    NotOverYet,
    OutcomeOfAnotherProgramme,
    OutOfOrder,
    OutsideCohort,
    WrongNumber,
)
from mentoring_ext.sessions.models import Attendance, Session


def propose_dates(group: MentoringGroup, *, first_at: datetime, every_days: int) -> list[datetime]:
    """Return a start for each session of the programme, from the first one in an even rhythm."""
    count = group.cohort.programme.session_plans.count()
    return rhythm(first_at, every_days, count, timezone.get_default_timezone())


@transaction.atomic
def schedule_sessions(
    group: MentoringGroup,
    *,
    actor: User,
    first_at: datetime,
    every_days: int = 7,
    dates: Sequence[datetime] | None = None,
    minutes: int | None = None,
    format: str = Session.Format.ONLINE,
    place: str = "",
) -> list[Session]:
    """Give all sessions of a group their dates at once; a cohort that began in the past takes past dates.

    ``dates`` are the starts where they do not follow the rhythm; ``minutes`` is the programme's length unless given.
    Raises ``GroupClosed``, ``AlreadyScheduled``, ``WrongNumber``, ``OutOfOrder`` and ``OutsideCohort``.
    """
    group = _locked(group)
    if group.sessions.exists():
        raise AlreadyScheduled
    plans = list(group.cohort.programme.session_plans.all())
    starts = list(dates or propose_dates(group, first_at=first_at, every_days=every_days))
    if len(starts) != len(plans):
        raise WrongNumber
    _check_dates(group.cohort, starts)
    length = timedelta(minutes=minutes or group.cohort.programme.session_minutes)
    sessions = Session.objects.bulk_create(
        Session(group=group, plan=plan, number=number, starts_at=at, ends_at=at + length, format=format, place=place)
        for number, (plan, at) in enumerate(zip(plans, starts, strict=True), start=1)
    )
    record("scheduled", group, actor=actor, context=group, data={"first": starts[0].isoformat()})
    text = _("The sessions of “%(group)s” have their dates. The first is on %(day)s.")
    _tell(group, "sessions_scheduled", text % {"group": group, "day": _day(starts[0])}, actor)
    return sessions


def _locked(group: MentoringGroup) -> MentoringGroup:
    locked = MentoringGroup.objects.select_for_update(of=("self",)).select_related("cohort__programme", "mentor")
    group = locked.get(pk=group.pk)
    if group.is_closed:
        raise GroupClosed
    return group


def _check_dates(cohort: Cohort, starts: Sequence[datetime]) -> None:
    for place, at in enumerate(starts):
        if not cohort.starts_on <= timezone.localdate(at) <= cohort.ends_on:
            raise OutsideCohort(field=f"starts_at_{place + 1}")
    wrong = first_out_of_order(starts)
    if wrong is not None:
        raise OutOfOrder(field=f"starts_at_{wrong + 1}")


@transaction.atomic
def move_session(session: Session, *, actor: User, starts_at: datetime, move_rest: bool = False) -> Session:
    """Move a planned session; with ``move_rest`` every later planned session moves by as much.

    Raises ``GroupClosed``, ``AlreadyHeld``, ``OutOfOrder`` and ``OutsideCohort``.
    """
    group = _locked(session.group)
    sessions = list(group.sessions.select_related("plan").order_by("number"))
    moved = next(s for s in sessions if s.pk == session.pk)
    if moved.is_held:
        raise AlreadyHeld
    before = moved.starts_at
    rest = [s for s in sessions if move_rest and s.number > moved.number and not s.is_held]
    for each, start in zip([moved, *rest], _shifted(before, starts_at, rest), strict=True):
        each.ends_at, each.starts_at = start + (each.ends_at - each.starts_at), start
    if first_out_of_order([s.starts_at for s in sessions]) is not None:
        raise OutOfOrder
    if any(not group.cohort.starts_on <= timezone.localdate(s.starts_at) <= group.cohort.ends_on for s in sessions):
        raise OutsideCohort
    Session.objects.bulk_update([moved, *rest], ["starts_at", "ends_at"])
    data = {"from": before.isoformat(), "to": starts_at.isoformat(), "others": len(rest)}
    record("moved", moved, actor=actor, context=group, data=data)
    text = _("Session %(number)s moved to %(day)s.") % {"number": moved.number, "day": _day(starts_at)}
    _tell(group, "session_moved", text, actor)
    return moved


def _shifted(before: datetime, after: datetime, rest: Sequence[Session]) -> list[datetime]:
    """Return the new start, and those of the rest moved by the same time on the clock."""
    zone = timezone.get_default_timezone()
    local_before = before.astimezone(zone).replace(tzinfo=None)
    shift = after.astimezone(zone).replace(tzinfo=None) - local_before
    return [after, *((s.starts_at.astimezone(zone).replace(tzinfo=None) + shift).replace(tzinfo=zone) for s in rest)]


@transaction.atomic
def register_session(
    session: Session,
    *,
    actor: User,
    starts_at: datetime,
    minutes: int,
    format: str,
    place: str,
    description: str,
    outcomes: Iterable[Outcome],
    attendance: Mapping[User, bool],
    occurrences: str,
    at: datetime,
) -> Session:
    """Fill in a session's form once it is over, or correct it; ``attendance`` names each mentee of the group.

    After the last one the group is asked for its final evaluation and the coordinators are told.
    Raises ``GroupClosed``, ``NotOverYet``, ``AttendanceMissing`` and ``OutcomeOfAnotherProgramme``.
    """
    group = _locked(session.group)
    session = Session.objects.select_related("plan").get(pk=session.pk)
    outcomes, corrected = list(outcomes), session.is_held
    ends_at = starts_at + timedelta(minutes=minutes)
    if ends_at > at:
        raise NotOverYet
    if not any(attendance.values()) or not _mentees(session, group) <= {user.pk for user in attendance}:
        raise AttendanceMissing
    if any(outcome.programme_id != group.cohort.programme_id for outcome in outcomes):
        raise OutcomeOfAnotherProgramme
    session.starts_at, session.ends_at = starts_at, ends_at
    session.format, session.place = format, place
    session.description, session.occurrences = description, occurrences
    session.state, session.registered_at, session.registered_by = Session.State.HELD, at, actor
    session.save()
    session.outcomes.set(outcomes)
    for user, present in attendance.items():
        Attendance.objects.update_or_create(session=session, user=user, defaults={"present": present})
    record("changed" if corrected else "registered", session, actor=actor, context=group, at=at)
    if not corrected and not group.sessions.planned().exists():
        _look_back(group, actor, at)
    return session


def _mentees(session: Session, group: MentoringGroup) -> set[int]:
    """Return the ids of the mentees whose attendance is asked: those of the group, or of the form when corrected."""
    known = set(session.attendances.values_list("user_id", flat=True))
    return known or set(group.members.present().values_list("user_id", flat=True))


def _look_back(group: MentoringGroup, actor: User, at: datetime) -> None:
    """Ask the group for its final evaluation, and tell the coordinators that the group can be closed."""
    evaluate_finished_group(group, actor=actor, at=at)
    coordinators = group.cohort.memberships.in_role(Role.COORDINATOR).filter(state=CohortMembership.State.ACTIVE)
    people = [membership.user for membership in coordinators.select_related("user")]
    text = _("“%(group)s” has held all its sessions. You can close the group.") % {"group": group}
    notify(people, "sessions_held", text, group.get_absolute_url(), exclude=actor)


@transaction.atomic
def read_form(session: Session, *, actor: User, at: datetime) -> Session:
    """Note that a coordinator read a session's form, which is confidential; those it is about can see that."""
    record("read", session, actor=actor, context=session.group, at=at)
    what = _("Session form: %(session)s") % {"session": session}
    record_readings(session, reader=actor, people=session.group.people(), what=what, at=at)
    return session


def _tell(group: MentoringGroup, kind: str, text: str, actor: User) -> None:
    notify(group.people(), kind, text, group.get_absolute_url(), exclude=actor)


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "l j F, H:i")
