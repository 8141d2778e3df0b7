"""The day from which on a second step at sign-in is needed, and reminding people of it."""

from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people import errors
from lms.people.models import SignInRules, User
from lms.people.second_step import needed_from, people_without
from lms.people.signals import doors_changed

REMINDERS = (14, 7, 1)
"""So many days before, whoever has none yet is told."""


@transaction.atomic
def require_second_step(*, actor: User, day: date | None, at: datetime) -> SignInRules:
    """Choose the day from which on a second step is needed, or none; whoever has none yet is told.

    Raises ``DayFixed`` ("day_fixed") where the setting says which day it is.
    """
    if settings.SECOND_FACTOR_FROM:
        raise errors.DayFixed
    rules, _new = SignInRules.objects.update_or_create(pk=1, defaults={"second_step_from": day})
    record("changed", rules, actor=actor, data={"second_step_from": day.isoformat() if day else None}, at=at)
    if day:
        waiting = list(people_without())
        _tell(waiting, day)
        transaction.on_commit(partial(doors_changed.send, sender=User, people=[person.pk for person in waiting]))
    return rules


def remind_of_second_step(at: datetime) -> int:
    """Tell those who need a second step soon and have none, on some days before; return how many.

    On the day itself their sockets are closed.
    """
    day = needed_from()
    left = (day - timezone.localdate(at)).days if day else None
    if day is None or left not in (*REMINDERS, 0):
        return 0
    waiting = list(people_without())
    _tell(waiting, day)
    doors_changed.send(sender=User, people=[person.pk for person in waiting])
    return len(waiting)


def _tell(people: list[User], day: date) -> None:
    text = _("Set up your second step at sign-in by %(day)s.") % {"day": date_format(day, "l j F")}
    notify(people, "second_step", text, reverse("lms_people:second_step"))
