"""What the composing pages have in common: the form that may be composed, its draft, the list that is drawn anew."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lms.http import PersonRequest
from lms.people.permissions import require
from lms.questionnaires.composer import Composer
from lms.questionnaires.models import Question, Questionnaire, Version


def form_of(request: PersonRequest, pk: int) -> Questionnaire:
    """Return the form, if the person composes it; 404 otherwise."""
    forms = Questionnaire.objects.visible_to(request.user).select_related("organisation")
    form = get_object_or_404(forms, pk=pk)
    require(request.user, "lms_questionnaires.compose_form", form)
    return form


def newest_of(form: Questionnaire) -> Version:
    """Return the newest version, whether it is published or being composed."""
    version = form.versions.with_questions().select_related("changed_by").order_by("-number").first()
    if version is None:
        raise Http404
    return version


def draft_of(request: PersonRequest, pk: int) -> Version:
    """Return the version that is being composed; 404 when nothing is."""
    version = newest_of(form_of(request, pk))
    if version.published_at:
        raise Http404
    return version


def earlier_than(version: Version, thing_pk: int | None, *, section: int | None = None) -> list[Question]:
    """Return the questions before a question, or before a section; all of them when neither is in the version."""
    found: list[Question] = []
    for part in version.sections.all():
        if part.pk == section:
            return found
        for question in part.questions.all():
            if question.pk == thing_pk:
                return found
            found.append(question)
    return found


def back_to_list(request: PersonRequest, form_pk: int, *, announce: str, mark: str = "") -> HttpResponse:
    """Return the list anew for the page's own script, which says ``announce``; else lead back to the page."""
    if "X-Composer" not in request.headers:
        response = redirect("lms_questionnaires:form_detail", form_pk)
        response["Location"] += f"#{mark}" if mark else ""
        return response
    version = newest_of(form_of(request, form_pk))
    context = {"form": version.questionnaire, "composer": Composer(version), "announce": announce}
    return render(request, "questionnaires/_composer.html", context)


def moved_words(name: str, place: int, count: int) -> str:
    """Return where something stands now, in words."""
    return _("“%(name)s” is number %(place)d of %(count)d now.") % {"name": name, "place": place, "count": count}
