"""Choosing a file of mentors or of mentees."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.files.forms import PrivateFileField
from lms.files.kinds import TABLES
from mentoring_ext.programmes.models import Role


class SheetFileForm(forms.Form):
    """The file, and whose sheets it holds."""

    use_required_attribute = False

    role = forms.ChoiceField(
        label=_("Whose sheets are they?"),
        choices=[(Role.MENTEE, _("Mentees")), (Role.MENTOR, _("Mentors"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    file = PrivateFileField(
        label=_("Your file"), kinds=TABLES, help_text=_("Excel (xlsx) or CSV, up to 5,000 rows and 5 MB.")
    )
