"""The site's health, and the answer when something has broken."""

import sys

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.http import PersonRequest
from lms.people.permissions import require
from lms.plugins import NIGHTLY_TASKS
from lms.serving import actions
from lms.serving.health import failing_parts
from lms.serving.models import NightlyRun

SECONDS_TO_WAIT = 30


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    failing = failing_parts()
    return JsonResponse({"ok": not failing, "failing": failing}, status=503 if failing else 200)


@login_required
def night_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_serving.see_nights")
    last = {run.name: run for run in NightlyRun.objects.last_of_each_task()}
    rows = [(task.label, last.get(task.name)) for task in NIGHTLY_TASKS.collect()]
    return render(request, "serving/night_list.html", {"rows": rows})


@login_required
@require_POST
def night_retry(request: PersonRequest, pk: int) -> HttpResponse:
    require(request.user, "lms_serving.see_nights")
    run = get_object_or_404(NightlyRun.objects.failed(), pk=pk)
    actions.retry_run(run, actor=request.user, at=timezone.now())
    messages.success(request, _("The task is done again within a minute."))
    return redirect("lms_serving:night_list")


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
