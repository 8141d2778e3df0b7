"""A call's applications by stage, and page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from lms.http import number_in
from mentoring_ext.applications.actions import review_plan
from mentoring_ext.applications.forms.filters import FilterForm
from mentoring_ext.applications.models import OPEN_STAGES, Application, ApplicationQuerySet, Call, Stage
from mentoring_ext.applications.reports import Standing, standings_of

SHOWN = 12
"""How many cards a column shows; the rest stands in the list."""
PAGE = 50
ENDS = (Stage.ACCEPTED, Stage.DECLINED, Stage.WITHDRAWN)


@dataclass
class Card:
    """An application with how it was marked, and who is asked to review it."""

    application: Application
    standing: Standing
    reviewers: list[str]

    @property
    def owed(self) -> int:
        """How many scorecards are still to come."""
        if not self.application.is_undecided:
            return 0
        return max(len(self.reviewers) - len(self.standing.own), 0)


@dataclass
class Column:
    """A stage, how many applications stand there, the first of them, and the address of all."""

    stage: Stage
    number: int
    cards: list[Card]
    address: str

    @property
    def is_open(self) -> bool:
        """Whether applications can be moved here."""
        return self.stage in OPEN_STAGES

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.cards)


def columns_of(call: Call, filters: FilterForm, at: datetime) -> list[Column]:
    """Return every stage with its first applications: who waits longest first; five queries."""
    found = filters.narrow(call.applications.confirmed(), at)
    numbers = dict(found.order_by().values_list("stage").annotate(Count("pk")))
    rank = Window(RowNumber(), partition_by=[F("stage")], order_by=[F("applied_at").asc(), F("pk").asc()])
    first = found.annotate(rank=rank).filter(rank__lte=SHOWN).order_by("applied_at", "pk")
    cards = cards_of(call, first)
    return [
        Column(
            stage,
            numbers.get(stage, 0),
            [card for card in cards if card.application.stage == stage],
            filters.address(stage=stage.value),
        )
        for stage in (*OPEN_STAGES, *ENDS)
    ]


def cards_of(call: Call, applications: Iterable[Application] | ApplicationQuerySet) -> list[Card]:
    """Return applications with their marks and reviewers."""
    if isinstance(applications, ApplicationQuerySet):
        applications = applications.with_since().select_related("user").prefetch_related("assignments__user")
    rows = list(applications)
    standings = standings_of([row.pk for row in rows], review_plan(call).large_difference)
    return [Card(row, standings[row.pk], [str(a.user) for a in row.assignments.all()]) for row in rows]


@dataclass
class Page:
    """A page of the list, with the keys from which the newer and the older one go on."""

    cards: list[Card]
    newer: int | None
    older: int | None


def page_of(call: Call, found: ApplicationQuerySet, *, after: str, before: str) -> Page:
    """Return the applications that follow one key or come before another; newest first."""
    backwards = number_in(before) is not None
    key = number_in(before if backwards else after)
    start = call.applications.filter(pk=key or 0).values_list("applied_at", "pk").first()
    order = ("applied_at", "pk") if backwards else ("-applied_at", "-pk")
    if start:
        sign = "gt" if backwards else "lt"
        later = Q(**{f"applied_at__{sign}": start[0]}) | Q(applied_at=start[0], **{f"pk__{sign}": start[1]})
        found = found.filter(later)
    cards = cards_of(call, found.order_by(*order)[: PAGE + 1])
    more, cards = len(cards) > PAGE, cards[:PAGE]
    if backwards:
        cards.reverse()
    newer = cards[0].application.pk if cards and (more if backwards else start) else None
    older = cards[-1].application.pk if cards and (start if backwards else more) else None
    return Page(cards, newer, older)
