"""Why a list is not imported."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class ListHasErrors(DomainError):
    """Rows of the list are wrong: nothing was written."""

    code = "list_has_errors"
    text = _("The list has errors now, so nothing was imported. Check the file again to see them.")


class FileGone(DomainError):
    """The list was deleted before it was imported."""

    code = "file_gone"
    text = _("The file of this list is gone. Choose it again.")
