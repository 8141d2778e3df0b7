"""The initial evaluation of session 1."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.errors import DomainError, add_to_form
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from lms.questionnaires.actions import answers_of
from lms.questionnaires.forms import QuestionnaireForm
from lms.questionnaires.models import Version
from mentoring_ext.evaluation.reports import final_evaluation_of, growth_between
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.registrations import actions
from mentoring_ext.registrations.answers import parts_of
from mentoring_ext.registrations.errors import WrittenMeanwhile
from mentoring_ext.registrations.meanwhile import form_with_both, saved_mark
from mentoring_ext.registrations.models import InitialEvaluation
from mentoring_ext.registrations.pairs import pairs_seen_by


def _pair(request: PersonRequest, pk: int) -> GroupMember:
    pair = get_object_or_404(pairs_seen_by(request.user), pk=pk)
    require(request.user, "mentoring_registrations.read_initial", pair)
    return pair


@login_required
def initial_detail(request: PersonRequest, pk: int) -> HttpResponse:
    pair = _pair(request, pk)
    initial = InitialEvaluation.objects.with_pair().filter(pair=pair).first()
    if initial and initial.is_done:
        actions.read_initial(initial, reader=request.user, at=timezone.now())
    final = final_evaluation_of(pair) if initial and initial.is_done else None
    context = {
        "pair": pair,
        "initial": initial,
        "growth": growth_between(initial.response, final) if initial and initial.response and final else [],
        "final": final,
        "parts": parts_of(initial.response) if initial and initial.is_done and initial.response else [],
        "may_write": request.user.has_perm("mentoring_registrations.write_initial", pair),
    }
    return render(request, "registrations/initial_detail.html", context)


@login_required
def initial_edit(request: PersonRequest, pk: int) -> HttpResponse:
    pair = _pair(request, pk)
    require(request.user, "mentoring_registrations.write_initial", pair)
    initial = actions.initial_of(pair, at=timezone.now())
    if initial.is_done and request.method != "POST":
        return redirect(initial)
    version = Version.objects.with_questions().get(pk=initial.version_id)
    kept = answers_of(initial.response) if initial.response else {}
    form = QuestionnaireForm(version, posted(request), answers=kept, draft="draft" in request.POST)
    seen = request.POST.get("seen", saved_mark(initial.response))
    if form.is_valid():
        try:
            return _keep(request, initial, form, seen)
        except WrittenMeanwhile as error:
            form, seen = form_with_both(version, request.POST, form.typed_answers(), error), saved_mark(error.response)
        except DomainError as error:
            add_to_form(form, error)
    context = {"form": form, "pair": pair, "initial": initial, "questionnaire": version.questionnaire, "seen": seen}
    return render(request, "registrations/initial_edit.html", context, status=422 if form.errors else 200)


def _keep(request: PersonRequest, initial: InitialEvaluation, form: QuestionnaireForm, seen: str) -> HttpResponse:
    draft = "draft" in request.POST
    deed = actions.keep_initial if draft else actions.finish_initial
    deed(initial, actor=request.user, answers=form.typed_answers(), at=timezone.now(), seen=seen)
    words = (
        _("Saved. You can go on later, both of you.") if draft else _("Thank you. You can read it here at any time.")
    )
    messages.success(request, words)
    return redirect(initial)
