"""One archive with everything: a page to read, data for other programs, and the files."""

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from lms.files.models import StoredFile
from lms.people.models import User
from lms.privacy.own_data.gathering import Part, gather
from lms.privacy.own_data.words import in_words


def write_archive(user: User, target: IO[bytes], *, at: datetime, after_each: Callable[[], None]) -> dict[str, int]:
    """Write everything that the site holds of the person into ``target`` as a zip; return how much of what.

    ``after_each`` is called after each room. The page needs nothing from outside; a file whose content is gone is
    named in it all the same.
    """
    parts: list[Part] = []
    paths: dict[StoredFile, str] = {}
    for part, files in gather(user):
        parts.append(part)
        paths |= files.paths
        after_each()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", _json(user, parts, at))
        archive.writestr("my-data.html", render_to_string("privacy/own_data.html", _context(user, parts, at)))
        written = [_add(archive, stored, path) for stored, path in paths.items()]
    return {"parts": len([part for part in parts if part.tables or part.more]), "files": sum(written)}


def _json(user: User, parts: list[Part], at: datetime) -> str:
    data: dict[str, Any] = {"user_name": user.username, "made_at": at}
    data |= {part.name: part.as_data() for part in parts}
    return json.dumps(data, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)


def _context(user: User, parts: list[Part], at: datetime) -> dict[str, Any]:
    shown = [
        (part, [(name.replace("_", " "), rows_in_words(value)) for name, value in part.more.items()]) for part in parts
    ]
    return {"person": user, "at": at, "parts": [(part, more) for part, more in shown if part.tables or more]}


def rows_in_words(value: Any) -> list[list[tuple[str, str]]]:
    """Return what a room added as plain data as rows of names and words."""
    rows = value if isinstance(value, (list, tuple)) else [value]
    return [
        [(str(name).replace("_", " "), in_words(inner)) for name, inner in row.items()]
        if isinstance(row, dict)
        else [("", in_words(row))]
        for row in rows
    ]


def _add(archive: zipfile.ZipFile, stored: StoredFile, path: str) -> bool:
    try:
        with stored.file.open("rb") as source, archive.open(path, "w") as inside:
            shutil.copyfileobj(source, inside)
    except FileNotFoundError:
        return False
    return True
