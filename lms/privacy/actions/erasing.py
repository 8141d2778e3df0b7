"""Erasing an account: asking for it, stopping it, and doing it when its day has come."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from lms.journal.actions import record
from lms.people.errors import LastAdministrator
from lms.people.models import SiteRole, User
from lms.plugins import DUTY_SOURCES, PRIVACY_HANDLERS, Duty
from lms.privacy import errors
from lms.privacy.models import Erasure
from lms.privacy.tasks import mail_erasure
from lms.privacy.traces import Traces, end_sessions, wipe

logger = logging.getLogger(__name__)


def duties_of(user: User) -> list[Duty]:
    """Return everything that rests on the person and has to be handed over first."""
    return [duty for source in DUTY_SOURCES.collect() for duty in source.duties_of(user)]


def check_erasable(user: User) -> None:
    """Raise ``DutiesLeft`` ("duties_left") or ``LastAdministrator`` ("last_administrator") if the account must stay."""
    administrators = SiteRole.objects.filter(role=SiteRole.Role.ADMINISTRATOR, user__is_active=True)
    if administrators.filter(user=user).exists() and not administrators.exclude(user=user).exists():
        raise LastAdministrator
    if duties := duties_of(user):
        raise errors.DutiesLeft(duties)


@transaction.atomic
def ask_erasure(user: User, *, actor: User, username: str, at: datetime, reason: str = "") -> Erasure:
    """Have the account erased after the time of waiting; the person is told by mail and can stop what they asked for.

    ``username`` is typed as a confirmation. ``reason`` is for erasing somebody else's account.
    Raises ``OtherName`` ("other_name"), ``AlreadyAsked`` ("already_asked"), ``DutiesLeft`` ("duties_left"),
    ``LastAdministrator`` ("last_administrator").
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if username.strip().lower() != user.username.lower():
        raise errors.OtherName
    if Erasure.objects.open().filter(user=user).exists():
        raise errors.AlreadyAsked
    check_erasable(user)
    due_at = at + timedelta(days=settings.ERASURE_DAYS)
    erasure = Erasure.objects.create(user=user, asked_by=actor, reason=reason, asked_at=at, due_at=due_at)
    record("scheduled", erasure, actor=actor, data={"erasure": due_at.isoformat()}, at=at)
    transaction.on_commit(lambda: mail_erasure.enqueue(erasure.pk))
    return erasure


@transaction.atomic
def erase_at_once(user: User, *, reason: str, at: datetime) -> Erasure:
    """Erase an account without a time of waiting, because a period is over; ``reason`` is kept in the list of erasures.

    Raises ``DutiesLeft`` ("duties_left"), ``LastAdministrator`` ("last_administrator").
    """
    open_one = Erasure.objects.open().filter(user=user).first()
    erasure = open_one or Erasure.objects.create(user=user, asked_by=None, reason=reason, asked_at=at, due_at=at)
    erase_person(erasure, at=at)
    return erasure


@transaction.atomic
def stop_erasure(erasure: Erasure, *, actor: User, at: datetime) -> Erasure:
    """Keep the account after all. Raises ``NotOpen`` ("not_open")."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if not erasure.is_open:
        raise errors.NotOpen
    erasure.cancelled_at = at
    erasure.save(update_fields=["cancelled_at"])
    record("withdrew", erasure, actor=actor, data={"erasure": "stopped"}, at=at)
    return erasure


class ErasureError(Exception):
    """Some accounts could not be erased; the numbers of their erasures."""


def erase_due(at: datetime) -> int:
    """Erase the accounts whose day has come; return how many.

    An account that cannot be erased (a new duty, a room that fails) waits and is tried again next night; the others
    go. Then ``ErasureError`` names the waiting ones.
    """
    done, failed = 0, []
    for erasure in Erasure.objects.due(at):
        try:
            done += erase_person(erasure, at=at)
        except Exception:
            # Whatever a room raises: this account is whole again, and somebody has to look.
            logger.exception("Erasure %s fails", erasure.pk)
            failed.append(str(erasure.pk))
    if failed:
        raise ErasureError(", ".join(failed))
    return done


@transaction.atomic
def erase_person(erasure: Erasure, *, at: datetime) -> bool:
    """Erase the account now, in every room or in none; return whether it was still to be done.

    The row of the account stays without anything that tells whose it was, so that what was counted stays right.
    Raises ``DutiesLeft`` ("duties_left"), ``LastAdministrator`` ("last_administrator").
    """
    erasure = Erasure.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=erasure.pk)
    user = User.objects.select_for_update().get(pk=erasure.user_id)
    if not erasure.is_open:
        return False
    check_erasable(user)
    traces = Traces.of(user)
    for handler in PRIVACY_HANDLERS.collect():
        handler.erase(user)
    end_sessions(user)
    wipe(traces)
    erasure.reason, erasure.done_at = traces.taken_out(erasure.reason), at
    erasure.save(update_fields=["reason", "done_at"])
    record("erased", user, actor=None if erasure.is_own else erasure.asked_by, at=at)
    return True
