"""Marking applications, and agreeing on marks."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.actions.plans import review_plan
from mentoring_ext.applications.actions.stages import reviewers_of, undecided
from mentoring_ext.applications.models import Application, Assignment, Score, Scorecard
from mentoring_ext.applications.scoring import difference, weighted_mean

Marks = Mapping[int, tuple[int | None, str]]
"""A mark, or None, and a word why, by the criterion's key."""


@transaction.atomic
def save_scorecard(
    application: Application, *, actor: User, marks: Marks, comment: str, hand_in: bool, at: datetime
) -> Scorecard:
    """Keep one's own marks as a draft, or hand them in, after which they stay.

    Raises ``AlreadyDecided`` ("already_decided"), ``HandedInAlready`` ("handed_in_already") and ``MarksMissing``
    ("marks_missing").
    """
    application = undecided(application)
    card, _created = Scorecard.objects.select_for_update().get_or_create(
        application=application, reviewer=actor, agreed=False, defaults={"changed_at": at}
    )
    if card.handed_in_at:
        raise errors.HandedInAlready
    _write(card, marks, comment, hand_in=hand_in, at=at)
    if hand_in:
        record("rated", application, actor=actor, context=application.call, at=at)
        _tell_of_difference(application)
    return card


def _write(card: Scorecard, marks: Marks, comment: str, *, hand_in: bool, at: datetime) -> None:
    weights = dict(card.application.call.criteria.values_list("pk", "weight"))
    given = {pk: mark for pk, (mark, _why) in marks.items() if pk in weights and mark is not None}
    if hand_in and set(given) != set(weights):
        raise errors.MarksMissing
    card.scores.all().delete()
    Score.objects.bulk_create(
        Score(scorecard=card, criterion_id=pk, value=mark, comment=why[:500])
        for pk, (mark, why) in marks.items()
        if pk in weights
    )
    card.comment, card.changed_at = comment, at
    if hand_in:
        card.handed_in_at, card.total = at, weighted_mean(given, weights)
    card.save()


def _tell_of_difference(application: Application) -> None:
    if largest_difference(application) < review_plan(application.call).large_difference:
        return
    asked = Assignment.objects.filter(application=application).select_related("user")
    people = {*reviewers_of(application), *(assignment.user for assignment in asked)}
    text = _("The scorecards for %(name)s differ a lot. Please agree on a score.") % {"name": application}
    notify(people, "review_wanted", text, application.get_absolute_url())


def largest_difference(application: Application) -> int:
    """Return the largest difference between handed-in scorecards over all criteria; 0 with less than two cards."""
    marks: dict[int, list[int]] = {}
    cards = Scorecard.objects.own().handed_in().filter(application=application)
    for criterion, mark in Score.objects.filter(scorecard__in=cards).values_list("criterion_id", "value"):
        marks.setdefault(criterion, []).append(mark or 0)
    return max((difference(given) or 0 for given in marks.values()), default=0)


@transaction.atomic
def agree_on_score(application: Application, *, actor: User, marks: Marks, comment: str, at: datetime) -> Scorecard:
    """Write down the marks on which the reviewers agreed; they count from now on instead of the mean.

    They can be changed until the application is decided. Raises ``AlreadyDecided`` ("already_decided"),
    ``NotYetTwo`` ("not_yet_two") and ``MarksMissing`` ("marks_missing").
    """
    application = undecided(application)
    if Scorecard.objects.own().handed_in().filter(application=application).count() < 2:
        raise errors.NotYetTwo
    card, _created = Scorecard.objects.select_for_update().get_or_create(
        application=application, agreed=True, defaults={"changed_at": at, "reviewer": actor}
    )
    card.reviewer = actor
    _write(card, marks, comment, hand_in=True, at=at)
    record("rated", application, actor=actor, context=application.call, data={"agreed": True}, at=at)
    return card
