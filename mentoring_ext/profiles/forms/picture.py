"""The mentor's picture."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.files.forms import PrivateFileField
from lms.files.kinds import PICTURES


class PictureForm(forms.Form):
    """A picture to upload."""

    picture = PrivateFileField(kinds=PICTURES, label=_("Your picture"))
