"""Figures of calls: how reviewers marked, and the selection report."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.people.countries import country_name
from mentoring_ext.applications.models import (
    Application,
    Call,
    Criterion,
    Decision,
    Score,
    Scorecard,
    SelectionGuide,
    SelectionReport,
    Stage,
)
from mentoring_ext.applications.scoring import difference, mean
from mentoring_ext.programmes.models import Cohort


def selection_report_closed(cohort: Cohort) -> bool:
    """Return whether every call of the cohort that somebody applied to has its selection report closed.

    False for a cohort without such a call: there is no report then.
    """
    applied = Call.objects.filter(cohort=cohort, applications__in=Application.objects.confirmed()).distinct()
    return applied.exists() and not applied.exclude(selection_report__closed_at__isnull=False).exists()


@dataclass
class Card:
    """A handed-in scorecard: whose it is, its total, and the marks by the criterion's key."""

    reviewer: str
    agreed: bool
    total: float
    comment: str
    marks: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)


@dataclass
class Standing:
    """How an application was marked so far."""

    cards: list[Card] = field(default_factory=list)
    large_from: int = 2

    @property
    def own(self) -> list[Card]:
        """The cards of single reviewers."""
        return [card for card in self.cards if not card.agreed]

    @property
    def agreed(self) -> Card | None:
        """The card on which they agreed."""
        return next((card for card in self.cards if card.agreed), None)

    @property
    def mean(self) -> float | None:
        """The mean of the reviewers' totals."""
        return mean(card.total for card in self.own)

    @property
    def score(self) -> float | None:
        """What counts: the agreed total, else the mean."""
        return self.agreed.total if self.agreed else self.mean

    def difference_in(self, criterion: int) -> int | None:
        """Return how far the reviewers are apart in a criterion."""
        return difference(card.marks[criterion] for card in self.own if criterion in card.marks)

    @property
    def difference(self) -> int | None:
        """The largest difference over all criteria."""
        criteria = {criterion for card in self.own for criterion in card.marks}
        found = [apart for criterion in criteria if (apart := self.difference_in(criterion)) is not None]
        return max(found, default=None)

    @property
    def to_agree(self) -> bool:
        """Whether the difference is large and nobody has agreed yet."""
        return self.agreed is None and (self.difference or 0) >= self.large_from


def standings_of(applications: Iterable[int], large_from: int) -> dict[int, Standing]:
    """Return how each application was marked, by its key; two queries."""
    found = {pk: Standing(large_from=large_from) for pk in applications}
    cards: dict[int, Card] = {}
    for card in Scorecard.objects.handed_in().filter(application__in=list(found)).select_related("reviewer"):
        cards[card.pk] = Card(str(card.reviewer or _("erased")), card.agreed, card.total or 0.0, card.comment)
        found[card.application_id].cards.append(cards[card.pk])
    for score in Score.objects.filter(scorecard__in=list(cards), value__isnull=False):
        cards[score.scorecard_id].marks[score.criterion_id] = score.value or 0
        cards[score.scorecard_id].reasons[score.criterion_id] = score.comment
    return found


def compile_selection(report: SelectionReport, guide: SelectionGuide) -> dict[str, Any]:
    """Return the selection report of a call as plain data for JSON: words, criteria, figures, a row an applicant."""
    call = report.call
    found = call.applications.confirmed().select_related("user", "decision__actor").order_by("applied_at", "pk")
    applications = list(found)
    criteria = list(Criterion.objects.filter(call=call))
    standings = standings_of([application.pk for application in applications], 2)
    rows = [
        _row(number, application, standings[application.pk], criteria, with_name=report.with_names)
        for number, application in enumerate(applications, start=1)
    ]
    return {
        "call": call.title,
        "cohort": str(call.cohort),
        "organisation": str(call.organisation),
        "opens_on": date_format(call.opens_on, "j F Y"),
        "closes_on": date_format(call.closes_on, "j F Y"),
        "introduction": guide.introduction,
        "guidelines": guide.guidelines,
        "remarks": report.remarks,
        "with_names": report.with_names,
        "criteria": [{"name": row.name, "text": row.text, "weight": row.weight} for row in criteria],
        "figures": figures_of(applications, call),
        "rows": rows,
    }


def figures_of(applications: list[Application], call: Call) -> dict[str, Any]:
    """Return how many applied, by stage, origin and country, each as pairs of word and number."""
    stages = Counter(application.stage for application in applications)
    at_home = sum(1 for row in applications if row.user and row.user.organisation_id == call.organisation_id)
    countries = Counter(country_name(application.country) for application in applications if application.country)
    return {
        "applied": len(applications),
        "stages": [[str(stage.label), stages[stage]] for stage in Stage if stages[stage]],
        "origins": [[_("in-house staff"), at_home], [_("external"), len(applications) - at_home]],
        "countries": [[name, number] for name, number in countries.most_common()],
    }


def _row(
    number: int, application: Application, standing: Standing, criteria: list[Criterion], *, with_name: bool
) -> dict[str, Any]:
    decision: Decision | None = getattr(application, "decision", None)
    return {
        "number": number,
        "application": application.pk,
        "name": str(application).strip() if with_name else "",
        "stage": application.get_stage_display(),
        "cards": [_card(card, criteria) for card in standing.cards],
        "mean": _rounded(standing.mean),
        "score": _rounded(standing.score),
        "difference": standing.difference,
        "reason": _reason(application, decision),
        "decided_by": str(decision.actor or _("erased")) if decision else "",
        "decided_on": date_format(timezone.localtime(decision.at), "j F Y") if decision else "",
    }


def _card(card: Card, criteria: list[Criterion]) -> dict[str, Any]:
    marks = [card.marks.get(criterion.pk) for criterion in criteria]
    return {"reviewer": card.reviewer, "agreed": card.agreed, "total": _rounded(card.total), "marks": marks}


def _reason(application: Application, decision: Decision | None) -> str:
    return (decision.reason if decision else "") or application.answer


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
