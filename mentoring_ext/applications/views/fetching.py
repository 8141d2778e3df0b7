"""The one thing that a page is about, as far as the person may know of it."""

from django.shortcuts import get_object_or_404

from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.applications.models import Application, Call


def call_of(request: PersonRequest, pk: int, permission: str = "change_call") -> Call:
    """Return a call that the person reviews; 404 for strangers, 403 without the permission."""
    calls = Call.objects.reviewed_by(request.user).select_related("cohort__programme", "organisation")
    call = get_object_or_404(calls, pk=pk)
    require(request.user, f"mentoring_applications.{permission}", call)
    return call


def application_of(request: PersonRequest, pk: int, permission: str = "decide_application") -> Application:
    """Return an application that the person reads; 404 for strangers, 403 without the permission."""
    found = Application.objects.visible_to(request.user)
    application = get_object_or_404(
        found.select_related("call__cohort__organisation", "call__organisation", "cv", "user"), pk=pk
    )
    require(request.user, f"mentoring_applications.{permission}", application)
    return application
