"""Proposals for lessons that nobody has decided on, as duties: their author is asked and hears the answer."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.errors import DutyGone
from lms.people.models import User
from lms.plugins import Duty
from mentoring_ext.cycle.models import ContentProposal
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from mentoring_ext.programmes.permissions import oversees


def proposals_made(user: User) -> Iterator[Duty]:
    """Yield the person's proposals that wait for an editor."""
    waiting = ContentProposal.objects.waiting().filter(author=user)
    for proposal in waiting.select_related("cohort__organisation", "cohort__department"):
        yield Duty(
            key=str(proposal.pk),
            title=_("Proposal “%(title)s”, waiting for an editor") % {"title": proposal},
            url=proposal.get_absolute_url(),
            decided_by=partial(_oversees, cohort=proposal.cohort),
        )


def _oversees(actor: User, cohort: Cohort) -> bool:
    return bool(oversees.test(actor, cohort))


def coordinators_near(key: str, user: User) -> QuerySet[User]:
    """Return who coordinates a cohort of the same organisation."""
    cohort = _proposal(key, user).cohort
    present = CohortMembership.objects.present()
    near = present.filter(role=Role.COORDINATOR, cohort__organisation=cohort.organisation_id)
    people = User.objects.filter(pk__in=near.values("user"), is_active=True).exclude(pk=user.pk)
    return people.order_by("last_name", "first_name")


def take_proposal(key: str, user: User, taker: User, actor: User, at: datetime) -> None:
    """Make ``taker`` the one who answers for the proposal. Raises ``DutyGone``."""
    proposal = _proposal(key, user)
    proposal.author = taker
    proposal.save(update_fields=["author"])
    data = {"from": user.pk, "to": taker.pk}
    record("handed_over", proposal, actor=actor, context=proposal.cohort, data=data, at=at)


def _proposal(key: str, user: User) -> ContentProposal:
    found = ContentProposal.objects.waiting().select_related("cohort").filter(pk=key, author=user).first()
    if found is None:
        raise DutyGone
    return found
