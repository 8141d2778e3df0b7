"""An organisation's own questions, as one more step of a sheet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.files.forms import keep_uploads
from lms.files.serve import file_response
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from lms.privacy.actions import record_reading
from lms.questionnaires.actions import answers_of, save_draft
from lms.questionnaires.forms import QuestionnaireForm
from mentoring_ext.profiles import actions, extra
from mentoring_ext.profiles.filling import KINDS
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, Sheet
from mentoring_ext.profiles.permissions import organisations_served_by
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role


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


@login_required
@require_safe
def mentee_answers(request: PersonRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    sheet = MenteeProfile.objects.filter(user=member.user_id).first()
    told = extra.told_of(sheet, {member.cohort.organisation_id}) if sheet else []
    if told:
        what = _("Your answers to your organisation's own questions")
        record_reading(member, reader=request.user, about=member.user, what=what, at=timezone.now())
    return render(request, "profiles/mentee_answers.html", {"member": member, "sheet": sheet, "told": told})


def _member(request: PersonRequest, pk: int) -> CohortMembership:
    cohorts = Cohort.objects.visible_to(request.user).order_by()
    members = CohortMembership.objects.present().in_role(Role.MENTEE).filter(cohort__in=cohorts)
    member = get_object_or_404(members.select_related("user", "cohort__organisation", "cohort__department"), pk=pk)
    require(request.user, "mentoring_profiles.read_answers", member)
    return member


@login_required
@require_safe
def mentee_file(request: PersonRequest, pk: int, answer_pk: int) -> HttpResponseBase:
    member = _member(request, pk)
    sheet = get_object_or_404(MenteeProfile, user=member.user_id)
    return _file(request, sheet, {member.cohort.organisation_id}, answer_pk)


@login_required
@require_safe
def mentor_file(request: PersonRequest, pk: int, answer_pk: int) -> HttpResponseBase:
    mentor = get_object_or_404(MentorProfile.objects.visible_to(request.user).select_related("user"), pk=pk)
    require(request.user, "mentoring_profiles.view_mentors")
    return _file(request, mentor, organisations_served_by(request.user), answer_pk)


def _file(request: PersonRequest, sheet: Sheet, organisations: set[int], answer_pk: int) -> HttpResponseBase:
    file = extra.file_of(sheet, organisations, answer_pk)
    if file is None:
        raise Http404
    what = _("A file on your sheet: %(file)s") % {"file": file.name}
    record_reading(sheet, reader=request.user, about=sheet.user, what=what, at=timezone.now())
    return file_response(file)
