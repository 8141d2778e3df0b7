"""Taking away a second step that somebody has lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people import errors
from lms.people.actions.sessions import end_all_sessions
from lms.people.models import User
from lms.people.second_step import WAYS


@transaction.atomic
def take_away_second_step(person: User, *, actor: User, reason: str, at: datetime) -> User:
    """Take app, passkeys and recovery codes from somebody who lost them, and sign them out everywhere.

    The password alone lets them in then, and where a second step is needed, they set up a new one first. They are told
    who did it and why. Raises ``MayNotTake`` ("may_not_take") and ``NoSecondStep`` ("no_second_step").
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if not actor.has_perm("lms_people.take_second_step", person):
        raise errors.MayNotTake
    had = Authenticator.objects.filter(user=person)
    ways = sorted(had.filter(type__in=WAYS).values_list("type", flat=True))
    if not ways:
        raise errors.NoSecondStep
    had.delete()
    record("changed", person, actor=actor, data={"second_step_taken": ways, "reason": reason}, at=at)
    end_all_sessions(person, actor=actor, at=at)
    _tell(person, actor, reason, at)
    person.second_step = None
    return person


def _tell(person: User, actor: User, reason: str, at: datetime) -> None:
    text = _(
        "%(who)s took your second step at sign-in away on %(day)s. The reason: %(reason)s. If you did not ask for it, "
        "set a new password."
    ) % {"who": actor, "day": date_format(timezone.localtime(at), "l j F, H:i"), "reason": reason.rstrip(".")}
    notify([person], "second_step_taken", text, reverse("mfa_index"))
