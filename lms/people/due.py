"""What administrators and managers have to look after: people who never came, and people who belong nowhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.directory import belonging_nowhere
from lms.people.models import User
from lms.people.permissions import is_administrator, manages_somewhere
from lms.plugins import AgendaItem

AFTER = timedelta(days=7)
"""How long somebody may take to accept an invitation before others are asked to help."""


def people_to_help(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield what is to do for people's accounts, in two counts; nothing for who looks after nobody."""
    if not (is_administrator(user) or manages_somewhere(user)):
        return
    seen = User.objects.visible_to(user)
    never_came = seen.in_state(User.State.INVITED).filter(invitation__created_at__lt=at - AFTER).count()
    if never_came:
        yield _item("never-came", _never_came(never_came), "?state=invited", _("See who it is"), 12)
    if is_administrator(user):
        nowhere = belonging_nowhere(seen).count()
        if nowhere:
            yield _item("nowhere", _nowhere(nowhere), "?organisation=none", _("Give them a place"), 8)


def _never_came(number: int) -> tuple[str, str]:
    title = ngettext(
        "%(number)s person was invited a week ago and has not come yet",
        "%(number)s people were invited a week ago and have not come yet",
        number,
    )
    return title % {"number": number}, _("Send the invitation once more, or call them.")


def _nowhere(number: int) -> tuple[str, str]:
    title = ngettext(
        "%(number)s account belongs to no organisation", "%(number)s accounts belong to no organisation", number
    )
    return title % {"number": number}, _("Without one, no manager can help them.")


def _item(key: str, words: tuple[str, str], query: str, action: str, weight: int) -> AgendaItem:
    title, why = words
    url = reverse("lms_people:person_list") + query
    return AgendaItem(key=f"people:{key}", title=title, url=url, action=action, why=why, weight=weight)
