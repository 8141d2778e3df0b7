"""Handing the duties of somebody who leaves over to others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people import errors
from lms.people.models import User
from lms.people.permissions import forget_roles
from lms.plugins import DUTY_SOURCES, Duty, DutySource


@dataclass(frozen=True)
class Resting:
    """A duty of a person, where it comes from, and who could take it."""

    source: DutySource
    duty: Duty
    takers: Sequence[User]

    @property
    def name(self) -> str:
        """The duty's name in a form: its source and its key."""
        return f"{self.source.name}-{self.duty.key}"


def duties_resting_on(user: User, *, actor: User) -> list[Resting]:
    """Return what rests on ``user`` and ``actor`` may hand over, each with those who could take it."""
    decides_all = actor.has_perm("lms_people.close_account", user)
    return [
        Resting(source, duty, list(source.takers(duty.key, user)))
        for source in DUTY_SOURCES.collect()
        for duty in source.duties_of(user)
        if decides_all or (duty.decided_by is not None and duty.decided_by(actor))
    ]


@transaction.atomic
def hand_over(user: User, *, actor: User, choices: Iterable[tuple[str, str, User]], at: datetime) -> int:
    """Hand duties over, all of them or none; return how many. A choice is a source's name, a duty's key and the taker.

    Everybody who takes something is told, and who hands it over. Raises ``NobodyChosen`` ("nobody_chosen"),
    ``DutyGone`` ("duty_gone"), ``CannotTake`` ("cannot_take"), and what the sources raise.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    chosen = list(choices)
    if not chosen:
        raise errors.NobodyChosen
    resting = {(each.source.name, each.duty.key): each for each in duties_resting_on(user, actor=actor)}
    taken: dict[User, list[str]] = {}
    for source, key, taker in chosen:
        each = resting.get((source, key))
        if each is None:
            raise errors.DutyGone
        if taker not in each.takers:
            raise errors.CannotTake
        each.source.hand_over(key, user, taker, actor, at)
        taken.setdefault(taker, []).append(str(each.duty.title))
        forget_roles(taker)
    forget_roles(user)
    _tell(user, actor, taken)
    data = {"duties": {str(taker.pk): titles for taker, titles in taken.items()}}
    record("handed_over", user, actor=actor, data=data, at=at)
    return len(chosen)


def _tell(user: User, actor: User, taken: dict[User, list[str]]) -> None:
    home = reverse("lms_agenda:home")
    for taker, titles in taken.items():
        text = _("You take over from %(person)s: %(duties)s.") % {"person": user, "duties": ", ".join(titles)}
        notify([taker], "handed_over", text, home, exclude=actor)
        text = _("%(taker)s takes over from you: %(duties)s.") % {"taker": taker, "duties": ", ".join(titles)}
        notify([user], "handed_over", text, home, exclude=actor)
