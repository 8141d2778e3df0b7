"""How the applications of a call are reviewed: plan and criteria."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.models import Call, Criterion, ReviewPlan, Scorecard


def review_plan(call: Call) -> ReviewPlan:
    """Return the call's plan of review, else an unsaved one with the shipped questions."""
    plan = ReviewPlan.objects.filter(call=call).first()
    return plan or ReviewPlan(call=call, questions="\n".join(_questions()))


@transaction.atomic
def start_plan(call: Call) -> ReviewPlan:
    """Give a call its plan of review, with the shipped criteria and questions; one that it has stays."""
    plan, created = ReviewPlan.objects.get_or_create(call=call, defaults={"questions": "\n".join(_questions())})
    if created:
        for name, text, weight in _shipped_criteria():
            Criterion.objects.create(call=call, name=name, text=text, weight=weight)
    return plan


def _shipped_criteria() -> list[tuple[str, str, int]]:
    return [
        (_("Availability"), _("Has time every week, at hours when mentees can meet."), 3),
        (_("Motivation"), _("Wants to help others to go on, and knows why."), 3),
        (_("Competences"), _("Knows well what mentees want to learn, and can explain it."), 3),
        (_("Digital experience"), _("Uses digital tools with ease, learnt by education or at work."), 2),
        (_("Cultural sector"), _("Works or has worked in the cultural sector. Preferred, not asked for."), 1),
    ]


def _questions() -> list[str]:
    return [
        _("What do you do, and what do you like about it?"),
        _("Tell us of somebody to whom you explained something. How did it go?"),
        _("Why would you like to be a mentor now?"),
        _("How much time have you got, and when?"),
        _("What would you do if a mentee does not come twice?"),
        _("What do you need from us?"),
    ]


@transaction.atomic
def change_plan(
    call: Call,
    *,
    actor: User,
    reviewers: int,
    due_on: date | None,
    large_difference: int,
    questions: str,
    at: datetime,
) -> ReviewPlan:
    """Change how the applications of a call are reviewed."""
    start_plan(call)
    plan = ReviewPlan.objects.select_for_update().get(call=call)
    plan.reviewers, plan.due_on = reviewers, due_on
    plan.large_difference, plan.questions = large_difference, questions
    plan.save()
    record("changed", plan, actor=actor, context=call, at=at)
    return plan


def criteria_in_use(call: Call) -> bool:
    """Return whether somebody has handed in a scorecard for this call."""
    return Scorecard.objects.handed_in().filter(application__call=call).exists()


@transaction.atomic
def add_criterion(call: Call, *, actor: User, name: str, text: str, weight: int, at: datetime) -> Criterion:
    """Add a criterion at the end. Raises ``CriteriaInUse`` ("criteria_in_use")."""
    _refuse_when_in_use(call)
    criterion = Criterion.objects.create(call=call, name=name, text=text, weight=weight)
    record("created", criterion, actor=actor, context=call, at=at)
    return criterion


@transaction.atomic
def change_criterion(
    criterion: Criterion, *, actor: User, name: str, text: str, weight: int, at: datetime
) -> Criterion:
    """Change a criterion. Raises ``CriteriaInUse`` ("criteria_in_use") for another weight once cards are handed in."""
    criterion = Criterion.objects.select_for_update(of=("self",)).select_related("call").get(pk=criterion.pk)
    if weight != criterion.weight:
        _refuse_when_in_use(criterion.call)
    criterion.name, criterion.text, criterion.weight = name, text, weight
    criterion.save()
    record("changed", criterion, actor=actor, context=criterion.call, at=at)
    return criterion


@transaction.atomic
def move_criterion(criterion: Criterion, *, actor: User, up: bool, at: datetime) -> Criterion:
    """Move a criterion one place up or down."""
    list(Criterion.objects.select_for_update().filter(call=criterion.call_id))
    criterion = Criterion.objects.select_related("call").get(pk=criterion.pk)
    if up:
        criterion.up()
    else:
        criterion.down()
    record("changed", criterion, actor=actor, context=criterion.call, at=at)
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, actor: User, at: datetime) -> None:
    """Remove a criterion with the marks in drafts. Raises ``CriteriaInUse`` ("criteria_in_use")."""
    _refuse_when_in_use(criterion.call)
    record("deleted", criterion, actor=actor, context=criterion.call, at=at)
    criterion.scores.all().delete()
    criterion.delete()


def _refuse_when_in_use(call: Call) -> None:
    Call.objects.select_for_update().get(pk=call.pk)
    if criteria_in_use(call):
        raise errors.CriteriaInUse
