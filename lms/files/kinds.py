"""Which kinds of files there are, and how each is told by its content; names and browsers' words count for nothing."""

import warnings
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

import puremagic
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image

MAX_PIXELS = 50_000_000
MAX_ENTRIES = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
# Parts of an office file that can run as a program when it is opened.
PROGRAMS = ("vbaproject", "activex", "basic/", "scripts/", "embeddings/", ".exe", ".js")


@dataclass(frozen=True)
class Kind:
    """A kind of file: the word for it, its type and ending, and the test of its content."""

    name: str
    label: str | Promise
    content_type: str
    ending: str
    fits: Callable[[BinaryIO], bool]
    is_picture: bool = False


def _is_pdf(stream: BinaryIO) -> bool:
    stream.seek(0)
    if stream.read(5) != b"%PDF-":
        return False
    stream.seek(max(0, stream.seek(0, SEEK_END) - 4096))
    return b"%%EOF" in stream.read() and _by_magic(stream) == ".pdf"


def _by_magic(stream: BinaryIO) -> str:
    """Return the ending that puremagic reads from the first bytes, or an empty string."""
    stream.seek(0)
    try:
        return str(puremagic.from_string(stream.read(65_536)))
    except (puremagic.PureError, ValueError):
        return ""


def _picture(format_name: str) -> Callable[[BinaryIO], bool]:
    def fits(stream: BinaryIO) -> bool:
        stream.seek(0)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(stream, formats=[format_name]) as picture:
                    return picture.width * picture.height <= MAX_PIXELS
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return False

    return fits


def _office(fits_archive: Callable[[zipfile.ZipFile], bool]) -> Callable[[BinaryIO], bool]:
    def fits(stream: BinaryIO) -> bool:
        stream.seek(0)
        if stream.read(4) != b"PK\x03\x04":
            return False
        try:
            with zipfile.ZipFile(stream) as archive:
                return _is_safe(archive) and fits_archive(archive)
        except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
            return False

    return fits


def _is_safe(archive: zipfile.ZipFile) -> bool:
    """Return whether the archive has a usual size and neither programs nor paths that lead out of it."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return False
    return not any(_is_suspicious(entry) for entry in entries)


def _is_suspicious(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.lower().replace("\\", "/")
    leads_out = name.startswith("/") or ".." in name.split("/") or ":" in name
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    is_bomb = entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    is_locked = bool(entry.flag_bits & 1)
    return leads_out or is_link or is_bomb or is_locked or any(part in name for part in PROGRAMS)


def _holds(*names: str) -> Callable[[zipfile.ZipFile], bool]:
    return lambda archive: set(names) <= set(archive.namelist())


def _says(content_type: str) -> Callable[[zipfile.ZipFile], bool]:
    def fits(archive: zipfile.ZipFile) -> bool:
        return archive.namelist()[0] == "mimetype" and archive.read("mimetype").strip() == content_type.encode()

    return fits


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"
_TYPES = "[Content_Types].xml"


def _is_csv(stream: BinaryIO) -> bool:
    """Return whether the content is text: what stands in it, only the room that reads it can judge."""
    stream.seek(0)
    content = stream.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in content and not content.startswith((b"PK\x03\x04", b"%PDF"))


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pdf", _("PDF"), "application/pdf", ".pdf", _is_pdf),
        Kind("docx", _("Word (docx)"), _WORD, ".docx", _office(_holds(_TYPES, "word/document.xml"))),
        Kind("xlsx", _("Excel (xlsx)"), _SHEET, ".xlsx", _office(_holds(_TYPES, "xl/workbook.xml"))),
        Kind("csv", _("CSV"), "text/csv", ".csv", _is_csv),
        Kind("odt", _("OpenDocument (odt)"), _ODT, ".odt", _office(_says(_ODT))),
        Kind("png", _("PNG picture"), "image/png", ".png", _picture("PNG"), is_picture=True),
        Kind("jpeg", _("JPEG picture"), "image/jpeg", ".jpg", _picture("JPEG"), is_picture=True),
        Kind("webp", _("WebP picture"), "image/webp", ".webp", _picture("WEBP"), is_picture=True),
    )
}
DOCUMENTS = ("pdf", "docx", "odt")
TABLES = ("xlsx", "csv")
PICTURES = ("png", "jpeg", "webp")


def kind_of(stream: BinaryIO, names: Collection[str]) -> Kind | None:
    """Return which of these kinds the content is, or None when it is none of them."""
    found = next((KINDS[name] for name in names if KINDS[name].fits(stream)), None)
    stream.seek(0)
    return found
