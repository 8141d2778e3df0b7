"""CSV that is handed out once."""

from django.http import HttpResponse


def csv_response(name: str, text: str) -> HttpResponse:
    """Return CSV as a file to keep."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
