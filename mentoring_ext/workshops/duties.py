"""Workshops to hold, as duties that go from one person to another."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.errors import DutyGone
from lms.people.models import User
from lms.plugins import Duty
from mentoring_ext.workshops.models import Workshop


def workshops_to_hold(user: User) -> Iterator[Duty]:
    """Yield the workshops that the person holds and whose attendance is not noted yet."""
    for workshop in _held_by(user):
        title = _("Holds the workshop “%(workshop)s”") % {"workshop": workshop}
        yield Duty(key=str(workshop.pk), title=title, url=workshop.get_absolute_url())


def other_holders(key: str, user: User) -> QuerySet[User]:
    """Return who could hold it: trainers, and the people of its organisation."""
    at_home = Q(organisation__workshops=key)
    people = User.objects.filter(at_home | Q(site_roles__role="trainer"), is_active=True).exclude(pk=user.pk)
    return people.distinct().order_by("last_name", "first_name")


def take_workshop(key: str, user: User, taker: User, actor: User, at: datetime) -> None:
    """Let another person hold the workshop. Raises ``DutyGone``."""
    workshop = _held_by(user).filter(pk=key).first()
    if workshop is None:
        raise DutyGone
    workshop.held_by = taker
    workshop.save(update_fields=["held_by"])
    record("changed", workshop, actor=actor, context=workshop.organisation, data={"held_by": taker.pk}, at=at)


def _held_by(user: User) -> QuerySet[Workshop]:
    return Workshop.objects.filter(held_by=user, attended_at=None).exclude(state=Workshop.State.CALLED_OFF)
