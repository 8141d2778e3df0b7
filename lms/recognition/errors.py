"""What can go wrong with certificates."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class PdfUnavailable(DomainError):
    """WeasyPrint does not find the Pango library of the system."""

    code = "pdf_unavailable"
    text = _(
        "This server cannot make PDF files: its Pango library is missing. "
        "Tell your administrator; until then you can print the page itself."
    )
