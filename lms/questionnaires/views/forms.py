"""An organisation's forms: list, new one, composing page, heading, preview, publishing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from lms.questionnaires import actions
from lms.questionnaires.changes import changes_between
from lms.questionnaires.composer import Composer
from lms.questionnaires.forms import QuestionnaireForm
from lms.questionnaires.forms.composing import HeadingForm, NewForm
from lms.questionnaires.models import Questionnaire
from lms.questionnaires.permissions import composable
from lms.questionnaires.uses import use_named
from lms.questionnaires.views.fetching import back_to_list, draft_of, form_of, newest_of


@login_required
def form_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_questionnaires.list_forms")
    forms = Questionnaire.objects.visible_to(request.user).with_state().select_related("organisation")
    rows = [(form, use_named(form.use)) for form in forms]
    context = {"rows": rows, "may_make": request.user.has_perm("lms_questionnaires.make_form")}
    return render(request, "questionnaires/form_list.html", context)


@login_required
def form_new(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_questionnaires.make_form")
    own = Questionnaire.objects.visible_to(request.user).exclude(organisation=None)
    form = NewForm(posted(request), pairs=composable(request.user), own=own)
    if form.is_valid():
        made = _begin(request, form.beginning())
        messages.success(request, _("Here is your form. Nobody sees it before you publish it."))
        return redirect(made)
    return render(request, "questionnaires/form_new.html", {"form": form}, status=422 if form.errors else 200)


def _begin(request: PersonRequest, beginning: dict[str, Any]) -> Questionnaire:
    copied = beginning.pop("copied", None)
    if copied is not None:
        beginning |= {"sections": actions.sections_of(newest_of(copied))}
        beginning |= {"purpose": copied.purpose, "seen_by": copied.seen_by}
    return actions.new_form(actor=request.user, at=timezone.now(), **beginning)


@login_required
def form_detail(request: PersonRequest, pk: int) -> HttpResponse:
    form = form_of(request, pk)
    version = newest_of(form)
    context = {
        "form": form,
        "use": use_named(form.use),
        "composer": Composer(version),
        "open_version": form.versions.published().order_by("-number").first(),
    }
    return render(request, "questionnaires/form_detail.html", context)


@login_required
def form_heading(request: PersonRequest, pk: int) -> HttpResponse:
    questionnaire = form_of(request, pk)
    form = HeadingForm(posted(request), instance=questionnaire)
    if form.is_valid():
        actions.change_heading(form_of(request, pk), actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(questionnaire)
    context = {"form": form, "questionnaire": form_of(request, pk)}
    return render(request, "questionnaires/form_heading.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def form_change(request: PersonRequest, pk: int) -> HttpResponse:
    form = form_of(request, pk)
    actions.start_version(form, actor=request.user)
    messages.success(request, _("Change what you like. People keep answering the published version meanwhile."))
    return redirect(form)


@login_required
def form_preview(request: PersonRequest, pk: int) -> HttpResponse:
    questionnaire = form_of(request, pk)
    files = request.FILES if request.method == "POST" else None
    form = QuestionnaireForm(newest_of(questionnaire), posted(request), files)
    tried = form.is_bound and form.is_valid()
    if tried:
        messages.success(request, _("That would be taken in. Nothing was kept, because this is a preview."))
    context = {"form": form, "questionnaire": questionnaire}
    return render(request, "questionnaires/form_preview.html", context, status=422 if form.errors else 200)


@login_required
def form_publish(request: PersonRequest, pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    if request.method == "POST":
        try:
            actions.publish_version(version.questionnaire, actor=request.user, at=timezone.now())
            messages.success(request, _("Published. From now on people are asked this version."))
            return redirect(version.questionnaire)
        except DomainError as error:
            messages.error(request, str(error.text))
    before = version.questionnaire.versions.published().with_questions().order_by("-number").first()
    changes = changes_between(actions.sections_of(before), actions.sections_of(version)) if before else []
    context = {"version": version, "composer": Composer(version), "before": before, "changes": changes}
    return render(request, "questionnaires/form_publish.html", context, status=422 if request.method == "POST" else 200)


@login_required
def form_drop(request: PersonRequest, pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    if request.method == "POST":
        try:
            actions.drop_version(version, actor=request.user, at=timezone.now())
            messages.success(request, _("Your changes are gone. The published version stays as it is."))
        except DomainError as error:
            messages.error(request, str(error.text))
        return redirect(version.questionnaire)
    return render(request, "questionnaires/form_drop.html", {"version": version})


@login_required
@require_POST
def form_put_back(request: PersonRequest, pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    words = _("It is back in its place.")
    try:
        actions.put_back(version, actor=request.user, at=timezone.now())
    except DomainError as error:
        words = str(error.text)
    return back_to_list(request, pk, announce=words)
