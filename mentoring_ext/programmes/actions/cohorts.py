"""Opening a cohort, its phases, and its end."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import Department, Organisation, User
from mentoring_ext.programmes.actions.checklists import check_settled, take_over_checklists
from mentoring_ext.programmes.actions.members import add_member
from mentoring_ext.programmes.actions.running import check_running
from mentoring_ext.programmes.errors import (
    GroupsStillRunning,
    NameTaken,
    NoPhases,
    NotYourDepartment,
    NotYours,
    PhaseOfAnotherProgramme,
    ProgrammeElsewhere,
)
from mentoring_ext.programmes.models import Cohort, CohortMembership, Phase, Programme, Requirement, Role
from mentoring_ext.programmes.permissions import opens_for, organisations_to_open_for
from mentoring_ext.programmes.training import requirements_now

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
    """Open a cohort with ``actor`` as its coordinator.

    It requires the programme's training as it is published now, and takes over the checklists as they stand now.
    ``starts_on`` may lie in the past. Raises ``NotYours``, ``NotYourDepartment``, ``ProgrammeElsewhere``, ``NoPhases``
    and ``NameTaken``.
    """
    if not organisations_to_open_for(actor).filter(pk=organisation.pk).exists():
        raise NotYours
    if not opens_for(actor, organisation, department):
        raise NotYourDepartment
    if not Programme.objects.for_cohorts_of(organisation, department).filter(pk=programme.pk).exists():
        raise ProgrammeElsewhere
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
    take_over_checklists(cohort)
    record("created", cohort, actor=actor, context=cohort, at=at)
    add_member(cohort, actor, actor=actor, role=Role.COORDINATOR, at=at)
    return cohort


@transaction.atomic
def start_phase(cohort: Cohort, phase: Phase, *, actor: User) -> Cohort:
    """Put the cohort into a phase, usually the next one; starting the present phase again changes nothing.

    Tells every member. Raises ``PhaseOfAnotherProgramme``, ``CohortFinished`` and ``ItemsOpen``.
    """
    check_running(cohort)
    if phase.programme_id != cohort.programme_id:
        raise PhaseOfAnotherProgramme
    if phase.pk == cohort.phase_id:
        return cohort
    check_settled(cohort, phase)
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
    check_running(cohort)
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


def _people(cohort: Cohort) -> list[User]:
    return list(User.objects.filter(cohort_memberships__in=cohort.memberships.present()).distinct())
