"""Who was invited and has not come in yet, as far as somebody looks after them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import Department, Invitation, Organisation, OrganisationMembership, SiteRole, User
from lms.people.permissions import is_administrator, people_managed_by
from mentoring_ext.programmes.models import Cohort, CohortMembership
from mentoring_ext.programmes.permissions import cohorts_to_invite_to

FILTERS = {
    "failed": _("Mail could not be sent"),
    "expired": _("Expired"),
    "paper": _("Without an e-mail address"),
}
PAGE = 50


def waiting_for(actor: User) -> QuerySet[User]:
    """Return the people who have not accepted their invitation yet, and whom ``actor`` may hand a key.

    Whoever holds a role that ``actor`` does not oversee is left out: an invitation must not open more than it gave.
    """
    invited = Invitation.objects.waiting().order_by().values("user")
    waiting = User.objects.filter(pk__in=invited).select_related("invitation").order_by("last_name", "first_name", "pk")
    if is_administrator(actor):
        return waiting
    own = Cohort.objects.filter(cohorts_to_invite_to(actor)).order_by().values("pk")
    member = CohortMembership.objects.present().filter(user=OuterRef("pk"))
    held = OrganisationMembership.objects.filter(user=OuterRef("pk"))
    return waiting.filter(
        Exists(member.filter(cohort__in=own)) | people_managed_by(actor),
        ~Exists(member.exclude(cohort__in=own)),
        ~Exists(SiteRole.objects.filter(user=OuterRef("pk"))),
        ~Exists(held.exclude(_managed_by(actor))),
    )


def _managed_by(actor: User) -> Q:
    whole = Organisation.objects.managed_by(actor).order_by().values("pk")
    return Q(organisation__in=whole) | Q(department__in=Department.objects.managed_by(actor).order_by().values("pk"))


def open_invitations(actor: User) -> QuerySet[Invitation]:
    """Return the invitations that wait for the people of ``waiting_for``, the newest first."""
    people = waiting_for(actor).order_by().values("pk")
    return Invitation.objects.filter(user__in=people).select_related("user", "invited_by").order_by("-pk")


def narrowed(invitations: QuerySet[Invitation], name: str, at: datetime) -> QuerySet[Invitation]:
    """Keep the invitations of one of ``FILTERS``; all for any other name."""
    conditions = {
        "failed": Q(mailed_at=None, failed_at__isnull=False),
        "expired": Q(expires_at__lte=at),
        "paper": Q(user__email=""),
    }
    return invitations.filter(conditions.get(name, Q()))


@dataclass(frozen=True)
class Row:
    """An open invitation in the list, and how far it got: failed, expired, paper, mailed or sending."""

    invitation: Invitation
    state: str


def row_of(invitation: Invitation, at: datetime) -> Row:
    """Return the row of an invitation, as of a time."""
    if not invitation.user.email:
        return Row(invitation, "paper")
    if invitation.mailed_at is None:
        return Row(invitation, "failed" if invitation.failed_at else "sending")
    return Row(invitation, "mailed" if invitation.is_open(at) else "expired")
