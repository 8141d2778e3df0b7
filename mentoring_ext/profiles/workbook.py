"""The mentors' database as an xlsx workbook."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from lms.text.safe_cell import safe_cell
from mentoring_ext.profiles import choices
from mentoring_ext.profiles.finding import Row
from mentoring_ext.profiles.wording import free_hours_in_words, words

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "mentors.xlsx"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_of(rows: Iterable[Row], *, prepared: set[int]) -> bytes:
    """Return the workbook of these mentors: a row each, typed columns, nothing sensitive and no address.

    ``prepared`` are the ids of the users who have their preparation behind them.
    """
    out = BytesIO()
    book = Workbook(out, OPTIONS)
    sheet, head = book.add_worksheet(_("Mentors")), book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, titles(), head)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(titles()) - 1, 20)
    for number, row in enumerate(rows, start=1):
        _write_row(sheet, number, _cells(row, row.mentor.user_id in prepared), day)
    book.close()
    return out.getvalue()


def titles() -> list[str]:
    """Return the headings of the columns."""
    return [
        _("Name"), _("Origin"), _("What they do"), _("Country"), _("Town"), _("Area of activity"), _("Competences"),
        _("Languages"), _("Can work on"), _("Free hours"), _("Online"), _("In person"), _("Mentees at a time"),
        _("Free places now"), _("Preparation done"), _("Sheet complete"), _("In the database since"),
    ]  # fmt: skip


def _cells(row: Row, prepared: bool) -> list[Any]:
    mentor = row.mentor
    free = "; ".join(f"{day} {hours}" for day, hours in free_hours_in_words(mentor.availability))
    return [
        str(mentor.user),
        mentor.get_origin_display(),
        mentor.headline,
        mentor.get_country_display(),
        mentor.place,
        mentor.get_area_display(),
        _listed(words(choices.Competence, mentor.competences)),
        _listed(words(choices.Language, mentor.spoken)),
        _listed(words(choices.Objective, mentor.objectives)),
        free,
        mentor.online,
        mentor.in_person,
        mentor.capacity,
        row.free,
        prepared,
        mentor.is_complete,
        mentor.entered_at,
    ]


def _listed(found: Iterable[Any]) -> str:
    return ", ".join(str(word) for word in found)


def _write_row(sheet: Any, number: int, cells: list[Any], day: Any) -> None:
    for column, value in enumerate(cells):
        write: Callable[..., Any] = sheet.write_string
        if isinstance(value, bool):
            write = sheet.write_boolean
        elif isinstance(value, int):
            write = sheet.write_number
        elif value is not None and not isinstance(value, str):
            sheet.write_datetime(number, column, localtime(value).replace(tzinfo=None), day)
            continue
        write(number, column, safe_cell(value) if isinstance(value, str) else value)
