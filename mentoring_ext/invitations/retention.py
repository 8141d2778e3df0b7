"""Accounts whose owners never came: erased when their time is over."""

import logging
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.people.models import Invitation
from lms.privacy.actions import erase_at_once
from mentoring_ext.groups.models import GroupMember, MentoringGroup

MOST_A_NIGHT = 500
"""An erasure looks through everything the site wrote; the rest waits for the next night."""
logger = logging.getLogger(__name__)


def never_accepted(before: datetime) -> QuerySet[Invitation]:
    """Return the invitations that were over by then without having been accepted.

    Whoever is in a group stays: people without the means take part there and never sign in.
    """
    mentored, learned = MentoringGroup.objects.order_by(), GroupMember.objects.order_by()
    return Invitation.objects.over_by(before).exclude(
        Exists(mentored.filter(mentor=OuterRef("user"))) | Exists(learned.filter(user=OuterRef("user")))
    )


def erase_uninvited(before: datetime, *, at: datetime) -> int:
    """Erase the accounts of ``never_accepted``; return how many. One on which a duty rests waits, and is logged."""
    done = 0
    for invitation in never_accepted(before).select_related("user").order_by("pk")[:MOST_A_NIGHT]:
        try:
            erase_at_once(invitation.user, reason=_("The invitation was never accepted."), at=at)
            done += 1
        except DomainError as error:
            logger.warning("Invitation %s is kept: %s", invitation.pk, error.code)
    return done
