"""Handing out private files, after the room that owns one has decided who may have it."""

from django.http import FileResponse, Http404

from lms.files.models import StoredFile

# Without scripts, plugins or a place of its own, should a browser show the file all the same.
POLICY = "default-src 'none'; sandbox"


def file_response(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """Return the file as an attachment under its cleaned name; ``inline`` shows a picture in the page instead.

    Raises ``Http404`` when the content is gone.
    """
    try:
        content = stored.file.open("rb")
    except FileNotFoundError:
        raise Http404
    shown = inline and stored.content_type.startswith("image/")
    response = FileResponse(content, as_attachment=not shown, filename=stored.name, content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response
