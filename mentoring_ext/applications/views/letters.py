"""Texts of letters, letters sent, and the same answer to many."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest, number_in, posted
from lms.people.models import Organisation
from lms.people.permissions import require
from mentoring_ext.applications import actions
from mentoring_ext.applications.actions.bulk import MOVES, PURPOSES
from mentoring_ext.applications.bulk_job import MANY, start_answering
from mentoring_ext.applications.forms.letters import AnswerForm, LetterTextForm
from mentoring_ext.applications.letter_texts import MEANING, LetterText, allowed
from mentoring_ext.applications.models import Application, Call, Letter, LetterTemplate, Purpose
from mentoring_ext.applications.permissions import organisations_written_for
from mentoring_ext.applications.views.fetching import call_of

PREVIEWS = 50


@login_required
def letter_text_list(request: PersonRequest, organisation: int) -> HttpResponse:
    found = _organisation(request, organisation)
    own = {text.purpose: text for text in LetterTemplate.objects.filter(organisation=found)}
    rows = [{"purpose": purpose, "own": own.get(purpose)} for purpose in Purpose]
    return render(request, "applications/letter_text_list.html", {"organisation": found, "rows": rows})


@login_required
def letter_text_edit(request: PersonRequest, organisation: int, purpose: str) -> HttpResponse:
    found = _organisation(request, organisation)
    if purpose not in Purpose.values:
        raise Http404
    own = Application.objects.visible_to(request.user).filter(call__organisation=found)
    samples = own.select_related("call__cohort", "call__organisation", "user").order_by("-applied_at")
    text = actions.text_for(found, purpose)
    form = LetterTextForm(posted(request), purpose=purpose, text=text, samples=samples)
    if form.is_valid() and (done := _text_deed(request, found, purpose, form)):
        return done
    context = {
        "organisation": found,
        "purpose": Purpose(purpose),
        "form": form,
        "placeholders": [(f"{{{name}}}", MEANING[name]) for name in allowed(purpose)],
        "preview": _preview(request, form, text),
        "is_own": LetterTemplate.objects.filter(organisation=found, purpose=purpose).exists(),
    }
    wrong = form.is_bound and not form.is_valid()
    return render(request, "applications/letter_text_edit.html", context, status=422 if wrong else 200)


def _text_deed(
    request: PersonRequest, organisation: Organisation, purpose: str, form: LetterTextForm
) -> HttpResponse | None:
    """Save the text, or send it to its writer; None when it is only looked at."""
    text, at = form.text(), timezone.now()
    if "test" in request.POST:
        if not request.user.email:
            form.add_error(None, _("Your account has no e-mail address, so no test can reach you."))
            return None
        actions.post_test(form.cleaned_data["sample"], text, purpose=purpose, actor=request.user)
        messages.success(request, _("A test is on its way to %(address)s.") % {"address": request.user.email})
        return None
    if "save" not in request.POST:
        return None
    given = {"purpose": purpose, "subject": text.subject, "body": text.body}
    actions.change_letter_text(organisation, actor=request.user, at=at, **given)
    messages.success(request, _("The text is saved. Letters that you write from now on use it."))
    return redirect("mentoring_applications:letter_text_list", organisation.pk)


def _preview(request: PersonRequest, form: LetterTextForm, text: LetterText) -> LetterText | None:
    sample = form.cleaned_data.get("sample") if form.is_bound and form.is_valid() else form.initial["sample"]
    shown = form.text() if form.is_bound and form.is_valid() else text
    if not sample or (form.is_bound and form.errors):
        return None
    return actions.words_of(sample, shown, actor=request.user, answer=f"({_('your answer')})")


@login_required
@require_POST
def letter_text_restore(request: PersonRequest, organisation: int, purpose: str) -> HttpResponse:
    found = _organisation(request, organisation)
    actions.restore_letter_text(found, actor=request.user, purpose=purpose, at=timezone.now())
    messages.success(request, _("The shipped text is used again."))
    return redirect("mentoring_applications:letter_text_list", organisation)


def _organisation(request: PersonRequest, pk: int) -> Organisation:
    return get_object_or_404(organisations_written_for(request.user), pk=pk)


@login_required
def letter_list(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    letters = Letter.objects.filter(application__call=call).select_related("application", "actor")
    only_failed = request.GET.get("state") == "failed"
    shown = letters.filter(state__in=[Letter.State.FAILED, Letter.State.SENDING]) if only_failed else letters
    context = {"call": call, "letters": shown[:200], "only_failed": only_failed, "failed": letters.failed().count()}
    return render(request, "applications/letter_list.html", context)


@login_required
@require_POST
def letter_again(request: PersonRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter.objects.visible_to(request.user).select_related("application__call"), pk=pk)
    require(request.user, "mentoring_applications.decide_application", letter.application)
    try:
        actions.send_again(letter, actor=request.user, at=timezone.now())
        messages.success(request, _("The letter is sent once more."))
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect("mentoring_applications:letter_list", letter.application.call_id)


@login_required
def application_answer(request: PersonRequest, pk: int) -> HttpResponse:
    call = call_of(request, pk)
    given = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(call, given.getlist("chosen"))
    deed = actions.Deed(given["deed"]) if given.get("deed") in actions.Deed.values else actions.Deed.MESSAGE
    if not chosen:
        messages.error(request, _("Tick at least one application first."))
        return redirect("mentoring_applications:application_list", pk)
    text = actions.text_for(call.organisation, PURPOSES[deed]) if deed not in MOVES else None
    form = AnswerForm(posted(request), deed=deed, text=text)
    if form.is_valid() and "send" in request.POST:
        return _answered(request, call, chosen, form)
    if deed == actions.Deed.DECLINED and form.is_bound and not form["words"].value():
        add_to_form(form, DomainError(_("Write to the applicants why you say no."), field="words"))
    context = {"call": call, "chosen": chosen, "deed": deed, "form": form, "previews": _previews(request, chosen, form)}
    wrong = form.is_bound and bool(form.errors)
    return render(request, "applications/application_answer.html", context, status=422 if wrong else 200)


def _chosen(call: Call, keys: list[str]) -> list[Application]:
    wanted = [number for key in keys if (number := number_in(key)) is not None]
    found = call.applications.confirmed().kept().filter(pk__in=wanted).order_by("applied_at", "pk")
    return list(found.select_related("call__cohort__organisation", "call__organisation", "user"))


def _previews(request: PersonRequest, chosen: list[Application], form: AnswerForm) -> list[dict[str, Any]]:
    """Return the mail to each applicant, once the form holds; the first fifty."""
    if form.deed in MOVES or not form.is_bound or form.errors:
        return []
    answer = form.answer()
    shown = answer.text or LetterText("", "")
    return [
        {
            "application": application,
            "letter": actions.words_of(application, shown, actor=request.user, answer=answer.words),
        }
        for application in chosen[:PREVIEWS]
    ]


def _answered(request: PersonRequest, call: Call, chosen: list[Application], form: AnswerForm) -> HttpResponse:
    answer, at = form.answer(), timezone.now()
    if len(chosen) > MANY:
        keys = [application.pk for application in chosen]
        return redirect(start_answering(call, actor=request.user, applications=keys, answer=answer, at=at))
    outcome = actions.answer_many(chosen, actor=request.user, answer=answer, at=at)
    if outcome.done:
        text = ngettext("%d application is answered.", "%d applications are answered.", outcome.done)
        messages.success(request, text % outcome.done)
    for _pk, name, why in outcome.left:
        messages.warning(request, f"{name}: {why}")
    return redirect("mentoring_applications:call_board", call.pk)
