"""Broken rules: what an action raises when a deed is not allowed by the programme's rules."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the domain was broken.

    Subclasses set ``code`` (stable, for tests and machines) and ``text`` (translated, for people). ``field`` names
    the form field that the text belongs beside, or is empty for the whole form.
    """

    code = "not_possible"
    text: str | Promise = ""
    field = ""

    def __init__(self, text: str | Promise = "", *, field: str = "") -> None:
        self.text = text or self.text
        self.field = field or self.field
        super().__init__(str(self.text))


def add_to_form(form: BaseForm, error: DomainError) -> None:
    """Show a broken rule in ``form``: beside the field that it names, else on top."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, ValidationError(str(error.text), code=error.code))


@contextmanager
def shown_in(form: BaseForm) -> Iterator[None]:
    """Run an action; when it breaks a rule, the form shows it and the code goes on after the ``with`` block."""
    try:
        yield
    except DomainError as error:
        add_to_form(form, error)
