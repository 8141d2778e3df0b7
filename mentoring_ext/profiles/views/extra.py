"""An organisation's own questions, as one more step of a sheet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.files.forms import keep_uploads
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from lms.questionnaires.actions import answers_of, save_draft
from lms.questionnaires.forms import QuestionnaireForm
from mentoring_ext.profiles import actions, extra
from mentoring_ext.profiles.filling import KINDS


@login_required
@require_http_methods(["GET", "POST"])
def mentor_extra(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentor_sheet")
    return _extra(request, "mentor")


@login_required
@require_http_methods(["GET", "POST"])
def mentee_extra(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_profiles.fill_mentee_sheet")
    return _extra(request, "mentee")


def _extra(request: PersonRequest, name: str) -> HttpResponse:
    version = extra.version_for(request.user, name)
    if version is None:
        raise Http404
    profile = actions.sheet_of(request.user, KINDS[name])
    response = extra.response_of(version, profile)
    answers = answers_of(response) if response else {}
    form = QuestionnaireForm(version, posted(request), request.FILES or None, answers=answers)
    if request.method == "POST":
        kept = form.is_valid()
        if profile.pk is None:
            actions.save_sheet(profile, actor=request.user, values={}, at=timezone.now())
        if kept:
            form.store_uploads(actor=request.user)
        save_draft(version, actor=request.user, subject=profile, answers=form.typed_answers(), at=timezone.now())
        if kept:
            messages.success(request, _("Saved. You can change your answers whenever you like."))
            return redirect(f"mentoring_profiles:{name}_sheet")
        keep_uploads(form, actor=request.user)
    context = {"form": form, "version": version, "sheet_url_name": f"mentoring_profiles:{name}_sheet"}
    return render(request, "profiles/sheet_extra.html", context, status=422 if form.errors else 200)
