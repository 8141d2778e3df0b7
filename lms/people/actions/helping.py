"""Helping somebody who cannot set a new password by themselves."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.journal.models import Entry
from lms.notices.actions import notify
from lms.people import errors
from lms.people.actions.codes import make_code
from lms.people.models import User

CODES_AN_HOUR = 20
"""So many codes one person may give away within an hour: a class, and not a whole site."""
REASON = "forgotten password"


@transaction.atomic
def help_to_sign_in(person: User, *, actor: User, at: datetime) -> str:
    """Make a one-time code for somebody who forgot the password, and tell them so where they read it signed in.

    The password that they had works until the code is used. Raises ``MayNotHelp`` ("may_not_help") and
    ``TooManyCodes`` ("too_many_codes").
    """
    # One after the other: the count and the code belong together.
    User.objects.select_for_update().get(pk=actor.pk)
    if not person.is_active or not actor.has_perm("lms_people.help_sign_in", person):
        raise errors.MayNotHelp
    given = Entry.objects.filter(actor=actor, verb="granted", at__gt=at - timedelta(hours=1), data__reason=REASON)
    if given.count() >= CODES_AN_HOUR:
        raise errors.TooManyCodes
    code = make_code(person, actor=actor, reason=REASON, at=at)
    day = date_format(timezone.localtime(at), "l j F, H:i")
    text = _("%(who)s gave you a code for a new password on %(day)s.") % {"who": actor, "day": day}
    notify([person], "sign_in_help", text, reverse("lms_people:account"))
    return code
