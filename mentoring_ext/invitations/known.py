"""What is there already: cohorts, departments, accounts and members, by what a list calls them."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models.functions import Lower

from lms.people.models import Department, User
from mentoring_ext.programmes.models import Cohort, CohortMembership

BATCH = 1_000
Named = TypeVar("Named", Cohort, Department)


def plain_name(name: str) -> str:
    """Return a name as it is compared: without case and with single spaces."""
    return " ".join(name.casefold().split())


def full_name(thing: Cohort | Department) -> str:
    """Return the name with the organisation, which tells two of the same name apart."""
    return f"{thing.name} ({thing.organisation})"


def by_name(things: Iterable[Named]) -> dict[str, list[Named]]:
    """Return cohorts or departments by their name, and by the name with the organisation where it is not enough."""
    found: dict[str, list[Named]] = {}
    for thing in things:
        for name in (thing.name, full_name(thing)):
            found.setdefault(name.casefold(), []).append(thing)
    return found


def users_by(column: str, values: Sequence[str]) -> dict[str, User]:
    """Return the accounts with these addresses or user names, by the value in small letters."""
    wanted = sorted({value.lower() for value in values if value})
    found: dict[str, User] = {}
    for start in range(0, len(wanted), BATCH):
        some = User.objects.alias(lower=Lower(column)).filter(lower__in=wanted[start : start + BATCH])
        found.update({getattr(user, column).lower(): user for user in some})
    return found


def members_by_name(cohorts: Iterable[int]) -> dict[tuple[int, str], list[CohortMembership]]:
    """Return every membership of these cohorts, those who left too, by cohort and the person's name."""
    found: dict[tuple[int, str], list[CohortMembership]] = {}
    for member in CohortMembership.objects.filter(cohort__in=cohorts).select_related("user").order_by("pk"):
        found.setdefault((member.cohort_id, plain_name(str(member.user))), []).append(member)
    return found
