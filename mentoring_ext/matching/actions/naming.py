"""Hiding names while pairs are decided, looking at them, and closing the decision before everybody is named."""

import secrets
from datetime import datetime

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.matching import errors
from mentoring_ext.matching.actions.moving import REASON, open_run
from mentoring_ext.matching.models import Alias, MatchRun, NamesStep
from mentoring_ext.matching.naming import are_names_hidden, closed_run
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

FEWEST_NUMBERS = 99
"""Numbers are drawn from 1 to this, or 999 and so on where more than half of them would be taken."""


@transaction.atomic
def number_people(cohort: Cohort) -> list[Alias]:
    """Draw a number for every mentee and mentor of the cohort who has none; return the numbers of all.

    Neither name nor key nor day of joining has a part in it. No journal entry: it tells nothing of anybody.
    """
    known = Alias.objects.filter(cohort=cohort)
    members = CohortMembership.objects.filter(cohort=cohort, role__in=[Role.MENTOR, Role.MENTEE])
    if members.exclude(user__in=known.order_by().values("user")).exists():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        new = dict(members.exclude(user__in=known.order_by().values("user")).values_list("user", "role"))
        for role in (Role.MENTOR, Role.MENTEE):
            users = [user for user, theirs in new.items() if theirs == role]
            taken = set(known.filter(role=role).values_list("number", flat=True))
            numbers = _draw(len(users), taken)
            pairs = zip(users, numbers, strict=True)
            Alias.objects.bulk_create(Alias(cohort=cohort, user_id=u, role=role, number=n) for u, n in pairs)
    return list(known)


def _draw(many: int, taken: set[int]) -> list[int]:
    """Return free numbers by lot, from a range with room between them."""
    most = FEWEST_NUMBERS
    while most < 2 * (many + len(taken)):
        most = most * 10 + 9
    free = [number for number in range(1, most + 1) if number not in taken]
    return secrets.SystemRandom().sample(free, many)


@transaction.atomic
def call_by_numbers(cohort: Cohort, *, actor: User, at: datetime) -> NamesStep:
    """Decide without names from now on. Raises ``NamesHiddenAlready`` and ``DecisionClosed``."""
    _lock(cohort)
    if are_names_hidden(cohort):
        raise errors.NamesHiddenAlready
    check_open(cohort)
    return _step(cohort, NamesStep.Kind.HIDDEN, actor=actor, at=at)


def keep_hidden(cohort: Cohort, *, actor: User, at: datetime) -> None:
    """Note with the first pairing that the programme's default hides names: a later change of it does not show them."""
    if not NamesStep.objects.filter(cohort=cohort).deciding().exists() and are_names_hidden(cohort):
        _step(cohort, NamesStep.Kind.HIDDEN, actor=actor, at=at)


@transaction.atomic
def show_names(cohort: Cohort, *, actor: User, reason: str, at: datetime) -> NamesStep:
    """Show the names before the decision is made. Raises ``NamesNotHidden`` and ``ReasonMissing``."""
    _lock(cohort)
    if not are_names_hidden(cohort):
        raise errors.NamesNotHidden
    return _step(cohort, NamesStep.Kind.SHOWN, actor=actor, at=at, reason=_checked(reason))


@transaction.atomic
def look_at_names(cohort: Cohort, *, actor: User, page: str, at: datetime) -> NamesStep:
    """Note that somebody opens a page that cannot do without names. Raises ``NamesNotHidden``."""
    if not are_names_hidden(cohort):
        raise errors.NamesNotHidden
    return _step(cohort, NamesStep.Kind.LOOKED, actor=actor, at=at, page=page)


@transaction.atomic
def close_decision(run: MatchRun, *, actor: User, at: datetime, seen: int | None = None) -> NamesStep:
    """Close the decision for a run and show the names: from now on nothing changes before it is opened again.

    Raises as ``open_run`` does, ``NothingToPublish`` and ``NamesNotHidden``.
    """
    _lock(run.cohort)
    run = open_run(run, seen=seen)
    if not are_names_hidden(run.cohort):
        raise errors.NamesNotHidden
    if not run.proposals.exclude(mentor=None).exists():
        raise errors.NothingToPublish
    return _step(run.cohort, NamesStep.Kind.CLOSED, actor=actor, at=at, run=run)


@transaction.atomic
def reopen_decision(cohort: Cohort, *, actor: User, reason: str, at: datetime) -> NamesStep:
    """Open a closed decision again; the names stay shown, and the protocol says so.

    Raises ``DecisionOpen`` and ``ReasonMissing``.
    """
    _lock(cohort)
    run = closed_run(cohort)
    if run is None:
        raise errors.DecisionOpen
    return _step(cohort, NamesStep.Kind.REOPENED, actor=actor, at=at, run=run, reason=_checked(reason))


def check_open(cohort: Cohort) -> None:
    """Raise ``DecisionClosed`` when the cohort's decision is closed."""
    if closed_run(cohort) is not None:
        raise errors.DecisionClosed


def _lock(cohort: Cohort) -> None:
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)


def _checked(reason: str) -> str:
    if not reason.strip():
        raise errors.ReasonMissing
    return reason.strip()[:REASON]


def _step(
    cohort: Cohort,
    kind: NamesStep.Kind,
    *,
    actor: User,
    at: datetime,
    run: MatchRun | None = None,
    page: str = "",
    reason: str = "",
) -> NamesStep:
    told = {"run": run, "page": page, "reason": reason}
    step = NamesStep.objects.create(cohort=cohort, kind=kind, made_by=actor, made_at=at, **told)
    data = {"kind": kind.value, "page": page, "reason": reason}
    record("changed", step, actor=actor, context=cohort, data=data, at=at)
    return step
