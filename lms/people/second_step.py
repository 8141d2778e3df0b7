"""The second step at sign-in: who needs one, from which day on, and who has set it up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lms.people.models import SignInRules, User
from lms.plugins import ROLE_SOURCES, RoleSource

WAYS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second step: an app for codes or a passkey. Recovery codes alone do not."""


@dataclass(frozen=True)
class SecondStep:
    """Whether a person needs a second step at all (``guarded``), has one (``ready``), and when it must be there."""

    guarded: bool
    ready: bool
    needed_from: date | None

    @property
    def is_wanted(self) -> bool:
        """Whether the person still has to set one up, be it now or later."""
        return self.guarded and not self.ready and self.needed_from is not None

    @property
    def due(self) -> datetime | None:
        """The moment from which on nothing else opens."""
        if self.needed_from is None:
            return None
        return timezone.make_aware(datetime.combine(self.needed_from, time.min))

    def is_missing(self, at: datetime) -> bool:
        """Return whether the day has come and the person has none."""
        return self.is_wanted and self.is_due(at)

    def is_due(self, at: datetime) -> bool:
        """Return whether the day has come, for whoever needs one."""
        return self.needed_from is not None and timezone.localdate(at) >= self.needed_from


def with_second_step(people: QuerySet[User], sources: Iterable[RoleSource]) -> QuerySet[User]:
    """Add ``is_guarded``, ``has_second_step`` and ``site_needs_it_from``, which ``kept_with`` reads."""
    return people.annotate(
        is_guarded=_holds_guarded_role(sources),
        has_second_step=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=WAYS)),
        site_needs_it_from=Subquery(SignInRules.objects.values("second_step_from")[:1]),
    )


def _holds_guarded_role(sources: Iterable[RoleSource]) -> Q:
    looks = [Q(Exists(source.guarded().filter(user=OuterRef("pk")))) for source in sources if source.guarded]
    return reduce(or_, looks, Q(is_superuser=True) | Q(is_staff=True))


def kept_with(user: User) -> SecondStep:
    """Return what ``with_second_step`` has found out about a person, be it in values of the database's own kind."""
    found = vars(user)
    chosen = DateField().to_python(found["site_needs_it_from"])
    return SecondStep(bool(found["is_guarded"]), bool(found["has_second_step"]), _first_day(chosen))


def second_step_of(user: User) -> SecondStep:
    """Return what is known of a person's second step; asks the database where the backend has not."""
    if user.second_step is None:
        people = with_second_step(User.objects.all(), ROLE_SOURCES.collect())
        user.second_step = kept_with(people.get(pk=user.pk))
    return user.second_step


def needed_from() -> date | None:
    """Return the day from which on a second step is needed."""
    return _first_day(SignInRules.objects.values_list("second_step_from", flat=True).first())


def _first_day(chosen_on_site: date | None) -> date | None:
    fixed: date | None = settings.SECOND_FACTOR_FROM
    return fixed or chosen_on_site


def people_without() -> QuerySet[User]:
    """Return everybody with an account in use who needs a second step and has none yet."""
    people = with_second_step(User.objects.filter(is_active=True), ROLE_SOURCES.collect())
    return people.filter(Q(("is_guarded", True), ("has_second_step", False))).order_by("last_name", "first_name", "pk")
