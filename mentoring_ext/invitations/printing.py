"""Who gets an invitation on paper."""

from django.db.models import QuerySet

from lms.people.models import User
from mentoring_ext.invitations.waiting import waiting_for


def waiting_for_paper(actor: User) -> QuerySet[User]:
    """Return the people of ``waiting_for`` who have no address."""
    return waiting_for(actor).filter(email="")
