"""The mentor's picture: uploading, taking it away, and handing it out to those who may see it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.errors import shown_in
from lms.files.serve import file_response
from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.profiles import actions
from mentoring_ext.profiles.forms.picture import PictureForm
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.profiles.permissions import sees_picture


@login_required
@require_http_methods(["GET", "POST"])
def own_picture(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentor_sheet")
    profile = cast(MentorProfile, actions.sheet_of(request.user, MentorProfile))
    remove = "remove" in request.POST
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" and not remove else PictureForm()
    if remove or form.is_valid():
        with shown_in(form):
            actions.change_picture(profile, actor=request.user, upload=None if remove else form.cleaned_data["picture"])
            messages.success(request, _("Your picture is gone.") if remove else _("Your picture is saved."))
            return redirect("mentoring_profiles:own_picture")
    context = {"profile": profile, "form": form}
    return render(request, "profiles/picture.html", context, status=422 if form.errors else 200)


@require_safe
def mentor_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    mentor = get_object_or_404(MentorProfile.objects.select_related("picture"), pk=pk)
    if mentor.picture is None or not sees_picture(request.user, mentor):
        raise Http404
    return file_response(mentor.picture, inline=True)
