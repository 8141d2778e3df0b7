"""What signing in adds for other rooms to show."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.people.models import User
from lms.people.second_step import second_step_of
from lms.plugins import AgendaItem


def second_step_items(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield the second step that a person still has to set up."""
    step = second_step_of(user)
    if not step.is_wanted or step.due is None:
        return
    yield AgendaItem(
        key="second_step",
        title=_("Set up your second step at sign-in by %(day)s") % {"day": date_format(step.due, "l j F")},
        url=reverse("lms_people:second_step"),
        action=_("Set it up"),
        why=_("Your account opens much that others trust you with. It takes two minutes."),
        due=step.due,
    )
