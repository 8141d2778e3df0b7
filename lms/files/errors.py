"""Why an upload is refused."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class FileTooLarge(DomainError):
    code = "file_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(_("This file is too large. Choose one of at most %s.") % filesizeformat(limit))


class FileEmpty(DomainError):
    code = "file_empty"
    text = _("This file is empty. Choose another one.")


class WrongKind(DomainError):
    code = "wrong_kind"

    def __init__(self, kinds: str) -> None:
        super().__init__(_("This file cannot be used. Choose one of these kinds: %s.") % kinds)


class TooManyFiles(DomainError):
    code = "too_many_files"
    text = _("You sent many files today. Wait until tomorrow, or ask your coordinator for help.")
