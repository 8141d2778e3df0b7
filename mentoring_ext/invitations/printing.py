"""Who gets an invitation on paper."""

from django.db.models import Exists, OuterRef, QuerySet

from lms.people.models import OrganisationMembership, SiteRole, User
from lms.people.permissions import is_administrator
from mentoring_ext.programmes.models import Cohort, CohortMembership
from mentoring_ext.programmes.permissions import cohorts_to_invite_to

UNUSABLE = "!"
"""What Django writes where a password was never set begins so."""


def waiting_for_paper(actor: User) -> QuerySet[User]:
    """Return the people without an address who have not come in yet, and whom ``actor`` may hand a key.

    Whoever holds a role that ``actor`` does not oversee is left out: an invitation must not open more than it gave.
    """
    waiting = User.objects.filter(email="", password__startswith=UNUSABLE, is_active=True, invitation__isnull=False)
    waiting = waiting.select_related("invitation").order_by("last_name", "first_name", "pk")
    if is_administrator(actor):
        return waiting
    own = Cohort.objects.filter(cohorts_to_invite_to(actor)).order_by().values("pk")
    held = CohortMembership.objects.present().filter(user=OuterRef("pk"))
    return waiting.filter(
        Exists(held.filter(cohort__in=own)),
        ~Exists(held.exclude(cohort__in=own)),
        ~Exists(SiteRole.objects.filter(user=OuterRef("pk"))),
        ~Exists(OrganisationMembership.objects.filter(user=OuterRef("pk"))),
    )
