"""Keeping the index of the mentors' database."""

from collections.abc import Iterable

from django.db import transaction

from mentoring_ext.profiles.models import MentorProfile, MentorTerm, PublicProfile
from mentoring_ext.profiles.terms import shown_terms_of, terms_of

AT_ONCE = 500
"""Mentors that are read and written together."""


def index_mentor(profile: MentorProfile) -> None:
    """Bring the index up to date with one mentor's sheet and name."""
    index_mentors([profile])


@transaction.atomic
def index_mentors(profiles: Iterable[MentorProfile]) -> int:
    """Bring the index up to date with these mentors, whose users are read already; return how many rows changed."""
    by_pk = {profile.pk: profile for profile in profiles}
    known: dict[int, dict[tuple[str, str], int]] = {pk: {} for pk in by_pk}
    for pk, mentor, kind, code in MentorTerm.objects.filter(mentor__in=by_pk).values_list(
        "pk", "mentor", "kind", "code"
    ):
        known[mentor][kind, code] = pk
    shown = dict(PublicProfile.objects.filter(mentor__in=by_pk).values_list("mentor", "shown"))
    wanted = {
        pk: terms_of(profile) | (shown_terms_of(profile, shown[pk]) if pk in shown else set())
        for pk, profile in by_pk.items()
    }
    gone = [row for pk, rows in known.items() for term, row in rows.items() if term not in wanted[pk]]
    new = [
        MentorTerm(mentor_id=pk, kind=kind, code=code) for pk in wanted for kind, code in wanted[pk] - known[pk].keys()
    ]
    MentorTerm.objects.filter(pk__in=gone).delete()
    MentorTerm.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    return len(gone) + len(new)


def index_all() -> int:
    """Bring the whole index up to date; return how many rows changed."""
    changed, last = 0, 0
    while some := list(MentorProfile.objects.select_related("user").filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        changed += index_mentors(some)
        last = some[-1].pk
    return changed
