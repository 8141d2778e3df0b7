"""Reading a table by its headings, with every error by row and column."""

from collections.abc import Iterator, Sequence
from io import SEEK_END
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lms.tables.columns import CellError, Column, Row, Table, heading_key
from lms.tables.errors import EmptyTable, TableTooLarge, TooManyRows
from lms.tables.sheets import FORMULA, raw_rows

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5_000
MOST_EMPTY_ROWS = 5_000
MOST_SHOWN = 100
"""So many signs of a wrong cell are repeated beside its error."""


def read_table(
    file: BinaryIO, columns: Sequence[Column], *, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES
) -> Table:
    """Read a CSV or xlsx file whose first row that is not empty holds headings of these columns, in any order.

    CSV: comma, semicolon or tab; UTF-8 with or without a mark, UTF-16, else Windows-1252. xlsx: the first sheet.
    A row that has an error stands in ``Table.faulty`` in place of ``Table.rows``; its errors are in ``Table.errors``.
    Reads the content alone and no name. Raises ``TableTooLarge``, ``TooManyRows``, ``NotATable`` and ``EmptyTable``.
    """
    _check_size(file, max_bytes)
    known = set().union(*(column.headings() for column in columns))
    filled = _filled_rows(raw_rows(file, known), max_rows)
    number, headings = next(filled, (0, []))
    if not number:
        raise EmptyTable
    table = Table()
    places = _places(number, headings, columns, table)
    for number, cells in filled:
        table.count += 1
        _read_row(number, cells, headings, places, table)
    if not table.count:
        raise EmptyTable
    return table


def count_rows(file: BinaryIO, *, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES) -> int:
    """Return how many rows stand below the headings, without a look at what is in them.

    Raises ``TableTooLarge``, ``TooManyRows`` and ``NotATable``.
    """
    _check_size(file, max_bytes)
    return max(sum(1 for _row in _filled_rows(raw_rows(file, set()), max_rows)) - 1, 0)


def _check_size(file: BinaryIO, max_bytes: int) -> None:
    if file.seek(0, SEEK_END) > max_bytes:
        raise TableTooLarge(max_bytes)


def _filled_rows(rows: Iterator[list[str]], max_rows: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows in which something stands, with the number that a spreadsheet shows."""
    found = 0
    for number, row in enumerate(rows, start=1):
        found += any(row)
        if found > max_rows + 1 or number > max_rows + 1 + MOST_EMPTY_ROWS:
            raise TooManyRows(max_rows)
        if any(row):
            yield number, row


def _places(number: int, headings: list[str], columns: Sequence[Column], table: Table) -> dict[int, Column]:
    """Return which place in a row belongs to which column; missing, unknown and double headings are errors."""
    places: dict[int, Column] = {}
    known = ", ".join(column.name for column in columns)
    for place, heading in enumerate(headings):
        column = next((one for one in columns if heading_key(heading) in one.headings()), None)
        if column is None and heading:
            text = _("This column is not known. You can use: %(known)s.") % {"known": known}
            table.errors.append(CellError(number, heading, heading, text))
        elif column in places.values():
            table.errors.append(CellError(number, heading, heading, _("This column stands in the file twice.")))
        elif column:
            places[place] = column
    for column in columns:
        if column.must_be_there and column not in places.values():
            table.errors.append(CellError(number, column.name, "", _("This column is missing.")))
    return places


def _read_row(number: int, cells: list[str], headings: list[str], places: dict[int, Column], table: Table) -> None:
    errors = list(_nameless_cells(number, cells, headings))
    values: dict[str, Any] = {}
    written: dict[str, str] = {}
    for place, column in places.items():
        text = cells[place] if place < len(cells) else ""
        written[column.name] = text
        try:
            values[column.name] = _value(text, column)
        except ValidationError as error:
            shown = text.replace(FORMULA, "")[:MOST_SHOWN]
            errors.append(CellError(number, column.name, shown, error.messages[0]))
    table.errors += errors
    (table.faulty if errors else table.rows).append(Row(number, values, written))


def _nameless_cells(number: int, cells: list[str], headings: list[str]) -> Iterator[CellError]:
    for place, text in enumerate(cells):
        if text and (place >= len(headings) or not headings[place]):
            yield CellError(number, "", text[:MOST_SHOWN], _("There is no heading above this cell."))


def _value(text: str, column: Column) -> Any:
    if text.startswith(FORMULA):
        raise ValidationError(_("A formula stands here. Write the value itself."))
    if len(text) > column.max_length:
        raise ValidationError(_("This is too long: at most %(most)s signs.") % {"most": column.max_length})
    if not text:
        if column.must_be_filled:
            raise ValidationError(_("This cell is empty. Write something here."))
        return column.empty
    return column.parse(text)
