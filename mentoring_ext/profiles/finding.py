"""Finding mentors: what a search keeps, how many mentors each further filter would leave, and one page of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count
from numpy.typing import NDArray

from mentoring_ext.profiles.bitsets import table_of
from mentoring_ext.profiles.forms.search import FACETS
from mentoring_ext.profiles.models import FacetCode, MentorProfile, MentorProfileQuerySet, places_taken
from mentoring_ext.profiles.pages import PAGE, Page, key_of


def search(mentors: MentorProfileQuerySet, wanted: Mapping[str, Any]) -> MentorProfileQuerySet:
    """Keep the mentors that fit every filter in ``wanted`` (cleaned data of the search)."""
    found = mentors
    for name, kind in FACETS.items():
        if wanted.get(name):
            found = found.having(kind, wanted[name])
    return _search_beyond_facets(found, wanted)


def _search_beyond_facets(mentors: MentorProfileQuerySet, wanted: Mapping[str, Any]) -> MentorProfileQuerySet:
    found = mentors
    if wanted.get("places"):
        found = found.with_free_place()
    if wanted.get("prepared"):
        found = found.prepared()
    return found.with_words(wanted.get("q") or "")


@dataclass(frozen=True)
class Counted:
    """How many mentors a search leaves, and how many with each code of a facet instead of the one that is chosen."""

    found: int
    by_code: dict[str, dict[str, int]]


def count(mentors: MentorProfileQuerySet, wanted: Mapping[str, Any]) -> Counted:
    """Count what ``search`` keeps and what each facet would leave: two queries, however many mentors and facets.

    The database looks at words, places and preparation; the facets are bits, and are counted here all together.
    """
    numbers = FacetCode.objects.numbers()
    rows = _search_beyond_facets(mentors, wanted).order_by().values_list("facets__bits", flat=True)
    table = table_of([bytes(row or b"") for row in rows], max(numbers.values(), default=0))
    misses = {
        name: _lacking(table, numbers.get((kind, wanted[name]))) for name, kind in FACETS.items() if wanted.get(name)
    }
    missed = sum((lack.astype(np.int8) for lack in misses.values()), np.zeros(len(table), dtype=np.int8))
    fitting = table[missed == 0].sum(axis=0)
    by_code: dict[str, dict[str, int]] = {}
    for name, kind in FACETS.items():
        totals = table[missed == misses[name]].sum(axis=0) if name in misses else fitting
        by_code[name] = {code: int(totals[at]) for (of_kind, code), at in numbers.items() if of_kind == kind}
    return Counted(int((missed == 0).sum()), by_code)


def _lacking(table: NDArray[np.bool_], number: int | None) -> NDArray[np.bool_]:
    return np.ones(len(table), dtype=bool) if number is None else ~table[:, number]


@dataclass(frozen=True)
class Row:
    """A mentor in the list, with the places that are free now."""

    mentor: MentorProfile
    free: int


def page_of(mentors: MentorProfileQuerySet, before: str | None) -> Page:
    """Return the page of mentors that follows the mentor with the key ``before``."""
    key = key_of(before)
    known = mentors.filter(pk=key).first() if key else None
    # Keys first: SQLite would put whole sheets in order to show the newest of those that a word finds.
    keys = list(mentors.newest_first(before=known).values_list("pk", flat=True)[: PAGE + 1])
    found = MentorProfile.objects.select_related("user").in_bulk(keys[:PAGE])
    rows = with_free_places([found[pk] for pk in keys[:PAGE] if pk in found])
    return Page(rows, keys[PAGE - 1] if len(keys) > PAGE else None, known is None)


def with_free_places(mentors: list[MentorProfile]) -> list[Row]:
    """Return these mentors with the places that each has free now, in one query."""
    rows: Any = places_taken().filter(group__mentor__in=[mentor.user_id for mentor in mentors])
    taken = dict(rows.values_list("group__mentor", "n"))
    return [Row(mentor, max(0, mentor.capacity - taken.get(mentor.user_id, 0))) for mentor in mentors]


def totals_of(mentors: MentorProfileQuerySet) -> dict[str, Any]:
    """Count the mentors by where they come from."""
    counted = dict(mentors.order_by().values_list("origin").annotate(Count("pk")))
    by_origin = [(label, counted.get(value, 0)) for value, label in MentorProfile.Origin.choices]
    return {"all": sum(counted.values()), "by_origin": by_origin}
