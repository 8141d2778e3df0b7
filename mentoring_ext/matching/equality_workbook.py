"""The report on equal treatment as an xlsx workbook."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from lms.text.safe_cell import safe_cell
from mentoring_ext.matching.reports.equality import Attribute, Fairness, GroupRow

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_of(everybody: GroupRow, attributes: Sequence[Attribute], fairness: Fairness | None = None) -> bytes:
    """Return a sheet with a row for each group that can be shown, and how many are in those that cannot.

    The price of fairness stands on a second sheet, where it was worked out.
    """
    out = BytesIO()
    book = Workbook(out, OPTIONS)
    sheet = book.add_worksheet(_("Equal treatment")[:31])
    heads = [_("By"), _("Group"), _("Mentees"), _("Mean"), _("Weakest is under"), _("Left over, per cent")]
    sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
    sheet.set_column(0, len(heads) - 1, 20)
    rows = [("", everybody), *((str(each.name), row) for each in attributes for row in each.rows)]
    for at, (by, row) in enumerate(rows, start=1):
        sheet.write_string(at, 0, safe_cell(by))
        sheet.write_string(at, 1, safe_cell(str(row.name)))
        for column, figure in enumerate((row.people, row.mean, row.worst_under, row.left_over), start=2):
            if figure is not None:
                sheet.write_number(at, column, figure)
    for at, each in enumerate((a for a in attributes if a.hidden), start=len(rows) + 1):
        sheet.write_string(at, 0, safe_cell(str(each.name)))
        sheet.write_string(at, 1, _("not shown"))
        sheet.write_number(at, 2, each.hidden)
    if fairness:
        _write_price(book.add_worksheet(_("The price of fairness")[:31]), fairness)
    book.close()
    return out.getvalue()


def _write_price(sheet: Any, fairness: Fairness) -> None:
    sheet.set_column(0, 0, 40)
    figures = ((_("Highest total"), fairness.best_total), (_("Fair total"), fairness.fair_total))
    for at, (name, figure) in enumerate((*figures, (_("The price of fairness"), fairness.price))):
        sheet.write_string(at, 0, name)
        sheet.write_number(at, 1, figure)
    if not fairness.exact:
        sheet.write_string(3, 0, _("One of the two totals is not proven the best, so the price is an estimate."))
