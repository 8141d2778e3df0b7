"""Bringing people into a cohort, and letting them start without training."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.courses.actions import enrol_by_rules
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.actions import invite_person
from lms.people.errors import OwnRights
from lms.people.models import User
from lms.people.permissions import forget_roles
from mentoring_ext.programmes.actions.running import check_running
from mentoring_ext.programmes.errors import (
    AlreadyMember,
    LastCoordinator,
    OneRoleEach,
    ReasonMissing,
    StillInGroup,
)
from mentoring_ext.programmes.models import Cohort, CohortMembership, Preparation, Role

LEARNERS = {Role.MENTOR, Role.MENTEE}


@transaction.atomic
def invite_to_cohort(
    cohort: Cohort, *, actor: User, role: str, first_name: str, last_name: str, email: str, at: datetime
) -> CohortMembership:
    """Bring a person into the cohort: one who has an account is told, another gets an invitation to make one.

    Without an address the invitation is printed. Raises ``CohortFinished``, ``AlreadyMember``, ``OneRoleEach``, and
    ``OwnRights`` for who would let themselves in.
    """
    check_running(cohort)
    if email and email.lower() == actor.email.lower():
        raise OwnRights(field="email")
    if not email and _is_there_without_address(cohort, first_name, last_name):
        raise AlreadyMember(field="last_name")
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


def _is_there_without_address(cohort: Cohort, first_name: str, last_name: str) -> bool:
    # Sent twice by mistake, the form would make two accounts: no address tells that they are one person.
    same = {"user__first_name__iexact": first_name, "user__last_name__iexact": last_name, "user__email": ""}
    return cohort.memberships.present().filter(**same).exists()


@transaction.atomic
def add_member(cohort: Cohort, user: User, *, actor: User, role: str, at: datetime | None = None) -> CohortMembership:
    """Give a person a role in the cohort and enrol them in the training that it asks for.

    Somebody who left comes back with the same row. Raises ``CohortFinished``, ``AlreadyMember`` and ``OneRoleEach``.
    """
    check_running(cohort)
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
def note_preparation(user: User, *, actor: User, note: str, at: datetime) -> Preparation:
    """Note that a mentor took the short preparation workshop: then they can be matched; once more changes nothing."""
    preparation, is_new = Preparation.objects.get_or_create(
        user=user, note=note, defaults={"taken_at": at, "noted_by": actor}
    )
    if is_new:
        record("completed", preparation, actor=actor, at=at)
    return preparation


@transaction.atomic
def forget_preparation(user: User, *, actor: User, note: str) -> None:
    """Take back what ``note_preparation`` noted, where it was noted by mistake."""
    for preparation in Preparation.objects.filter(user=user, note=note):
        record("deleted", preparation, actor=actor)
        preparation.delete()


@transaction.atomic
def waive_training(membership: CohortMembership, *, actor: User, because: str) -> CohortMembership:
    """Let a member start mentoring without the training. Raises ``ReasonMissing`` and ``CohortFinished``."""
    check_running(membership.cohort)
    if not because.strip():
        raise ReasonMissing
    membership.waived_because = because.strip()
    membership.save(update_fields=["waived_because"])
    record("changed", membership, actor=actor, context=membership.cohort, data={"waived_because": because})
    text = _("You can start mentoring in “%(cohort)s” without more training.") % {"cohort": membership.cohort}
    notify([membership.user], "cohort_joined", text, membership.cohort.get_absolute_url(), exclude=actor)
    return membership


@transaction.atomic
def leave_cohort(membership: CohortMembership, *, actor: User, at: datetime) -> CohortMembership:
    """End a person's part in a cohort; what they did there stays.

    Raises ``LastCoordinator`` ("last_coordinator") and ``StillInGroup`` ("still_in_group"): a cohort keeps a
    coordinator, and a mentor's or mentee's group goes to somebody else, or is closed, first.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=membership.cohort_id)
    membership = cohort.memberships.select_related("user").get(pk=membership.pk)
    if membership.state == CohortMembership.State.LEFT:
        return membership
    _check_may_leave(cohort, membership)
    membership.state, membership.ended_at = CohortMembership.State.LEFT, at
    membership.save(update_fields=["state", "ended_at"])
    forget_roles(membership.user)
    data = {"user": membership.user_id, "role": membership.role}
    record("left", cohort, actor=actor, context=cohort, data=data, at=at)
    return membership


def _check_may_leave(cohort: Cohort, membership: CohortMembership) -> None:
    if cohort.is_finished:
        return
    others = cohort.memberships.present().filter(role=Role.COORDINATOR).exclude(pk=membership.pk)
    if membership.role == Role.COORDINATOR and not others.exists():
        raise LastCoordinator
    if membership.role in LEARNERS and cohort.groups.active().of(membership.user).exists():
        raise StillInGroup
