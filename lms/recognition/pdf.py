"""HTML to PDF."""

from typing import Any, NoReturn

from lms.recognition.errors import PdfUnavailable


def pdf_of(html: str) -> bytes:
    """Return the page as a PDF file; nothing is loaded from any address. Raises ``PdfUnavailable`` without Pango."""
    try:
        # Imported here: without Pango the import itself fails, and the rest of the site must still start.
        from weasyprint import HTML
    except OSError as error:
        raise PdfUnavailable from error
    written: bytes = HTML(string=html, url_fetcher=_no_addresses).write_pdf()
    return written


def _no_addresses(url: str, *args: Any, **kwargs: Any) -> NoReturn:
    raise ValueError(f"{url} is not part of the document")
