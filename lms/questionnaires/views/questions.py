"""Questions of a form that is being composed."""

from typing import Any

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
from lms.questionnaires.forms.composing import QuestionForm
from lms.questionnaires.models import Question, Section, Version
from lms.questionnaires.spec import fingerprint
from lms.questionnaires.uses import typed_fields_of
from lms.questionnaires.views.fetching import back_to_list, draft_of, earlier_than, moved_words


@login_required
def question_new(request: PersonRequest, pk: int, section_pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    section = get_object_or_404(version.sections, pk=section_pk)
    form = QuestionForm(posted(request), question=None, earlier=_earlier_in(version, section))
    if form.is_valid():
        question = actions.add_question(section, actor=request.user, content=form.content(), at=timezone.now())
        messages.success(request, _("The question is there."))
        return _to(pk, question)
    return _show(request, version, form, section=section)


def _earlier_in(version: Version, section: Section) -> list[Question]:
    """Return what is asked before a new question at the end of the section."""
    return [*earlier_than(version, None, section=section.pk), *section.questions.all()]


@login_required
def question_edit(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    question = _questions(version).get(question_pk)
    if question is None:
        return _gone(request, version)
    seen = fingerprint(actions.question_spec(question))
    form = QuestionForm(posted(request), question=question, seen=seen, **_about(version, question))
    if form.is_valid():
        typed = {"content": form.content(), "seen": form.cleaned_data["seen"]}
        try:
            actions.change_question(question, actor=request.user, at=timezone.now(), **typed)
            messages.success(request, _("Saved."))
            return _to(pk, question)
        except ChangedMeanwhile as error:
            add_to_form(form, error)
            form.see_again(seen)
        except DomainError as error:
            add_to_form(form, error)
    return _show(request, version, form, question=question)


def _questions(version: Version) -> dict[int, Question]:
    return {question.pk: question for section in version.sections.all() for question in section.questions.all()}


def _about(version: Version, question: Question) -> dict[str, Any]:
    typed = typed_fields_of(version.questionnaire.use).get(question.field)
    return {
        "earlier": earlier_than(version, question.pk),
        "brings_options": bool(typed and typed.choices),
        "is_fixed": bool(typed and typed.fixed),
    }


def _gone(request: PersonRequest, version: Version) -> HttpResponse:
    """Keep what was typed for a question that somebody removed meanwhile: it can be saved as a new one."""
    section = version.sections.last()
    if section is None or request.method != "POST":
        messages.info(request, _("This question is not in the form any more."))
        return redirect(version.questionnaire)
    form = QuestionForm(request.POST, question=None, earlier=_earlier_in(version, section))
    form.add_error(None, _("Somebody removed this question while you were writing. Save it to add it again."))
    return _show(request, version, form, section=section)


def _show(request: PersonRequest, version: Version, form: QuestionForm, **about: Any) -> HttpResponse:
    context = {"form": form, "version": version, **about}
    return render(request, "questionnaires/question_edit.html", context, status=422 if form.errors else 200)


def _to(pk: int, question: Question) -> HttpResponse:
    response = redirect("lms_questionnaires:form_detail", pk)
    response["Location"] += f"#question-{question.pk}"
    return response


@login_required
@require_POST
def question_move(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    question = get_object_or_404(Question, pk=question_pk, section__version=version)
    target = _target(request, version, question)
    words = _("It stays where it is.")
    if target:
        try:
            section, place = target
            actions.move_question(question, actor=request.user, section=section, place=place, at=timezone.now())
            count = section.questions.count()
            words = f"{section.title}: {moved_words(question.text, place + 1, count)}"
        except DomainError as error:
            messages.error(request, str(error.text))
            words = str(error.text)
    return back_to_list(request, pk, announce=words, mark=f"question-{question.pk}")


def _target(request: PersonRequest, version: Version, question: Question) -> tuple[Section, int] | None:
    """Return where a question shall go: one step up or down, or to a place in a section."""
    if request.POST.get("direction") in {"up", "down"}:
        return actions.step_of(question, -1 if request.POST["direction"] == "up" else 1)
    section = version.sections.filter(pk=_number(request, "section")).first()
    return (section, _number(request, "place")) if section else None


def _number(request: PersonRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() else 0


@login_required
@require_POST
def question_copy(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    question = get_object_or_404(Question, pk=question_pk, section__version=version)
    copy = actions.copy_question(question, actor=request.user, at=timezone.now())
    messages.success(request, _("This is the copy. Change it now."))
    return redirect("lms_questionnaires:question_edit", pk, copy.pk)


@login_required
@require_POST
def question_remove(request: PersonRequest, pk: int, question_pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    question = get_object_or_404(Question, pk=question_pk, section__version=version)
    words = _("“%(name)s” is removed.") % {"name": question.text}
    try:
        actions.remove_question(question, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
        words = str(error.text)
    return back_to_list(request, pk, announce=words, mark="removed")


@login_required
@require_POST
def field_place(request: PersonRequest, pk: int, section_pk: int, name: str) -> HttpResponse:
    version = draft_of(request, pk)
    section = get_object_or_404(version.sections, pk=section_pk)
    try:
        question = actions.place_field(section, actor=request.user, name=name, at=timezone.now())
        words, mark = _("“%(name)s” stands at the end now.") % {"name": question.text}, f"question-{question.pk}"
    except DomainError as error:
        messages.error(request, str(error.text))
        words, mark = str(error.text), ""
    return back_to_list(request, pk, announce=words, mark=mark)
