"""What evaluations say, as evidence for the circle: a row for each aspect, and a row for each thing somebody wrote."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.plugins import EvidenceRow
from mentoring_ext.evaluation.models import EvaluationRound
from mentoring_ext.evaluation.reports import AspectFigures, RoundFigures, figures_of, names_in
from mentoring_ext.programmes.models import Role


def rows_for(cohort_ids: Sequence[int]) -> Iterator[EvidenceRow]:
    """Yield the figures and the quotes of these cohorts' evaluations."""
    names = names_in(cohort_ids)
    rounds = EvaluationRound.objects.filter(cohort__in=cohort_ids).select_related("cohort", "version__questionnaire")
    for found in rounds:
        figures = figures_of(found, names[found.cohort_id])
        for aspect in figures.aspects:
            yield from _rows_about(figures, aspect)


def _rows_about(figures: RoundFigures, aspect: AspectFigures) -> Iterator[EvidenceRow]:
    found = figures.round
    url = reverse("mentoring_evaluation:result_detail", args=[found.cohort_id])
    if aspect.answers:
        yield EvidenceRow(
            key=f"evaluation:{found.pk}:{aspect.aspect}",
            title=_figure_title(found, aspect),
            quote="",
            aspect=aspect.aspect,
            at=found.opened_at,
            url=url,
            strength=aspect.strength,
            people=aspect.people,
            cohort_id=found.cohort_id,
            author_ids=_known(aspect.respondents),
        )
    for quote in aspect.quotes:
        yield EvidenceRow(
            key=f"evaluation-text:{quote.answer_id}",
            title=quote.question,
            quote=quote.text,
            aspect=aspect.aspect,
            at=found.opened_at,
            url=url,
            cohort_id=found.cohort_id,
            author_ids=_known({quote.respondent_id}),
        )


def _figure_title(found: EvaluationRound, aspect: AspectFigures) -> str:
    said = _("Mentors: %(mean).1f out of 5") if found.role == Role.MENTOR else _("Mentees: %(mean).1f out of 5")
    return said % {"mean": aspect.mean}


def _known(people: set[int | None]) -> tuple[int, ...]:
    return tuple(sorted(person for person in people if person is not None))
