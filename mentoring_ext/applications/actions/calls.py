"""Opening and changing calls."""

from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from lms.journal.actions import record
from lms.people.models import User
from lms.questionnaires.models import Version
from mentoring_ext.applications import errors
from mentoring_ext.applications.actions.forms_of_calls import shipped_version
from mentoring_ext.applications.actions.plans import start_plan
from mentoring_ext.applications.models import Audience, Call
from mentoring_ext.applications.uses import USES, audience_of
from mentoring_ext.programmes.models import Cohort

RESERVED_SLUGS = {"calls", "board", "review", "confirm", "status", "draft", "link"}
ENDING_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def open_call(
    cohort: Cohort,
    *,
    actor: User,
    title: str,
    text: str,
    opens_on: date,
    closes_on: date,
    answers_by: date | None = None,
    version: Version | None = None,
    at: datetime | None = None,
) -> Call:
    """Open a call for mentors of a cohort; whom it speaks to follows from the form that it asks.

    Without ``version`` it asks the form for externals that ships; its criteria are the shipped ones. The address of a
    call for staff cannot be guessed.

    Raises ``NotYourCohort`` ("not_your_cohort"), ``ClosesBeforeItOpens`` ("closes_before_it_opens"),
    ``AnswersBeforeItCloses`` ("answers_before_it_closes"), ``FormOfOthers`` ("form_of_others").
    """
    version = version or shipped_version(Audience.EXTERNAL, at=at or timezone.now())
    call = Call(cohort=cohort, title=title, text=text, opens_on=opens_on, closes_on=closes_on, answers_by=answers_by)
    call.organisation, call.version = cohort.organisation, version
    _check(call, actor)
    call.audience = audience_of(version.questionnaire.use)
    call.slug = _free_slug(title, secret=call.audience == Audience.IN_HOUSE)
    call.save()
    start_plan(call)
    record("created", call, actor=actor, context=cohort, at=at)
    return call


@transaction.atomic
def change_call(
    call: Call,
    *,
    actor: User,
    cohort: Cohort,
    title: str,
    text: str,
    opens_on: date,
    closes_on: date,
    answers_by: date | None = None,
    version: Version | None = None,
) -> Call:
    """Change a call; its address stays, and what was sent keeps the form that it answered. Raises as ``open_call``."""
    call.cohort, call.organisation = cohort, cohort.organisation
    call.title, call.text, call.opens_on, call.closes_on = title, text, opens_on, closes_on
    call.answers_by, call.version = answers_by, version or call.version
    _check(call, actor)
    call.audience = audience_of(call.version.questionnaire.use)
    call.save()
    record("changed", call, actor=actor, context=cohort)
    return call


def _check(call: Call, actor: User) -> None:
    if not Cohort.objects.coordinated_by(actor).filter(pk=call.cohort.pk).exists():
        raise errors.NotYourCohort
    if call.closes_on < call.opens_on:
        raise errors.ClosesBeforeItOpens
    if call.answers_by and call.answers_by < call.closes_on:
        raise errors.AnswersBeforeItCloses
    form = call.version.questionnaire
    usable = form.use in USES.values() and form.organisation_id in {None, call.organisation.pk}
    if not usable or call.version.published_at is None:
        raise errors.FormOfOthers


def _free_slug(title: str, *, secret: bool) -> str:
    if secret:
        return f"{slugify(title)[:30] or 'call'}-{get_random_string(12, ENDING_SIGNS)}"
    wanted = slugify(title)[:40] or "call"
    taken = RESERVED_SLUGS | set(Call.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
