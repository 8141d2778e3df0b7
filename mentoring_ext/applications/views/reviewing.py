"""One application under review: reading, notes, scorecards; my reviews."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.errors import DomainError, shown_in
from lms.files.models import StoredFile
from lms.files.serve import file_response
from lms.http import PersonRequest, posted
from lms.people.permissions import require
from lms.questionnaires.models import Answer, Response
from mentoring_ext.applications import actions
from mentoring_ext.applications.forms.review import MoveForm, NoteForm, ScorecardForm
from mentoring_ext.applications.models import Application, Assignment, Criterion, Scorecard
from mentoring_ext.applications.reports import Card, Standing, standings_of
from mentoring_ext.applications.views.fetching import application_of


@login_required
def review_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "mentoring_applications.list_reviews")
    asked = Assignment.objects.filter(user=request.user).select_related("application__call").order_by("due_on", "pk")
    owed = asked.to_do()
    done = asked.exclude(pk__in=owed.values("pk"))
    context = {"owed": owed, "done": done[:50], "today": timezone.localdate()}
    return render(request, "applications/review_list.html", context)


@login_required
def application_detail(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk, "view_application")
    form = NoteForm(posted(request))
    if request.method == "POST":
        require(request.user, "mentoring_applications.score_application", application)
    if form.is_valid():
        actions.note_on_application(application, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your note is saved."))
        return redirect(application)
    actions.read_application(application, reader=request.user, at=timezone.now())
    context = _detail(request, application) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "applications/application_detail.html", context, status=status)


def _detail(request: PersonRequest, application: Application) -> dict[str, Any]:
    user = request.user
    may_decide = user.has_perm("mentoring_applications.decide_application", application)
    cards = Scorecard.objects.shown_to(user, application)
    sees_others = may_decide or cards.exists()
    notes = application.notes.select_related("author")
    return {
        "application": application,
        "answers": _answers(application),
        "move_form": MoveForm(initial={"stage": application.stage}, auto_id="move_%s"),
        "changes": application.changes.select_related("actor"),
        "notes": notes if sees_others else notes.filter(author=user),
        "may_decide": may_decide,
        "may_score": user.has_perm("mentoring_applications.score_application", application),
        "own_card": Scorecard.objects.own().filter(application=application, reviewer=user).first(),
        "marks": _marks(application) if cards.exists() or not _is_asked(user.pk, application) else None,
        "assignments": application.assignments.select_related("user"),
        "interviews": application.interviews.select_related("author") if sees_others else [],
        "appointment": application.appointments.standing().select_related("host").prefetch_related("times").first(),
        "letters": application.letters.select_related("actor") if may_decide else [],
        "now": timezone.now(),
    }


def _answers(application: Application) -> list[Answer]:
    """Return what was asked beyond the typed columns and answered."""
    responses = Response.objects.about(application).with_answers()
    return [answer for response in responses for answer in response.answers.all() if answer.words]


def _is_asked(user: int, application: Application) -> bool:
    return Assignment.objects.filter(application=application, user=user).exists()


def _marks(application: Application) -> dict[str, Any]:
    """Return the handed-in cards as a table: a row a criterion, a column a reviewer."""
    plan = actions.review_plan(application.call)
    standing: Standing = standings_of([application.pk], plan.large_difference)[application.pk]
    criteria = list(Criterion.objects.filter(call=application.call_id))
    return {
        "standing": standing,
        "rows": [_mark_row(criterion, standing) for criterion in criteria],
        "words": [words for card in standing.cards if (words := _words_of(card, criteria))],
        "may_agree": len(standing.own) > 1 and application.is_undecided,
    }


def _mark_row(criterion: Criterion, standing: Standing) -> dict[str, Any]:
    apart = standing.difference_in(criterion.pk)
    return {
        "criterion": criterion,
        "cells": [(card.reviewer, card.marks.get(criterion.pk)) for card in standing.cards],
        "difference": apart,
        "large": (apart or 0) >= standing.large_from,
    }


def _words_of(card: Card, criteria: list[Criterion]) -> dict[str, Any] | None:
    """Return what a reviewer wrote beside the marks; None where nothing was written."""
    whys = [(criterion.name, why) for criterion in criteria if (why := card.reasons.get(criterion.pk))]
    words = {"reviewer": card.reviewer, "agreed": card.agreed, "whys": whys, "comment": card.comment}
    return words if whys or card.comment else None


@login_required
def application_cv(request: PersonRequest, pk: int) -> HttpResponseBase:
    application = application_of(request, pk, "score_application")
    return _file(actions.read_cv(application, actor=request.user, at=timezone.now()))


@login_required
def application_picture(request: PersonRequest, pk: int) -> HttpResponseBase:
    application = application_of(request, pk, "score_application")
    return _file(actions.read_picture(application, actor=request.user, at=timezone.now()), inline=True)


@login_required
def answer_file(request: PersonRequest, pk: int, answer_pk: int) -> HttpResponseBase:
    application = application_of(request, pk, "score_application")
    return _file(actions.read_answered_file(application, answer_pk=answer_pk, actor=request.user, at=timezone.now()))


def _file(file: StoredFile | None, *, inline: bool = False) -> HttpResponseBase:
    if file is None:
        raise Http404
    return file_response(file, inline=inline)


@login_required
def scorecard_edit(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk, "score_application")
    plan = actions.review_plan(application.call)
    criteria = list(Criterion.objects.filter(call=application.call_id))
    card = Scorecard.objects.own().filter(application=application, reviewer=request.user).first()
    if not application.is_undecided or (card and card.handed_in_at):
        return redirect(application)
    hand_in = "hand_in" in request.POST
    form = ScorecardForm(posted(request), criteria=criteria, card=card, draft="draft" in request.POST)
    if form.is_valid() and _save_card(request, application, form, hand_in):
        return redirect(application) if hand_in else redirect("mentoring_applications:scorecard_edit", pk)
    actions.read_application(application, reader=request.user, at=timezone.now())
    context = {"application": application, "form": form, "plan": plan, "card": card}
    return render(request, "applications/scorecard_edit.html", context, status=422 if form.errors else 200)


def _save_card(request: PersonRequest, application: Application, form: ScorecardForm, hand_in: bool) -> bool:
    given = {"marks": form.marks(), "comment": form.cleaned_data["comment"]}
    with shown_in(form):
        actions.save_scorecard(application, actor=request.user, hand_in=hand_in, at=timezone.now(), **given)
        said = _("Your scorecard is handed in. Thank you!") if hand_in else _("Your draft is saved.")
        messages.success(request, said)
        return True
    return False


@login_required
def score_agree(request: PersonRequest, pk: int) -> HttpResponse:
    application = application_of(request, pk, "score_application")
    marks = _marks(application)
    shown = Scorecard.objects.shown_to(request.user, application).exists()
    if not marks["may_agree"] or not shown:
        messages.error(request, _("You can agree when two scorecards are handed in, your own among them."))
        return redirect(application)
    agreed = Scorecard.objects.filter(application=application, agreed=True).first()
    form = ScorecardForm(posted(request), criteria=[row["criterion"] for row in marks["rows"]], card=agreed)
    if form.is_valid():
        given = {"marks": form.marks(), "comment": form.cleaned_data["comment"]}
        with shown_in(form):
            actions.agree_on_score(application, actor=request.user, at=timezone.now(), **given)
            messages.success(request, _("The score on which you agreed is saved."))
            return redirect(application)
    context = {"application": application, "form": form, "marks": marks}
    return render(request, "applications/score_agree.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def assignment_remove(request: PersonRequest, pk: int) -> HttpResponse:
    found = Assignment.objects.filter(application__in=Application.objects.visible_to(request.user))
    assignment = get_object_or_404(found.select_related("application__call__cohort", "user"), pk=pk)
    require(request.user, "mentoring_applications.decide_application", assignment.application)
    try:
        actions.unassign_reviewer(assignment, actor=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is no longer asked.") % {"name": assignment.user})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(assignment.application)
