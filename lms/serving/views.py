"""The site's health, and the answer when something has broken."""

import sys

from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.serving.health import failing_parts

SECONDS_TO_WAIT = 30


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    failing = failing_parts()
    return JsonResponse({"ok": not failing, "failing": failing}, status=503 if failing else 200)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database is away, 500 for any other break; neither page reads the database."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)) and not _database_answers():
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(SECONDS_TO_WAIT)})
    return HttpResponse(render_to_string("500.html"), status=500)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True
