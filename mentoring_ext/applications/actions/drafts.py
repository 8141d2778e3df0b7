"""Keeping what is typed until it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from lms.files.actions import store_upload
from lms.files.kinds import DOCUMENTS, PICTURES
from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.kept_files import delete_unused, throw_away
from mentoring_ext.applications.link_tasks import mail_draft
from mentoring_ext.applications.models import Application, Call, Draft, DraftFile

LONGEST_TEXT = 20_000
MOST_VALUES = 100


@dataclass(frozen=True)
class Typed:
    """What stands in a form that need not be right: texts as a browser sends them, by the name of the field.

    ``uploads`` are good files by the code of their question; ``taken_out`` the codes whose file shall go.
    """

    data: Mapping[str, list[str]]
    email: str = ""
    uploads: Mapping[str, "UploadedFile[bytes]"] = field(default_factory=dict)
    taken_out: frozenset[str] = frozenset()


@transaction.atomic
def keep_draft(call: Call, *, actor: User | None, key: UUID, typed: Typed, at: datetime, today: date) -> Draft:
    """Keep what is typed so far under the key of its form, in place of what was kept under it before.

    Raises ``CallClosed`` ("call_closed") and ``AlreadySent`` ("already_sent").
    """
    if not call.is_open(today):
        raise errors.CallClosed
    if Application.objects.filter(form_key=key).exists():
        raise errors.AlreadySent
    draft, new = Draft.objects.select_for_update().get_or_create(
        key=key, defaults={"call": call, "user": actor, "saved_at": at}
    )
    draft.data = {name: [text[:LONGEST_TEXT] for text in texts[:MOST_VALUES]] for name, texts in typed.data.items()}
    draft.email, draft.user, draft.saved_at = typed.email, draft.user or actor, at
    draft.save()
    if new:
        record("started", draft, actor=actor, context=call, at=at)
    _keep_files(draft, typed, actor)
    return draft


def _keep_files(draft: Draft, typed: Typed, actor: User | None) -> None:
    replaced = draft.files.filter(field__in={*typed.uploads, *typed.taken_out}).select_related("file")
    old = [row.file for row in replaced]
    replaced.delete()
    DraftFile.objects.bulk_create(
        DraftFile(draft=draft, field=code, file=store_upload(upload, actor=actor, kinds=(*DOCUMENTS, *PICTURES)))
        for code, upload in typed.uploads.items()
    )
    delete_unused(old, actor=actor)


@transaction.atomic
def mail_draft_link(draft: Draft, *, at: datetime) -> Draft:
    """Mail the link that goes on with a draft to the address that stands in it."""
    draft.mailed_at = at
    draft.save(update_fields=["mailed_at"])
    pk = draft.pk
    transaction.on_commit(lambda: mail_draft.enqueue(pk))
    return draft


@transaction.atomic
def throw_draft_away(draft: Draft, *, actor: User | None) -> None:
    """Delete a draft with its files; those that an application took over stay."""
    record("deleted", draft, actor=actor, context=draft.call)
    throw_away(draft, actor=actor)
