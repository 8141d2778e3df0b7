"""A cohort's checklist: taking it over from the templates, settling its items, and what it keeps closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.files.actions import delete_file
from lms.files.models import StoredFile
from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.programmes.actions.running import check_running
from mentoring_ext.programmes.errors import EvidenceMissing, ItemsOpen, NotYoursToSettle, WhyNotMissing
from mentoring_ext.programmes.models import ITEM_FIELDS, ChecklistItem, ChecklistTemplate, Cohort, Phase


def take_over_checklists(cohort: Cohort) -> list[ChecklistItem]:
    """Give a new cohort its checklist, as the templates that fit it stand now."""
    templates = ChecklistTemplate.objects.for_cohort(cohort)
    items = [item for template in templates for item in template.items.all()]
    return ChecklistItem.objects.bulk_create(
        ChecklistItem(cohort=cohort, order=place, **{name: getattr(item, name) for name in ITEM_FIELDS})
        for place, item in enumerate(items)
    )


def check_settled(cohort: Cohort, phase: Phase) -> None:
    """Raise ``ItemsOpen`` ("items_open") when required items stand before the phase."""
    waiting = list(cohort.checklist.blocking(phase))
    if waiting:
        raise ItemsOpen(waiting)


@transaction.atomic
def settle_item(
    item: ChecklistItem,
    *,
    actor: User,
    at: datetime,
    note: str = "",
    evidence: StoredFile | None = None,
) -> ChecklistItem:
    """Tick an item, with a note and the file that proves it; once more changes note and file.

    A file that was there before and is not given again stays. Raises ``CohortFinished``, ``NotYoursToSettle`` and
    ``EvidenceMissing``.
    """
    item = _locked(item)
    if not actor.has_perm("mentoring_programmes.settle_item", item):
        raise NotYoursToSettle
    if item.needs_evidence and not (evidence or item.evidence):
        raise EvidenceMissing
    replaced = item.evidence if evidence else None
    item.evidence = evidence or item.evidence
    _settle(item, actor=actor, at=at, note=note)
    if replaced:
        delete_file(replaced, actor=actor)
    record("completed", item, actor=actor, context=item.cohort, at=at)
    return item


@transaction.atomic
def excuse_item(item: ChecklistItem, *, actor: User, because: str, at: datetime) -> ChecklistItem:
    """Say that an item does not apply to this cohort.

    Raises ``CohortFinished``, ``NotYoursToSettle`` and ``WhyNotMissing``.
    """
    item = _locked(item)
    if not actor.has_perm("mentoring_programmes.excuse_item", item):
        raise NotYoursToSettle
    if not because.strip():
        raise WhyNotMissing
    _settle(item, actor=actor, at=at, because=because.strip())
    record("waived", item, actor=actor, context=item.cohort, data={"because": because}, at=at)
    return item


@transaction.atomic
def reopen_item(item: ChecklistItem, *, actor: User, at: datetime) -> ChecklistItem:
    """Take a tick back; the file and the note stay. Raises ``CohortFinished`` and ``NotYoursToSettle``."""
    item = _locked(item)
    permission = "excuse_item" if item.not_needed_because else "settle_item"
    if not actor.has_perm(f"mentoring_programmes.{permission}", item):
        raise NotYoursToSettle
    item.settled_at, item.settled_by, item.not_needed_because = None, None, ""
    item.save()
    record("reopened", item, actor=actor, context=item.cohort, at=at)
    return item


@transaction.atomic
def add_item(cohort: Cohort, *, actor: User, values: Mapping[str, Any], at: datetime) -> ChecklistItem:
    """Add an item that only this cohort has. Raises ``CohortFinished``."""
    check_running(cohort)
    item: ChecklistItem = ChecklistItem.objects.create(cohort=cohort, **values)
    record("created", item, actor=actor, context=cohort, at=at)
    return item


@transaction.atomic
def fulfil(cohort: Cohort, code: str, *, actor: User, at: datetime, note: str) -> int:
    """Settle the open items that another room answers for, such as "selection_report"; return how many there were."""
    items = list(cohort.checklist.open().filter(code=code).select_for_update())
    for item in items:
        _settle(item, actor=actor, at=at, note=note)
        record("completed", item, actor=actor, context=cohort, at=at)
    return len(items)


def _locked(item: ChecklistItem) -> ChecklistItem:
    found: ChecklistItem = (
        ChecklistItem.objects.select_for_update(of=("self",)).select_related("cohort", "evidence").get(pk=item.pk)
    )
    check_running(found.cohort)
    return found


def _settle(item: ChecklistItem, *, actor: User, at: datetime, note: str = "", because: str = "") -> None:
    item.settled_at, item.settled_by = at, actor
    item.note, item.not_needed_because = note.strip() or item.note, because
    item.save()
