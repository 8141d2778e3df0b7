"""Letting mentees say whom they would like as a mentor, and saying it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.matching import errors
from mentoring_ext.matching.defaults import defaults_of
from mentoring_ext.matching.models import PairRule, Wish, WishRound
from mentoring_ext.matching.people import pool_of
from mentoring_ext.profiles.models import PublicProfile, PublicProfileQuerySet
from mentoring_ext.programmes.models import Cohort

MOST_WISHES, MOST_VETOES = 3, 2


def offered_to(mentee: User, cohort: Cohort, at: datetime) -> PublicProfileQuerySet:
    """Return the public profiles of the cohort's ready mentors who agreed to be shown."""
    ready = [mentor.key for mentor in pool_of(cohort).sides.mentors if mentor.capacity]
    shown = PublicProfile.objects.visible_to(mentee, at=at).filter(mentor__user__in=ready).with_mentor()
    return shown.order_by("mentor__user__last_name", "mentor__user__first_name", "pk")


@transaction.atomic
def change_round(cohort: Cohort, *, actor: User, is_open: bool, at: datetime) -> WishRound:
    """Let the cohort's mentees say whom they would like, or end that; what they said stays.

    Raises ``WishesNotAllowed`` where the programme does not allow a round that is not open.
    """
    running = WishRound.objects.filter(cohort=cohort, is_open=True).exists()
    if is_open and not running and not defaults_of(cohort.programme).wishes:
        raise errors.WishesNotAllowed
    values = {"is_open": is_open, "changed_by": actor, "changed_at": at}
    found, _new = WishRound.objects.update_or_create(cohort=cohort, defaults=values)
    record("changed", found, actor=actor, context=cohort, data={"open": is_open}, at=at)
    return found


@transaction.atomic
def save_wishes(
    cohort: Cohort, *, actor: User, ranked: Sequence[User], vetoed: Sequence[User], at: datetime
) -> list[Wish]:
    """Keep whom a mentee would like, the dearest first, and whom not; what was said before goes.

    Mentors are never told. Raises ``WishesClosed``, ``WishesTooMany``, ``WishesContradict`` and ``NotOffered``.
    """
    found = WishRound.objects.select_for_update().filter(cohort=cohort, is_open=True).first()
    running = cohort.groups.active().order_by()
    if found is None or GroupMember.objects.present().filter(group__in=running, user=actor).exists():
        raise errors.WishesClosed
    if len(ranked) > MOST_WISHES or len(vetoed) > MOST_VETOES:
        raise errors.WishesTooMany
    named = [mentor.pk for mentor in (*ranked, *vetoed)]
    if len(set(named)) < len(named):
        raise errors.WishesContradict
    if not set(named) <= set(offered_to(actor, cohort, at).values_list("mentor__user", flat=True)):
        raise errors.NotOffered
    _keep_vetoes(cohort, actor, vetoed, at)
    Wish.objects.filter(cohort=cohort, mentee=actor).delete()
    wishes = Wish.objects.bulk_create(
        Wish(cohort=cohort, mentee=actor, mentor=mentor, rank=rank, made_at=at)
        for rank, mentor in enumerate(ranked, start=1)
    )
    data = {"ranked": len(ranked)}
    record("answered", found, actor=actor, context=cohort, data=data, at=at)
    return wishes


@transaction.atomic
def withdraw_veto(veto: PairRule, *, actor: User, at: datetime) -> None:
    """Take back whom one excluded, at any time; nobody else can. Raises ``MenteesOwn``."""
    if veto.kind != PairRule.Kind.VETOED or veto.mentee_id != actor.pk:
        raise errors.MenteesOwn
    # The journal keeps that something was taken back, not whom it concerned.
    record("withdrew", veto.cohort, actor=actor, context=veto.cohort, at=at)
    veto.delete()


def vetoes_of(cohort: Cohort, mentee: User) -> list[PairRule]:
    """Return whom a mentee does not get in the cohort: excluded, or parted from on the mentee's own request."""
    found = PairRule.objects.filter(cohort=cohort, mentee=mentee, kind=PairRule.Kind.VETOED)
    return list(found.select_related("mentor").order_by("pk"))


def own_vetoes(cohort: Cohort, mentee: User) -> list[PairRule]:
    """Return whom a mentee has excluded in the cohort."""
    own = PairRule.objects.filter(cohort=cohort, mentee=mentee, made_by=mentee, kind=PairRule.Kind.VETOED)
    return list(own.select_related("mentor").order_by("pk"))


def _keep_vetoes(cohort: Cohort, mentee: User, vetoed: Sequence[User], at: datetime) -> None:
    """Keep the mentee's own exclusions; one that came from an accepted request stays, too."""
    own = PairRule.objects.filter(cohort=cohort, mentee=mentee, kind=PairRule.Kind.VETOED)
    own.filter(made_by=mentee).exclude(mentor__in=vetoed).delete()
    for mentor in vetoed:
        pair = {"cohort": cohort, "mentee": mentee, "mentor": mentor, "kind": PairRule.Kind.VETOED}
        PairRule.objects.get_or_create(**pair, defaults={"made_by": mentee, "made_at": at})
