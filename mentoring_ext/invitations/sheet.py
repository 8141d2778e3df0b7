"""The columns of a list of people, and an example to start from."""

import csv
from collections.abc import Collection, Sequence
from io import StringIO
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import User
from lms.tables.columns import Column, Table, email, one_of
from lms.tables.reading import count_rows, read_table
from lms.text.safe_cell import RISKY
from mentoring_ext.invitations.choices import ROLES

MOST_ROWS = 5_000
LONG = 500
"""A list with more rows takes longer to check than anybody waits for a page."""


def _name(text: str) -> str:
    if text.startswith(RISKY) or not any(sign.isalpha() for sign in text):
        raise ValidationError(_("This is not a name. Write the first name, then the family name."))
    return text


def _username(text: str) -> str:
    for validate in User._meta.get_field("username").validators:
        try:
            validate(text)
        except ValidationError:
            raise ValidationError(_("A user name has letters, figures and the signs @ . + - _ only, and no spaces."))
    return text


def columns(roles: Collection[str]) -> list[Column]:
    """Return the columns: what an empty cell means, and what may stand in it; ``roles`` are those that may be given."""
    given = [(code, word) for code, word in ROLES if code in roles]
    return [
        Column("name", gettext_lazy("Name"), parse=_name, must_be_there=True, must_be_filled=True, max_length=200),
        Column("username", gettext_lazy("User name"), parse=_username, max_length=150),
        Column("email", gettext_lazy("E-mail address"), aliases=["mail"], parse=email, max_length=254),
        Column("language", gettext_lazy("Language"), parse=one_of(settings.LANGUAGES), empty=settings.LANGUAGE_CODE),
        Column("department", gettext_lazy("Department"), max_length=200),
        Column("cohort", gettext_lazy("Cohort"), max_length=200),
        Column("role", gettext_lazy("Role"), parse=one_of(given), must_be_there=True, must_be_filled=True),
    ]


def read_people(file: BinaryIO, roles: Collection[str]) -> Table:
    """Read a list of people; see ``lms.tables.reading.read_table``."""
    return read_table(file, columns(roles), max_rows=MOST_ROWS)


def is_long(file: BinaryIO) -> bool:
    """Return whether a list has more rows than are checked while somebody waits; raises as ``count_rows`` does."""
    return count_rows(file, max_rows=MOST_ROWS) > LONG


def example(cohort: str) -> str:
    """Return a list to start from, as CSV: one person with everything, one with only what is needed."""
    return as_csv(
        [
            [column.name for column in columns(())],
            ["Eleni Anni", "eleni", "eleni@example.org", settings.LANGUAGE_CODE, "", cohort, "mentor"],
            ["Maria Papadopoulou", "", "", "", "", cohort, "mentee"],
        ]
    )


def as_csv(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as CSV that every spreadsheet reads as UTF-8."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    return f"\ufeff{text.getvalue()}"
