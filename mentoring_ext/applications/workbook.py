"""The applications that a coordinator looks at, as an xlsx workbook."""

from collections.abc import Sequence
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from lms.text.safe_cell import safe_cell
from mentoring_ext.applications.board import Card

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_of(cards: Sequence[Card]) -> bytes:
    """Return the workbook: one row an application."""
    out = BytesIO()
    book = Workbook(out, OPTIONS)
    sheet = book.add_worksheet(_("Applications")[:31])
    sheet.write_row(0, 0, _titles(), book.add_format({"bold": True, "text_wrap": True, "valign": "top"}))
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 12, 20)
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for row, card in enumerate(cards, start=1):
        for column, text in enumerate(_words(card)):
            sheet.write_string(row, column, safe_cell(text))
        sheet.write_datetime(row, 9, timezone.make_naive(card.application.applied_at), day)
        if card.standing.score is not None:
            sheet.write_number(row, 10, round(card.standing.score, 2))
        sheet.write_number(row, 11, len(card.standing.own))
        if card.standing.difference is not None:
            sheet.write_number(row, 12, card.standing.difference)
    book.close()
    return out.getvalue()


def _titles() -> list[str]:
    return [
        _("First name"),
        _("Family name"),
        _("E-mail address"),
        _("Country"),
        _("What they do"),
        _("Can help with"),
        _("Stage"),
        _("Reviewers"),
        _("Answer to the applicant"),
        _("Applied"),
        _("Score"),
        _("Scorecards"),
        _("Largest difference"),
    ]


def _words(card: Card) -> list[str]:
    row = card.application
    return [
        row.first_name,
        row.last_name,
        row.email,
        row.get_country_display(),
        row.headline,
        ", ".join(row.competence_labels),
        row.get_stage_display(),
        ", ".join(card.reviewers),
        row.answer,
    ]
