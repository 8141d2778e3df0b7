"""What the pages of the mentors' database show: pages of rows, figures of growth, and words for codes."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.http import QueryDict
from django.utils.dates import WEEKDAYS

from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.profiles import choices
from mentoring_ext.profiles.forms import MentorSearch
from mentoring_ext.profiles.hours import HOURS_OF_DAY
from mentoring_ext.profiles.models import MentorProfile, MentorProfileQuerySet
from mentoring_ext.profiles.permissions import organisations_served_by
from mentoring_ext.programmes.models import CohortMembership, Role

PAGE = 24


@dataclass(frozen=True)
class Page:
    """Some rows of a list; ``older`` is the key to go on with, None at the end; ``newest``: nothing stands before."""

    rows: list[MentorProfile]
    older: int | None
    newest: bool


def page_of(mentors: MentorProfileQuerySet, before: str | None) -> Page:
    """Return the page of mentors that follows the mentor with the key ``before``."""
    known = mentors.filter(pk=before).first() if before and before.isdigit() else None
    rows = list(mentors.newest_first(before=known).select_related("user__organisation")[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None, known is None)


def growth_of(mentors: MentorProfileQuerySet) -> dict[str, Any]:
    """Count the mentors by where they come from, and by the year in which they came."""
    entered = list(mentors.order_by().values_list("origin", "entered_at__year"))
    by_origin, by_year = Counter(origin for origin, _year in entered), Counter(year for _origin, year in entered)
    return {
        "total": len(entered),
        "by_origin": [(label, by_origin[value]) for value, label in MentorProfile.Origin.choices],
        "by_year": sorted(by_year.items()),
    }


def chosen_filters(search: MentorSearch) -> list[tuple[Text, str, str]]:
    """Return label, word and the address without it for every filter that is set."""
    if not search.is_valid():
        return []
    chosen = {name: value for name, value in search.cleaned_data.items() if value}
    found: list[tuple[Text, str, str]] = []
    for name, value in chosen.items():
        others = QueryDict(mutable=True)
        others.update({other: kept for other, kept in chosen.items() if other != name})
        word = dict(getattr(search.fields[name], "choices", [])).get(value, value)
        found.append((search.fields[name].label or "", word, f"?{others.urlencode()}"))
    return found


def query_without_page(query: QueryDict) -> str:
    """Return the filters of an address as the start of the next page's address."""
    kept = query.copy()
    kept.pop("before", None)
    return f"{kept.urlencode()}&" if kept else ""


def words(options: type[TextChoices], codes: list[str]) -> list[Text]:
    """Return the labels of codes; a code that is no longer offered stays as it is."""
    labels = dict(options.choices)
    return [labels.get(code, code) for code in codes]


def words_of(mentor: MentorProfile) -> dict[str, Any]:
    """Return in words what a mentor's sheet keeps as codes, and the groups that the mentor has led."""
    levels = dict(choices.Level.choices)
    return {
        "competences": words(choices.Competence, mentor.competences),
        "languages": words(choices.Language, mentor.languages),
        "interests": words(choices.Interest, mentor.interests),
        "motives": words(choices.Motive, mentor.motives),
        "objectives": words(choices.Objective, mentor.objectives),
        "support": words(choices.Support, mentor.support),
        "access": words(choices.Access, mentor.access),
        "levels": [(topic.label, levels.get(mentor.digital_level.get(topic.value))) for topic in choices.Topic],
        "free": free_hours_in_words(mentor.availability),
        "groups": mentor.user.mentored_groups.select_related("cohort").order_by("-opened_at"),
    }


def free_hours_in_words(hours: list[int]) -> list[tuple[Text, str]]:
    """Return the free hours by day, such as ("Monday", "9:00–11:00, 18:00–20:00")."""
    found: list[tuple[Text, str]] = []
    for day in range(7):
        free = sorted(hour % HOURS_OF_DAY for hour in hours if hour // HOURS_OF_DAY == day)
        starts = [hour for hour in free if hour - 1 not in free]
        ends = [hour + 1 for hour in free if hour + 1 not in free]
        if free:
            found.append((WEEKDAYS[day], ", ".join(f"{a}:00–{b}:00" for a, b in zip(starts, ends, strict=True))))
    return found


def graduates_for(user: User) -> QuerySet[User]:
    """Return those who completed a cohort as mentee where ``user`` serves and who are not mentors yet."""
    completed = CohortMembership.objects.filter(
        role=Role.MENTEE,
        state=CohortMembership.State.COMPLETED,
        cohort__organisation__in=organisations_served_by(user),
    )
    return (
        User.objects.filter(pk__in=completed.values("user"))
        .exclude(mentorprofile__entered_at__isnull=False)
        .select_related("graduate_invitation")
        .order_by("last_name", "first_name", "pk")
    )
