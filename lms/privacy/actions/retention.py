"""Setting how long things are kept, and deleting what has outlived its period."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from lms.plugins import RETENTION_RULES, RetentionRule, ask_each
from lms.privacy import errors
from lms.privacy.models import RetentionPeriod

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ShownRule:
    """A rule with its period of today, what the next night would delete (None: not known), and its last run."""

    rule: RetentionRule
    period: RetentionPeriod
    due: int | None

    @property
    def days(self) -> int:
        """The period that holds."""
        return self.period.days or self.rule.days


def rule_named(name: str) -> RetentionRule | None:
    """Return the registered rule of that name."""
    return next((rule for rule in RETENTION_RULES.collect() if rule.name == name), None)


def days_kept(name: str) -> int:
    """Return for how many days things of this rule are kept now; raises ``KeyError`` for a rule that is not there."""
    rule = rule_named(name)
    if rule is None:
        raise KeyError(name)
    period = RetentionPeriod.objects.filter(name=name).first()
    return (period.days if period else None) or rule.days


def retention_rules(at: datetime) -> list[ShownRule]:
    """Return every rule as of ``at``; one that cannot say what it would delete is shown without a number."""
    return [_shown(rule, period, at) for rule, period in _with_periods()]


def _shown(rule: RetentionRule, period: RetentionPeriod, at: datetime) -> ShownRule:
    days = period.days or rule.days
    ask: list[Callable[[datetime], int]] = [rule.count] if rule.count else []
    return ShownRule(rule, period, next(iter(ask_each(ask, lambda count: count(at - timedelta(days=days)))), None))


def _with_periods() -> Iterator[tuple[RetentionRule, RetentionPeriod]]:
    known = {period.name: period for period in RetentionPeriod.objects.all()}
    for rule in sorted(RETENTION_RULES.collect(), key=lambda rule: rule.name):
        yield rule, known.get(rule.name) or RetentionPeriod(name=rule.name)


@transaction.atomic
def set_period(rule: RetentionRule, *, actor: User, days: int, at: datetime) -> RetentionPeriod:
    """Keep things of this rule for so many days from now on. Raises ``PeriodTooShort`` ("period_too_short")."""
    if days < rule.fewest:
        raise errors.PeriodTooShort(rule.fewest)
    period, _new = RetentionPeriod.objects.select_for_update().get_or_create(name=rule.name)
    before = period.days or rule.days
    period.days, period.changed_by, period.changed_at = days, actor, at
    period.save(update_fields=["days", "changed_by", "changed_at"])
    record("changed", period, actor=actor, data={"rule": rule.name, "from": before, "to": days}, at=at)
    return period


class RetentionError(Exception):
    """Some rules could not be enforced; their names."""


def enforce_retention(at: datetime) -> int:
    """Delete everything that has outlived its period by ``at``; return how many things.

    A rule that fails is logged, and the others go on; then ``RetentionError`` names those that failed.
    """
    total, failed = 0, []
    for rule, period in _with_periods():
        try:
            total += _enforce(rule, period, at)
        except Exception:
            # A room's rule may fail in any way; the other rooms' periods still end.
            logger.exception("Retention: %s fails", rule.name)
            failed.append(rule.name)
    if failed:
        raise RetentionError(", ".join(failed))
    return total


def _enforce(rule: RetentionRule, period: RetentionPeriod, at: datetime) -> int:
    count = rule.enforce(at - timedelta(days=period.days or rule.days))
    period, _new = RetentionPeriod.objects.get_or_create(name=rule.name)
    RetentionPeriod.objects.filter(pk=period.pk).update(last_run_at=at, last_count=count)
    if count:
        record("deleted", period, actor=None, data={"rule": rule.name, "count": count}, at=at)
    return count
