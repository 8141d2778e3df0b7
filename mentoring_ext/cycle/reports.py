"""The circle in numbers: what stands at each of its stations."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring_ext.cycle.models import ContentProposal
from mentoring_ext.evaluation.models import EvaluationRound
from mentoring_ext.evaluation.reports import responses_in
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices.models import Practice
from mentoring_ext.programmes.models import Cohort, Requirement
from mentoring_ext.sessions.models import Session


@dataclass(frozen=True)
class Station:
    """One station of the circle: its name, what happens there, and what is counted there.

    ``number`` is None for those who may not see the numbers.
    """

    code: str
    icon: str
    label: str | Promise
    text: str | Promise
    unit: str | Promise
    number: int | None = None


STATIONS = (
    Station(
        "training",
        "graduation-cap",
        _("Training"),
        _("Mentors and mentees learn what they need before they meet."),
        _("lessons asked for"),
    ),
    Station(
        "pairing",
        "puzzle",
        _("Pairing"),
        _("One mentor and up to three mentees become a group."),
        _("groups"),
    ),
    Station(
        "mentoring",
        "messages-square",
        _("Mentoring"),
        _("The group meets, works towards its goals and writes down what it did."),
        _("sessions held"),
    ),
    Station(
        "evaluation",
        "clipboard-check",
        _("Evaluation"),
        _("Both sides say how it went, by six aspects."),
        _("evaluations handed in"),
    ),
    Station(
        "practice",
        "lightbulb",
        _("Good practice"),
        _("What worked is written down, so that others can use it."),
        _("practices published"),
    ),
    Station(
        "lesson",
        "sprout",
        _("New training"),
        _("What was weak becomes a new lesson for the next cohort."),
        _("lessons out of evidence"),
    ),
)
"""The stations in the order of the circle; the last leads back to the first."""


def stations_of(cohorts: QuerySet[Cohort]) -> list[Station]:
    """Return the stations with the numbers of these cohorts, in one query a station."""
    numbers = {
        "training": Requirement.objects.filter(cohort__in=cohorts).values("activity").distinct().count(),
        "pairing": MentoringGroup.objects.filter(cohort__in=cohorts).count(),
        "mentoring": Session.objects.filter(group__cohort__in=cohorts, state=Session.State.HELD).count(),
        "evaluation": responses_in(EvaluationRound.objects.filter(cohort__in=cohorts)).count(),
        "practice": Practice.objects.published().filter(group__cohort__in=cohorts).count(),
        "lesson": ContentProposal.objects.turned_into_lessons().filter(cohort__in=cohorts).count(),
    }
    return [replace(station, number=numbers[station.code]) for station in STATIONS]
