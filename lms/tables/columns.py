"""What an import says of its columns, and what it gets back."""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lms.text.safe_cell import safe_cell

Text = str | Promise


@dataclass(frozen=True)
class Column:
    """A column that an import knows.

    ``name`` is its heading and its key in ``Row.values``; ``label`` and ``aliases`` are headings that mean the same,
    such as translations. Case, spaces and signs in headings do not matter. ``parse`` turns the text of a cell that is
    filled into a value or raises ``ValidationError``; an empty cell gives ``empty``. A column that ``must_be_there``
    cannot be left out of the file, one that ``must_be_filled`` has no empty cell.
    """

    name: str
    label: Text = ""
    aliases: Sequence[Text] = ()
    parse: Callable[[str], Any] = str
    empty: Any = ""
    must_be_there: bool = False
    must_be_filled: bool = False
    max_length: int = 250

    def headings(self) -> set[str]:
        """Return every heading that means this column, as ``heading_key`` makes them."""
        return {heading_key(str(word)) for word in (self.name, self.label, *self.aliases)} - {""}


@dataclass(frozen=True)
class CellError:
    """What is wrong with one cell: the row as the spreadsheet numbers it, the column's heading, what stands there."""

    row: int
    column: str
    value: str
    message: str

    def as_data(self) -> dict[str, int | str]:
        """Return the error as plain data for JSON."""
        return {"row": self.row, "column": self.column, "value": self.value, "message": self.message}


def errors_csv(errors: Iterable[CellError]) -> str:
    """Return the errors of a file as CSV that every spreadsheet reads as UTF-8, and takes no cell of for a formula."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(["row", "column", "value", "message"])
    for error in errors:
        rows.writerow([error.row, *map(safe_cell, (error.column, error.value, str(error.message)))])
    return f"\ufeff{text.getvalue()}"


@dataclass(frozen=True)
class Row:
    """A row: its number in the spreadsheet, the parsed values by column name, and what was written."""

    number: int
    values: Mapping[str, Any]
    written: Mapping[str, str]

    def error(self, column: str, message: Text) -> CellError:
        """Return an error about one of this row's cells, for what only the import can know."""
        return CellError(self.number, column, self.written.get(column, ""), str(message))


@dataclass
class Table:
    """A file that was read: its rows without errors, all errors, and how many rows there are in all.

    ``faulty`` are the other rows, with the values of those cells that are right.
    """

    rows: list[Row] = field(default_factory=list)
    faulty: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    count: int = 0


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: without case, spaces and signs."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def one_of(words: Iterable[tuple[str, Text]]) -> Callable[[str], str]:
    """Return a parser for a choice: it takes the code or the words of one of these, whatever the case."""
    pairs = list(words)

    def parse(text: str) -> str:
        known = {heading_key(str(word)): code for code, label in pairs for word in (code, label)}
        if heading_key(text) not in known:
            allowed = ", ".join(code for code, _label in pairs)
            raise ValidationError(_("Write one of these: %(allowed)s.") % {"allowed": allowed})
        return known[heading_key(text)]

    return parse


def email(text: str) -> str:
    """Parse an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        raise ValidationError(_("This is not an e-mail address. It looks like name@example.org."))
    return text


def whole_number(text: str) -> int:
    """Parse a whole number that is not negative."""
    if not text.isdecimal():
        raise ValidationError(_("Write a whole number, such as 12."))
    return int(text)
