"""Why a file is not brought into a cohort."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class FileHasErrors(DomainError):
    """The file is gone, its rows are wrong now, or its owner may not pair the cohort any more."""

    code = "file_has_errors"
    text = _("The file is gone or has errors now, so nothing was written. Choose it again to see them.")
    field = "file"
