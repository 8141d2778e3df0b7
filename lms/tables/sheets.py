"""The rows of a file as text: CSV with whatever delimiter and encoding, or the first sheet of an xlsx file."""

import csv
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import IO, Any, BinaryIO

from openpyxl import load_workbook

from lms.files.kinds import KINDS
from lms.tables.columns import heading_key
from lms.tables.errors import NotATable

DELIMITERS = ",;\t"
MOST_COLUMNS = 200
MAX_UNPACKED = 60 * 1024 * 1024
FORMULA = "⁂formula⁂"
"""Stands before the text of a cell that holds a formula."""
ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")
DOCTYPES = [word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ENCODINGS]
INVISIBLE = "\ufeff\u200b\u200e\u200f"


def raw_rows(stream: BinaryIO, known: set[str]) -> Iterator[list[str]]:
    """Yield each row of the file, empty ones included, as clean text; ``known`` are the headings to look for.

    Raises ``NotATable``.
    """
    stream.seek(0)
    is_archive = stream.read(4) == b"PK\x03\x04"
    stream.seek(0)
    rows = _xlsx_rows(stream) if is_archive else _csv_rows(stream.read(), known)
    for row in rows:
        yield [_clean(value) for value in row]


def _clean(value: str) -> str:
    plain = unicodedata.normalize("NFC", value.strip(INVISIBLE)).replace("\xa0", " ")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split()) if plain else ""


def _csv_rows(content: bytes, known: set[str]) -> Iterator[list[str]]:
    text = _decoded(content)
    lines = text.splitlines(keepends=True)
    delimiter = max(DELIMITERS, key=lambda sign: _known_headings(lines, sign, known))
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        raise NotATable


def _decoded(content: bytes) -> str:
    is_marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_marked else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATable


def _known_headings(lines: Sequence[str], delimiter: str, known: set[str]) -> int:
    try:
        first = next((row for row in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, row))), [])
    except csv.Error:
        return 0
    return sum(heading_key(heading) in known for heading in first)


def _xlsx_rows(stream: BinaryIO) -> Iterator[list[str]]:
    _check_archive(stream)
    try:
        with warnings.catch_warnings():
            # openpyxl tells of styles and validations that it leaves out.
            warnings.simplefilter("ignore")
            workbook = load_workbook(stream, read_only=True, keep_links=False)
            sheet = workbook.worksheets[0]
            # The size that the file claims may be anything.
            sheet.reset_dimensions()
            for row in sheet.iter_rows(max_col=MOST_COLUMNS):
                yield [_text_of(cell) for cell in row]
            workbook.close()
    except (KeyError, ValueError, IndexError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile, OSError):
        raise NotATable


def _check_archive(stream: BinaryIO) -> None:
    """Raise ``NotATable`` for an archive that is no xlsx file, grows too much, or declares entities."""
    if not KINDS["xlsx"].fits(stream):
        raise NotATable
    with zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise NotATable
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels")):
                with archive.open(entry) as part:
                    _check_part(part)
    stream.seek(0)


def _check_part(part: IO[bytes]) -> None:
    content = part.read()
    if any(doctype in content for doctype in DOCTYPES):
        raise NotATable


def _text_of(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return f"{FORMULA}{value}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value)
