"""From a registration to a member: account, cohort, training."""

from datetime import datetime

from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.journal.actions import record
from lms.people.actions import NewPerson, invite_people, invite_person
from lms.people.models import User
from lms.people.permissions import roles_of
from mentoring_ext.programmes.actions import add_member
from mentoring_ext.programmes.errors import AlreadyMember
from mentoring_ext.programmes.models import CohortMembership, Role
from mentoring_ext.registrations import errors
from mentoring_ext.registrations.actions.states import change_state, mail_on_commit
from mentoring_ext.registrations.models import Registration, State


def let_join(registration: Registration, *, actor: User | None, at: datetime) -> None:
    """Make the person a mentee of the cohort, with an account where there is none.

    Raises ``OtherRoleInCohort``, and ``CohortFinished``.
    """
    user = registration.user = registration.user or _account_of(registration, actor, at)
    cohort = registration.opening.cohort
    try:
        add_member(cohort, user, actor=actor or user, role=Role.MENTEE, at=at)
    except AlreadyMember:
        pass
    except DomainError as error:
        if CohortMembership.objects.present().filter(cohort=cohort, user=user).exists():
            raise errors.OtherRoleInCohort from error
        raise
    registration.answer_until = None
    change_state(registration, State.ACCEPTED, actor=actor, at=at)
    record("accepted", registration, actor=actor or user, context=cohort, at=at)
    mail_on_commit(registration, "accepted")


def opens_nothing_else(registration: Registration) -> bool:
    """Return whether the account opens no more than this registration gave."""
    cohort = registration.opening.cohort
    return registration.user is not None and all(role.scope == cohort for role in roles_of(registration.user))


def _account_of(registration: Registration, actor: User | None, at: datetime) -> User:
    cohort = registration.opening.cohort
    reason = _("%(cohort)s, as mentee") % {"cohort": cohort}
    first, last = registration.first_name, registration.last_name
    if registration.email:
        # Who was invited to something else before gets that invitation by mail: the page of the registration, which
        # more people may know than the owner of the address, leads to no account that opens more.
        known = User.objects.with_email(registration.email).exists()
        return invite_person(
            actor=actor,
            first_name=first,
            last_name=last,
            email=registration.email,
            reason=reason,
            at=at,
            organisation=cohort.organisation,
            department=cohort.department,
            mail=known,
        )
    person = NewPerson(first, last, organisation=cohort.organisation, department=cohort.department, reason=reason)
    return invite_people([person], actor=actor, at=at)[0]
