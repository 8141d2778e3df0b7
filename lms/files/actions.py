"""Storing uploads."""

import tempfile
import threading
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from lms.files import errors
from lms.files.kinds import KINDS, Kind, kind_of
from lms.files.models import StoredFile
from lms.files.pictures import draw_anew
from lms.people.models import User

_written = threading.local()


def store_upload(upload: "UploadedFile[bytes]", *, actor: User | None, kinds: Collection[str]) -> StoredFile:
    """Keep an upload as a private file; ``kinds`` are names out of ``lms.files.kinds.KINDS``.

    The content decides what it is. Pictures are drawn anew. ``actor`` is None for somebody without an account.

    Raises ``FileTooLarge`` ("file_too_large"), ``FileEmpty`` ("file_empty"), ``WrongKind`` ("wrong_kind"),
    ``TooManyFiles`` ("too_many_files").
    """
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as copy:
        kind = check_upload(upload, kinds, copy)
        return _store(copy, kind, upload.name or "", actor)


@transaction.atomic
def store_made_file(content: IO[bytes], *, name: str, content_type: str) -> StoredFile:
    """Keep a file that the site itself made for a person: an export, a report."""
    stored = StoredFile(name=name[:200], content_type=content_type)
    content.seek(0)
    stored.file.save(stored.name, File(content), save=False)
    _remember(stored)
    stored.size = stored.file.size
    stored.save(force_insert=True)
    return stored


def check_upload(upload: "UploadedFile[bytes]", kinds: Collection[str], copy: IO[bytes] | None = None) -> Kind:
    """Return what kind of file an upload is; ``copy``, where given, takes its content on the way.

    Raises ``FileTooLarge``, ``FileEmpty`` and ``WrongKind``.
    """
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as own:
        stream = copy or own
        _copy_up_to(upload, stream, settings.UPLOAD_MAX_BYTES)
        kind = kind_of(cast(BinaryIO, stream), kinds)
    if kind is None:
        raise errors.WrongKind(words_for(kinds))
    return kind


def words_for(kinds: Collection[str]) -> str:
    """Return the kinds in words, such as "PDF, Word (docx)"."""
    return ", ".join(str(KINDS[name].label) for name in kinds)


def _copy_up_to(upload: "UploadedFile[bytes]", target: IO[bytes], limit: int) -> None:
    # The size is counted here; what the browser and the upload say of it is not asked, except when it is too much.
    size = 0
    upload.seek(0)
    for chunk in upload.chunks():
        size += len(chunk)
        if max(size, upload.size or 0) > limit:
            raise errors.FileTooLarge(limit)
        target.write(chunk)
    if size == 0:
        raise errors.FileEmpty


@transaction.atomic
def _store(content: IO[bytes], kind: Kind, name: str, actor: User | None) -> StoredFile:
    _check_count(actor)
    drawn = _content_to_keep(content, kind)
    stored = StoredFile(name=clean_name(name, kind), content_type=kind.content_type, uploaded_by=actor)
    stored.file.save(stored.name, File(drawn), save=False)
    _remember(stored)
    stored.size = stored.file.size
    stored.save(force_insert=True)
    return stored


def _content_to_keep(content: IO[bytes], kind: Kind) -> IO[bytes]:
    content.seek(0)
    if not kind.is_picture:
        return content
    try:
        return draw_anew(cast(BinaryIO, content))
    except ValueError:
        raise errors.WrongKind(words_for([kind.name]))


def _check_count(actor: User | None) -> None:
    since = timezone.now() - timedelta(days=1)
    if actor and StoredFile.objects.filter(uploaded_by=actor, uploaded_at__gt=since).count() >= settings.UPLOADS_A_DAY:
        raise errors.TooManyFiles


def clean_name(name: str, kind: Kind) -> str:
    """Return the name without folders and without signs that fool the eye, with the ending of its true kind."""
    last = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    visible = "".join(sign for sign in last if sign.isalnum() or sign in " ._-()")
    stem = visible.rsplit(".", 1)[0].replace(".", " ").strip()[:120]
    return f"{stem or 'file'}{kind.ending}"


def _remember(stored: StoredFile) -> None:
    _written.names = [*getattr(_written, "names", []), (stored.pk, stored.file.name)]


def forget_rolled_back() -> int:
    """Delete what this thread wrote for rows that were rolled back; return how many files that were.

    Called when a request is over: a database can roll back, a folder cannot.
    """
    names, _written.names = getattr(_written, "names", []), []
    if not names:
        return 0
    kept = set(StoredFile.objects.filter(pk__in=[pk for pk, _name in names]).values_list("pk", flat=True))
    lost = [name for pk, name in names if pk not in kept]
    for name in lost:
        storages["private"].delete(name)
    return len(lost)


@transaction.atomic
def delete_file(stored: StoredFile, *, actor: User | None) -> None:
    """Delete a file with its content, which goes once the deletion is certain."""
    name = stored.file.name or ""
    stored.delete()
    transaction.on_commit(lambda: storages["private"].delete(name))


def remove_orphans(*, before: datetime) -> int:
    """Delete files uploaded before that time that no row points to, and contents without a row; return how many."""
    unused = list(StoredFile.objects.unused().filter(uploaded_at__lt=before))
    for stored in unused:
        delete_file(stored, actor=None)
    return len(unused) + _remove_contents_without_row(before)


def _remove_contents_without_row(before: datetime) -> int:
    storage = storages["private"]
    removed = 0
    if not storage.exists(""):
        return removed
    for folder in storage.listdir("")[0]:
        known = set(StoredFile.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
        for name in storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if path not in known and storage.get_modified_time(path) < before:
                storage.delete(path)
                removed += 1
    return removed
