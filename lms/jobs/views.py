"""One's own long tasks: the list, and one with its progress, its end and what came out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.errors import DomainError
from lms.files.serve import file_response
from lms.http import PersonRequest
from lms.jobs import actions
from lms.jobs.models import Job
from lms.jobs.progress import progress_of
from lms.jobs.shown import CHIPS, OPEN_STATES

SHOWN = 50


def _job(request: PersonRequest, pk: int) -> Job:
    jobs = Job.objects.visible_to(request.user).with_state(timezone.now())
    return get_object_or_404(jobs.select_related("result_file"), pk=pk)


@login_required
def job_list(request: PersonRequest) -> HttpResponse:
    jobs = Job.objects.visible_to(request.user).with_state(timezone.now())[:SHOWN]
    rows = [(job, Job.State(job.shown_state).label, CHIPS[job.shown_state]) for job in jobs]
    return render(request, "jobs/job_list.html", {"rows": rows})


@login_required
@never_cache
def job_detail(request: PersonRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    context = {
        "job": job,
        "state": Job.State(job.shown_state).label,
        "chip": CHIPS[job.shown_state],
        "open": job.shown_state in OPEN_STATES,
        "progress": progress_of(job),
        "may_start_again": actions.may_start_again(job, at=timezone.now()),
    }
    return render(request, "jobs/job_detail.html", context)


@login_required
@require_POST
def job_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    try:
        actions.cancel_job(job, actor=request.user, at=timezone.now())
        messages.success(request, _("The task stops as soon as it can."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(job)


@login_required
@require_POST
def job_again(request: PersonRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    try:
        job = actions.start_again(job, actor=request.user, at=timezone.now())
        messages.success(request, _("The task is started again."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(job)


@login_required
def job_file(request: PersonRequest, pk: int) -> FileResponse:
    job = _job(request, pk)
    if job.result_file is None:
        raise Http404
    return file_response(job.result_file)
