"""Keeping the index of the mentors' database."""

from collections.abc import Iterable

from django.db import transaction

from mentoring_ext.profiles.bitsets import packed
from mentoring_ext.profiles.models import (
    FACET_KINDS,
    FacetCode,
    MentorFacets,
    MentorProfile,
    MentorTerm,
    PublicProfile,
)
from mentoring_ext.profiles.terms import shown_terms_of, terms_of

AT_ONCE = 500
"""Mentors that are read and written together."""
Terms = dict[int, set[tuple[str, str]]]
"""The kinds and codes of each mentor, by the mentor's key."""


def index_mentor(profile: MentorProfile) -> None:
    """Bring the index up to date with one mentor's sheet and name."""
    index_mentors([profile])


@transaction.atomic
def index_mentors(profiles: Iterable[MentorProfile]) -> int:
    """Bring the index up to date with these mentors, whose users are read already; return how many rows changed."""
    by_pk = {profile.pk: profile for profile in profiles}
    shown = dict(PublicProfile.objects.filter(mentor__in=by_pk).values_list("mentor", "shown"))
    wanted = {
        pk: terms_of(profile) | (shown_terms_of(profile, shown[pk]) if pk in shown else set())
        for pk, profile in by_pk.items()
    }
    return _keep_terms(wanted) + keep_facets(wanted)


def _keep_terms(wanted: Terms) -> int:
    known: dict[int, dict[tuple[str, str], int]] = {pk: {} for pk in wanted}
    rows = MentorTerm.objects.filter(mentor__in=wanted)
    for pk, mentor, kind, code in rows.values_list("pk", "mentor", "kind", "code"):
        known[mentor][kind, code] = pk
    gone = [row for pk, rows in known.items() for term, row in rows.items() if term not in wanted[pk]]
    new = [
        MentorTerm(mentor_id=pk, kind=kind, code=code) for pk in wanted for kind, code in wanted[pk] - known[pk].keys()
    ]
    MentorTerm.objects.filter(pk__in=gone).delete()
    MentorTerm.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    return len(gone) + len(new)


def keep_facets(wanted: Terms) -> int:
    """Write which codes of facets each mentor stands under; return for how many mentors that is new."""
    counted = {pk: {term for term in terms if term[0] in FACET_KINDS} for pk, terms in wanted.items()}
    numbers = _numbers_of(set().union(*counted.values()))
    bits = {pk: packed(numbers[term] for term in terms) for pk, terms in counted.items()}
    known = dict(MentorFacets.objects.filter(mentor__in=bits).values_list("mentor", "bits"))
    new = [MentorFacets(mentor_id=pk, bits=own) for pk, own in bits.items() if bytes(known.get(pk) or b"") != own]
    MentorFacets.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["mentor"], update_fields=["bits"], batch_size=1000
    )
    return len(new)


def _numbers_of(terms: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    numbers = FacetCode.objects.numbers()
    for kind, code in sorted(terms - numbers.keys()):
        numbers[kind, code] = FacetCode.objects.get_or_create(kind=kind, code=code)[0].pk
    return numbers


def index_all() -> int:
    """Bring the whole index up to date; return how many rows changed."""
    changed, last = 0, 0
    while some := list(MentorProfile.objects.select_related("user").filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        changed += index_mentors(some)
        last = some[-1].pk
    return changed
