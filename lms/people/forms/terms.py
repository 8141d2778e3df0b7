"""Agreeing to the terms on the way in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.privacy.models import ConsentText


def ask_terms(form: forms.Form, terms: ConsentText | None) -> None:
    """Ask in this form for the agreement to the terms, where there are any; the page shows their text."""
    if terms is not None:
        form.fields["terms"] = forms.BooleanField(
            label=_("I have read “%(title)s”, and I agree.") % {"title": terms.title},
            error_messages={"required": _("Read the text above. To come in, you need to agree.")},
        )
