"""Asking people to review applications."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from lms.people.permissions import forget_roles
from mentoring_ext.applications import errors
from mentoring_ext.applications.actions.plans import review_plan
from mentoring_ext.applications.models import Application, Assignment, Call
from mentoring_ext.applications.permissions import possible_reviewers
from mentoring_ext.applications.scoring import deal


@transaction.atomic
def assign_reviewers(
    call: Call,
    *,
    actor: User,
    people: Sequence[User],
    due_on: date | None,
    at: datetime,
    applications: Iterable[Application] | None = None,
) -> list[Assignment]:
    """Ask people to review the undecided applications of a call, as many each, and tell them.

    An application gets as many reviewers as the plan says; who is asked already stays. ``applications`` narrows which.
    Raises ``CannotReview`` ("cannot_review") and ``TooFewReviewers`` ("too_few_reviewers").
    """
    Call.objects.select_for_update().get(pk=call.pk)
    each = review_plan(call).reviewers
    _check_people(call, people, each)
    wanted = call.applications.undecided().order_by("applied_at", "pk")
    if applications is not None:
        wanted = wanted.filter(pk__in=[application.pk for application in applications])
    pairs = deal(wanted.values_list("pk", flat=True), _loads(call, people), _taken(call), each)
    made = Assignment.objects.bulk_create(
        Assignment(application_id=application, user_id=person, due_on=due_on, assigned_at=at, assigned_by=actor)
        for application, person in pairs
    )
    record("granted", call, actor=actor, context=call.cohort, data={"reviews": len(made)}, at=at)
    _tell(call, people, made)
    return made


def _check_people(call: Call, people: Sequence[User], each: int) -> None:
    allowed = set(possible_reviewers(call).filter(pk__in=[person.pk for person in people]).values_list("pk", flat=True))
    if any(person.pk not in allowed for person in people):
        raise errors.CannotReview
    if len(people) < each:
        raise errors.TooFewReviewers


def _loads(call: Call, people: Sequence[User]) -> dict[int, int]:
    asked = Assignment.objects.filter(application__call=call).values_list("user_id", flat=True)
    loads = {person.pk: 0 for person in people}
    for person in asked:
        if person in loads:
            loads[person] += 1
    return loads


def _taken(call: Call) -> dict[int, set[int]]:
    taken: dict[int, set[int]] = {}
    for application, person in Assignment.objects.filter(application__call=call).values_list("application", "user"):
        taken.setdefault(application, set()).add(person)
    return taken


def _tell(call: Call, people: Sequence[User], made: list[Assignment]) -> None:
    for person in people:
        own = [assignment for assignment in made if assignment.user_id == person.pk]
        if own:
            text = ngettext(
                "Please review %(number)d application: %(call)s.",
                "Please review %(number)d applications: %(call)s.",
                len(own),
            )
            words = text % {"number": len(own), "call": call}
            notify([person], "review_wanted", words, own[0].application.get_absolute_url())
            forget_roles(person)


@transaction.atomic
def unassign_reviewer(assignment: Assignment, *, actor: User, at: datetime) -> None:
    """No longer ask somebody to review an application; a scorecard that was handed in stays."""
    data = {"reviewer": assignment.user_id}
    record("changed", assignment.application, actor=actor, context=assignment.application.call, data=data, at=at)
    text = _("You need no longer review %(name)s.") % {"name": assignment.application}
    notify([assignment.user], "review_wanted", text, "/", exclude=actor)
    assignment.delete()
