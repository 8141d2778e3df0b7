"""HTML to PDF."""

from lms.recognition.errors import PdfUnavailable


def pdf_of(html: str) -> bytes:
    """Return the page as a PDF file; nothing is loaded from any address. Raises ``PdfUnavailable`` without Pango."""
    try:
        # Imported here: without Pango the import itself fails, and the rest of the site must still start.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable from error
    # An address in the page is left out; a plain function that refuses it would break the whole file.
    written: bytes = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf()
    return written
