"""Finding mentors: what a search keeps, how many mentors each further filter would leave, and one page of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from mentoring_ext.profiles.forms.search import FACETS
from mentoring_ext.profiles.models import MentorProfile, MentorProfileQuerySet, MentorTerm, places_taken
from mentoring_ext.profiles.pages import PAGE, Page, key_of


def search(mentors: MentorProfileQuerySet, wanted: Mapping[str, Any], *, without: str = "") -> MentorProfileQuerySet:
    """Keep the mentors that fit every filter in ``wanted`` (cleaned data of the search), but the one ``without``."""
    found = mentors
    for name, kind in FACETS.items():
        if wanted.get(name) and name != without:
            found = found.having(kind, wanted[name])
    if wanted.get("places"):
        found = found.with_free_place()
    if wanted.get("prepared"):
        found = found.prepared()
    return found.with_words(wanted.get("q") or "")


def counts_of(mentors: MentorProfileQuerySet, wanted: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Count, for each facet's codes, the mentors that the search would leave with this code instead of the chosen one.

    One query for all facets that are not chosen, and one for each that is.
    """
    chosen = [name for name in FACETS if wanted.get(name)]
    counts = _count(search(mentors, wanted), [name for name in FACETS if name not in chosen])
    for name in chosen:
        counts |= _count(search(mentors, wanted, without=name), [name])
    return counts


def _count(mentors: MentorProfileQuerySet, names: list[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    kinds = {str(FACETS[name]): name for name in names}
    terms = MentorTerm.objects.filter(kind__in=kinds, mentor__in=mentors.order_by().values("pk"))
    for kind, code, number in terms.values_list("kind", "code").annotate(Count("pk")):
        found[kinds[kind]][code] = number
    return found


@dataclass(frozen=True)
class Row:
    """A mentor in the list, with the places that are free now."""

    mentor: MentorProfile
    free: int


def page_of(mentors: MentorProfileQuerySet, before: str | None) -> Page:
    """Return the page of mentors that follows the mentor with the key ``before``."""
    key = key_of(before)
    known = mentors.filter(pk=key).first() if key else None
    found = list(mentors.newest_first(before=known).select_related("user")[: PAGE + 1])
    return Page(with_free_places(found[:PAGE]), found[PAGE - 1].pk if len(found) > PAGE else None, known is None)


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
