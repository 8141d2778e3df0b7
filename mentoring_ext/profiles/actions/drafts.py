"""Keeping what somebody typed on a sheet and has not saved yet.

Drafts come with nearly every key that is pressed, so they leave no entry in the journal.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lms.people.models import User
from mentoring_ext.profiles.errors import ChangedElsewhere
from mentoring_ext.profiles.models import SheetDraft


def draft_of(user: User, *, sheet: str, step: str) -> SheetDraft:
    """Return the draft of one step, or a new one that is not saved yet."""
    found = SheetDraft.objects.filter(user=user, sheet=sheet, step=step).first()
    return found or SheetDraft(user=user, sheet=sheet, step=step)


@transaction.atomic
def keep_draft(
    user: User, *, sheet: str, step: str, data: Mapping[str, list[str]], seen: int | None, at: datetime
) -> SheetDraft:
    """Keep what was typed on one step, right or wrong.

    ``seen`` is the revision that the window knows, None when it knows none. Raises ``ChangedElsewhere``
    (changed_elsewhere) when another window kept or saved the step since; then nothing is overwritten.
    """
    draft = _locked(user, sheet, step, at)
    _check(draft, seen)
    return _write(draft, dict(data), at)


@transaction.atomic
def close_draft(user: User, *, sheet: str, step: str, at: datetime) -> SheetDraft:
    """Forget what was typed, because it is saved in the sheet now; windows that were opened before are behind."""
    return _write(_locked(user, sheet, step, at), {}, at)


def check_revision(user: User, *, sheet: str, step: str, seen: int | None) -> None:
    """Raise ``ChangedElsewhere`` when another window kept or saved the step since this one was opened."""
    _check(draft_of(user, sheet=sheet, step=step), seen)


def _locked(user: User, sheet: str, step: str, at: datetime) -> SheetDraft:
    locked = SheetDraft.objects.select_for_update()
    return locked.get_or_create(user=user, sheet=sheet, step=step, defaults={"saved_at": at})[0]


def _check(draft: SheetDraft, seen: int | None) -> None:
    if seen is not None and seen != draft.revision:
        raise ChangedElsewhere


def _write(draft: SheetDraft, data: dict[str, list[str]], at: datetime) -> SheetDraft:
    draft.data, draft.saved_at = data, at
    draft.revision += 1
    draft.save()
    return draft
