"""Opening a cohort's registration, its conditions, and the partners who refer people."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from lms.journal.actions import record
from lms.people.models import User
from lms.questionnaires.models import Version
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.registrations import errors
from mentoring_ext.registrations.actions.states import locked_opening
from mentoring_ext.registrations.actions.waiting import move_up
from mentoring_ext.registrations.models import HOLDS_PLACE, EligibilityRule, Opening, Partner
from mentoring_ext.registrations.tasks import mail_partner


@transaction.atomic
def open_registration(
    cohort: Cohort, *, actor: User, version: Version, opens_on: date, closes_on: date, at: datetime, **about: Any
) -> Opening:
    """Let people register as mentees of a cohort, with one published version of a form.

    ``about`` are the other fields of ``Opening``. Raises ``NotYourCohort`` and ``OpeningThere``.
    """
    if not Cohort.objects.coordinated_by(actor).filter(pk=cohort.pk).exists():
        raise errors.NotYourCohort
    if Opening.objects.filter(cohort=cohort).exists():
        raise errors.OpeningThere
    opening = Opening.objects.create(cohort=cohort, version=version, opens_on=opens_on, closes_on=closes_on, **about)
    record("created", opening, actor=actor, context=cohort, at=at)
    return opening


@transaction.atomic
def change_opening(opening: Opening, *, actor: User, at: datetime, **about: Any) -> Opening:
    """Change dates, places and words; more places move people up from the waiting list.

    Raises ``FewerPlacesThanPeople``.
    """
    opening = locked_opening(opening)
    if about.get("places", opening.places) < opening.registrations.filter(state__in=HOLDS_PLACE).count():
        raise errors.FewerPlacesThanPeople
    for name, value in about.items():
        setattr(opening, name, value)
    opening.save()
    record("changed", opening, actor=actor, context=opening.cohort, at=at)
    move_up(opening, at=at)
    return opening


@transaction.atomic
def set_rules(opening: Opening, *, actor: User, rules: Sequence[EligibilityRule], at: datetime) -> None:
    """Put these conditions in place of those before; what was judged already stays as it is."""
    opening.rules.all().delete()
    for rule in rules:
        rule.opening = opening
    EligibilityRule.objects.bulk_create(rules)
    record("changed", opening, actor=actor, context=opening.cohort, data={"rules": len(rules)}, at=at)


@transaction.atomic
def add_partner(opening: Opening, *, actor: User, name: str, contact: str, email: str, at: datetime) -> Partner:
    """Give a partner's contact a link to refer people, by mail. Raises ``AddressTaken``."""
    try:
        with transaction.atomic():
            partner = Partner.objects.create(opening=opening, name=name, contact=contact, email=email)
    except IntegrityError as error:
        raise errors.AddressTaken from error
    record("invited", partner, actor=actor, context=opening.cohort, at=at)
    transaction.on_commit(lambda: mail_partner.enqueue(partner.pk))
    return partner


@transaction.atomic
def end_partner(partner: Partner, *, actor: User, at: datetime) -> Partner:
    """Let the partner's link work no more; whom the partner referred stays."""
    partner.ended_at = at
    partner.save(update_fields=["ended_at"])
    record("left", partner, actor=actor, context=partner.opening.cohort, at=at)
    return partner
