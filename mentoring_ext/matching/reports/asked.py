"""What people of a cohort were asked about their sheets, and have not answered."""

from dataclasses import dataclass

from mentoring_ext.matching.models import SheetQuestion
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.words import hours_in_words
from mentoring_ext.programmes.models import Cohort


@dataclass(frozen=True)
class Asked:
    """A question that waits; ``hours`` are those that are asked for, in words."""

    question: SheetQuestion
    hours: str


def asked_in(cohort: Cohort) -> list[Asked]:
    """Return the questions that wait for an answer, in one query."""
    waiting = SheetQuestion.objects.filter(cohort=cohort).waiting().select_related("person")
    found = by_number(waiting, lambda question: question.person_id)
    return [Asked(question, hours_in_words(question.hours)) for question in found]
