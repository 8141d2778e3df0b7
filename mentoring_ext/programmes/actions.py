"""What people do with cohorts: open one, bring people in, go from phase to phase, and finish."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.courses.actions import enrol_by_rules
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.actions import invite_person
from lms.people.models import Department, Organisation, User
from lms.people.permissions import forget_roles
from mentoring_ext.programmes.errors import (
    AlreadyMember,
    CohortFinished,
    GroupsStillRunning,
    NameTaken,
    NoPhases,
    NotYours,
    OneRoleEach,
    PhaseOfAnotherProgramme,
    ReasonMissing,
)
from mentoring_ext.programmes.models import Cohort, CohortMembership, Phase, Programme, Requirement, Role
from mentoring_ext.programmes.permissions import organisations_to_open_for
from mentoring_ext.programmes.training import Readiness, readiness, readiness_of, requirements_now

__all__ = [
    "Readiness",
    "add_member",
    "finish_cohort",
    "invite_to_cohort",
    "open_cohort",
    "readiness",
    "readiness_of",
    "start_phase",
    "waive_training",
]

LEARNERS = {Role.MENTOR, Role.MENTEE}
RUNNING_PHASES = {
    Phase.Code.INTRODUCTION,
    Phase.Code.DEVELOPMENT,
    Phase.Code.SUPPORT,
    Phase.Code.CLOSURE,
}


@transaction.atomic
def open_cohort(
    programme: Programme,
    *,
    actor: User,
    organisation: Organisation,
    name: str,
    country: str,
    starts_on: date,
    at: datetime,
    department: Department | None = None,
) -> Cohort:
    """Open a cohort with ``actor`` as its coordinator; it requires the programme's training as it is published now.

    ``starts_on`` may lie in the past. Raises ``NotYours``, ``NoPhases`` and ``NameTaken``.
    """
    if not organisations_to_open_for(actor).filter(pk=organisation.pk).exists():
        raise NotYours
    first = programme.phases.first()
    if first is None:
        raise NoPhases
    if Cohort.objects.filter(organisation=organisation, name__iexact=name).exists():
        raise NameTaken
    cohort = Cohort.objects.create(
        programme=programme,
        organisation=organisation,
        department=department,
        name=name,
        country=country,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=programme.weeks),
        opened_at=at,
        phase=first,
    )
    Requirement.objects.bulk_create(requirements_now(cohort))
    record("created", cohort, actor=actor, context=cohort, at=at)
    add_member(cohort, actor, actor=actor, role=Role.COORDINATOR, at=at)
    return cohort


@transaction.atomic
def invite_to_cohort(
    cohort: Cohort, *, actor: User, role: str, first_name: str, last_name: str, email: str, at: datetime
) -> CohortMembership:
    """Bring a person into the cohort: one who has an account is told, another gets an invitation to make one.

    Raises ``CohortFinished``, ``AlreadyMember`` and ``OneRoleEach``.
    """
    _check_running(cohort)
    user = invite_person(
        actor=actor,
        first_name=first_name,
        last_name=last_name,
        email=email,
        reason=_("%(cohort)s, as %(role)s") % {"cohort": cohort, "role": Role(role).label.lower()},
        at=at,
        organisation=cohort.organisation,
        department=cohort.department,
    )
    return add_member(cohort, user, actor=actor, role=role, at=at)


@transaction.atomic
def add_member(cohort: Cohort, user: User, *, actor: User, role: str, at: datetime | None = None) -> CohortMembership:
    """Give a person a role in the cohort and enrol them in the training that it asks for.

    Somebody who left comes back with the same row. Raises ``CohortFinished``, ``AlreadyMember`` and ``OneRoleEach``.
    """
    _check_running(cohort)
    at = at or timezone.now()
    own = {membership.role: membership for membership in cohort.memberships.select_for_update().filter(user=user)}
    before = own.pop(role, None)
    if before is not None and before.state != CohortMembership.State.LEFT:
        raise AlreadyMember
    if role in LEARNERS and any(m.role in LEARNERS and m.state != CohortMembership.State.LEFT for m in own.values()):
        raise OneRoleEach
    membership = before or CohortMembership(cohort=cohort, user=user, role=role)
    membership.state, membership.joined_at, membership.ended_at = CohortMembership.State.ACTIVE, at, None
    membership.save()
    forget_roles(user)
    record("joined", cohort, actor=actor, context=cohort, data={"user": user.pk, "role": role}, at=at)
    text = _("You take part in “%(cohort)s” as %(role)s.") % {"cohort": cohort, "role": Role(role).label.lower()}
    notify([user], "cohort_joined", text, cohort.get_absolute_url(), exclude=actor)
    enrol_by_rules(user, at=at)
    return membership


@transaction.atomic
def waive_training(membership: CohortMembership, *, actor: User, because: str) -> CohortMembership:
    """Let a member start mentoring without the training. Raises ``ReasonMissing`` and ``CohortFinished``."""
    _check_running(membership.cohort)
    if not because.strip():
        raise ReasonMissing
    membership.waived_because = because.strip()
    membership.save(update_fields=["waived_because"])
    record("changed", membership, actor=actor, context=membership.cohort, data={"waived_because": because})
    text = _("You can start mentoring in “%(cohort)s” without more training.") % {"cohort": membership.cohort}
    notify([membership.user], "cohort_joined", text, membership.cohort.get_absolute_url(), exclude=actor)
    return membership


@transaction.atomic
def start_phase(cohort: Cohort, phase: Phase, *, actor: User) -> Cohort:
    """Put the cohort into a phase, usually the next one; starting the present phase again changes nothing.

    Tells every member. Raises ``PhaseOfAnotherProgramme`` and ``CohortFinished``.
    """
    _check_running(cohort)
    if phase.programme_id != cohort.programme_id:
        raise PhaseOfAnotherProgramme
    if phase.pk == cohort.phase_id:
        return cohort
    cohort.phase = phase
    cohort.state = Cohort.State.RUNNING if phase.code in RUNNING_PHASES else Cohort.State.PREPARING
    cohort.save(update_fields=["phase", "state"])
    record("started", cohort, actor=actor, context=cohort, data={"phase": phase.code})
    text = _("“%(cohort)s” is now in the phase “%(phase)s”.") % {"cohort": cohort, "phase": phase}
    notify(_people(cohort), "phase_started", text, cohort.get_absolute_url(), exclude=actor)
    return cohort


@transaction.atomic
def finish_cohort(cohort: Cohort, *, actor: User, at: datetime) -> Cohort:
    """Finish a cohort whose groups are closed; its mentors have completed it then, as the mentees did with their group.

    Raises ``GroupsStillRunning`` and ``CohortFinished``.
    """
    _check_running(cohort)
    if cohort.groups.active().exists():
        raise GroupsStillRunning
    mentors = cohort.memberships.filter(role=Role.MENTOR, state=CohortMembership.State.ACTIVE)
    mentors.filter(user__in=cohort.groups.finished().order_by().values("mentor")).update(
        state=CohortMembership.State.COMPLETED, ended_at=at
    )
    cohort.state, cohort.finished_at = Cohort.State.FINISHED, at
    cohort.phase = cohort.programme.phases.order_by("order").last() or cohort.phase
    cohort.save(update_fields=["state", "finished_at", "phase"])
    record("completed", cohort, actor=actor, context=cohort, at=at)
    text = _("“%(cohort)s” is finished. Thank you for taking part.") % {"cohort": cohort}
    notify(_people(cohort), "phase_started", text, cohort.get_absolute_url(), exclude=actor)
    return cohort


def complete_mentees(cohort: Cohort, users: list[User], *, at: datetime) -> int:
    """Mark mentees as completed, whose group held all its sessions; return how many were not before."""
    active = cohort.memberships.filter(role=Role.MENTEE, state=CohortMembership.State.ACTIVE, user__in=users)
    return active.update(state=CohortMembership.State.COMPLETED, ended_at=at)


def _check_running(cohort: Cohort) -> None:
    if cohort.is_finished:
        raise CohortFinished


def _people(cohort: Cohort) -> list[User]:
    return list(User.objects.filter(cohort_memberships__in=cohort.memberships.present()).distinct())
