"""Sections of a form that is being composed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest, posted
from lms.questionnaires import actions
from lms.questionnaires.errors import ChangedMeanwhile
from lms.questionnaires.forms.composing import SectionForm
from lms.questionnaires.models import Section, Version
from lms.questionnaires.spec import fingerprint
from lms.questionnaires.views.fetching import back_to_list, draft_of, earlier_than, moved_words


@login_required
def section_new(request: PersonRequest, pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    form = SectionForm(posted(request), section=None, earlier=earlier_than(version, None), seen="")
    if form.is_valid():
        section = actions.add_section(version, actor=request.user, content=form.content(), at=timezone.now())
        messages.success(request, _("The section is there. Add its questions now."))
        return _to(pk, section)
    return _show(request, version, form, None)


@login_required
def section_edit(request: PersonRequest, pk: int, section_pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    section = get_object_or_404(version.sections, pk=section_pk)
    seen = fingerprint(actions.section_spec(section))
    form = SectionForm(
        posted(request), section=section, earlier=earlier_than(version, None, section=section.pk), seen=seen
    )
    if form.is_valid():
        typed = {"content": form.content(), "seen": form.cleaned_data["seen"]}
        try:
            actions.change_section(section, actor=request.user, at=timezone.now(), **typed)
            messages.success(request, _("Saved."))
            return _to(pk, section)
        except ChangedMeanwhile as error:
            add_to_form(form, error)
            form.see_again(seen)
        except DomainError as error:
            add_to_form(form, error)
    return _show(request, version, form, section)


def _show(request: PersonRequest, version: Version, form: SectionForm, section: Section | None) -> HttpResponse:
    context = {"form": form, "version": version, "section": section, "now": section if form.errors else None}
    return render(request, "questionnaires/section_edit.html", context, status=422 if form.errors else 200)


def _to(pk: int, section: Section) -> HttpResponse:
    response = redirect("lms_questionnaires:form_detail", pk)
    response["Location"] += f"#section-{section.pk}"
    return response


@login_required
@require_POST
def section_move(request: PersonRequest, pk: int, section_pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    section = get_object_or_404(version.sections, pk=section_pk)
    everything = [other.pk for other in version.sections.all()]
    step = -1 if request.POST.get("direction") == "up" else 1
    place = min(max(everything.index(section.pk) + step, 0), len(everything) - 1)
    actions.move_section(section, actor=request.user, place=place, at=timezone.now())
    words = moved_words(section.title, place + 1, len(everything))
    return back_to_list(request, pk, announce=words, mark=f"section-{section.pk}")


@login_required
@require_POST
def section_remove(request: PersonRequest, pk: int, section_pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    section = get_object_or_404(version.sections, pk=section_pk)
    words = _("“%(name)s” is removed with its questions.") % {"name": section.title}
    try:
        actions.remove_section(section, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
        words = str(error.text)
    return back_to_list(request, pk, announce=words, mark="removed")
