"""Why a whole file cannot be read."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class TableTooLarge(DomainError):
    code = "table_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(_("This file is too large. Choose one of at most %s.") % filesizeformat(limit), field="file")


class TooManyRows(DomainError):
    code = "too_many_rows"

    def __init__(self, limit: int) -> None:
        text = _("This file has more than %(limit)s rows. Divide it into several files, and delete empty rows.")
        super().__init__(text % {"limit": limit}, field="file")


class NotATable(DomainError):
    code = "not_a_table"
    text = _("This file cannot be read as a table. Save it as CSV or as an Excel file (xlsx), then choose it again.")
    field = "file"


class EmptyTable(DomainError):
    code = "empty_table"
    text = _("There is nothing in this file. The first row holds the headings, each row below it one entry.")
    field = "file"
