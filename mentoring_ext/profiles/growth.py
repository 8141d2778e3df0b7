"""How the mentors' database grows: by origin over time, and what each cohort added."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pygal
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_ext.profiles.models import MentorProfile, MentorProfileQuerySet
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from theme.charts import Drawing, draw

MONTHS_SHOWN = 12
"""With more months than this, the growth is told by quarter, and then by year."""
Origin = MentorProfile.Origin


@dataclass(frozen=True)
class Step:
    """How many mentors of each origin (in the order of ``Origin``) stood in the database at the end of a period."""

    label: str
    counts: tuple[int, ...]
    came: int

    @property
    def total(self) -> int:
        """All mentors at the end of the period."""
        return sum(self.counts)


def steps_of(mentors: MentorProfileQuerySet, today: date) -> list[Step]:
    """Return the growth period by period, from the first mentor until today, in one query."""
    months = mentors.order_by().annotate(month=TruncMonth("entered_at")).values_list("month", "origin")
    came: Counter[tuple[date, str]] = Counter()
    for month, origin, number in months.annotate(Count("pk")):
        came[month.date().replace(day=1), origin] += number
    if not came:
        return []
    every = list(_months(min(month for month, _origin in came), today))
    size = next(size for size in (1, 3, 12, 60, len(every)) if -(-len(every) // size) <= MONTHS_SHOWN)
    return list(_cumulated(every, size, came))


def _months(first: date, last: date) -> Iterable[date]:
    for at in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(at // 12, at % 12 + 1, 1)


def _cumulated(every: list[date], size: int, came: Counter[tuple[date, str]]) -> Iterable[Step]:
    so_far = dict.fromkeys(Origin.values, 0)
    # Periods end with the month of today, so that the last one is whole.
    first = len(every) % size or size
    starts = [0, *range(first, len(every), size)]
    for start, end in zip(starts, [*starts[1:], len(every)], strict=True):
        before = sum(so_far.values())
        for month in every[start:end]:
            for origin in so_far:
                so_far[origin] += came[month, origin]
        counts = tuple(so_far.values())
        yield Step(date_format(every[end - 1], "F Y"), counts, sum(counts) - before)


def chart_of(steps: list[Step]) -> Drawing | None:
    """Draw the growth as stacked bars, one a period; None without mentors."""
    if not steps:
        return None
    chart = pygal.StackedBar(
        css=[],
        js=[],
        width=720,
        height=380,
        show_legend=False,
        show_x_guides=False,
        show_y_guides=False,
        show_y_labels=False,
        print_values=True,
        print_zeroes=False,
        margin=4,
        spacing=12,
        truncate_label=-1,
        value_formatter=lambda value: str(int(value)),
    )
    chart.x_labels = [step.label for step in steps]
    for place, origin in enumerate(Origin):
        chart.add(str(origin.label), [step.counts[place] for step in steps])
    return draw(chart, _("Mentors in the database by origin, over time. The same numbers stand in the table."))


@dataclass(frozen=True)
class CohortGrowth:
    """What a cohort gave to the database: mentees who completed, and those of them who became mentors."""

    cohort: Cohort
    completed: int
    became_mentors: int


def cohorts_of(organisations: set[int] | None) -> list[CohortGrowth]:
    """Return the cohorts of these organisations (None: of all) with mentees who completed, newest first."""
    graduates = Q(user__mentorprofile__origin=Origin.GRADUATE, user__mentorprofile__entered_at__isnull=False)
    done = CohortMembership.objects.filter(role=Role.MENTEE, state=CohortMembership.State.COMPLETED)
    if organisations is not None:
        done = done.filter(cohort__organisation__in=organisations)
    rows = done.order_by().values("cohort").annotate(all=Count("pk"), mentors=Count("pk", filter=graduates))
    counted = {row["cohort"]: row for row in rows}
    cohorts = Cohort.objects.filter(pk__in=counted).order_by("-starts_on", "-pk")
    return [CohortGrowth(found, counted[found.pk]["all"], counted[found.pk]["mentors"]) for found in cohorts]
