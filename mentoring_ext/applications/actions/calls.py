"""Opening and changing calls."""

from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.utils.text import slugify

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.models import Call
from mentoring_ext.programmes.models import Cohort

RESERVED_SLUGS = {"calls", "board", "review", "confirm", "status"}


@transaction.atomic
def open_call(
    cohort: Cohort, *, actor: User, title: str, text: str, opens_on: date, closes_on: date, at: datetime | None = None
) -> Call:
    """Open a call for mentors of a cohort.

    Raises ``NotYourCohort`` ("not_your_cohort") and ``ClosesBeforeItOpens`` ("closes_before_it_opens").
    """
    _check_call(cohort, actor, opens_on, closes_on)
    call = Call.objects.create(
        cohort=cohort,
        organisation=cohort.organisation,
        title=title,
        slug=_free_slug(title),
        text=text,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    record("created", call, actor=actor, context=cohort, at=at)
    return call


@transaction.atomic
def change_call(
    call: Call, *, actor: User, cohort: Cohort, title: str, text: str, opens_on: date, closes_on: date
) -> Call:
    """Change a call; its address stays. Raises as ``open_call`` does."""
    _check_call(cohort, actor, opens_on, closes_on)
    call.cohort, call.organisation = cohort, cohort.organisation
    call.title, call.text, call.opens_on, call.closes_on = title, text, opens_on, closes_on
    call.save()
    record("changed", call, actor=actor, context=cohort)
    return call


def _check_call(cohort: Cohort, actor: User, opens_on: date, closes_on: date) -> None:
    if not Cohort.objects.coordinated_by(actor).filter(pk=cohort.pk).exists():
        raise errors.NotYourCohort
    if closes_on < opens_on:
        raise errors.ClosesBeforeItOpens


def _free_slug(title: str) -> str:
    wanted = slugify(title)[:40] or "call"
    taken = RESERVED_SLUGS | set(Call.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
