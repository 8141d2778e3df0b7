"""The organisation's own questions on sheets: which can count in the pairing, and what people answered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType

from lms.questionnaires.models import Answer as Answered
from lms.questionnaires.models import Question, Version
from mentoring_ext.matching.facts import Answer
from mentoring_ext.matching.models import FurtherFactor
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile
from mentoring_ext.programmes.models import Cohort, Role

USES = {Role.MENTEE: "mentee_sheet", Role.MENTOR: "mentor_sheet"}
KINDS = (*Question.CHOSEN, Question.Kind.COUNTRY, Question.Kind.NUMBER, Question.Kind.TEXT)
"""Kinds of answers that can be compared."""


def questions_for(cohort: Cohort, role: Role) -> list[tuple[str, str]]:
    """Return code and text of the questions that the cohort's organisation asks on this sheet now."""
    asked = Version.objects.published().filter(
        questionnaire__use=USES[role], questionnaire__organisation=cohort.organisation_id
    )
    newest = asked.with_questions().order_by("-published_at", "-number").first()
    if newest is None:
        return []
    sections = newest.sections.all()
    return [(one.code, one.text) for section in sections for one in section.questions.all() if one.kind in KINDS]


def answers_in(
    cohort: Cohort, factors: Sequence[FurtherFactor], sheets: Iterable[MenteeProfile | MentorProfile]
) -> dict[tuple[str, int], dict[str, Answer]]:
    """Return by role and user what people answered, by the factor's name; nothing is asked without factors."""
    if not factors:
        return {}
    found: dict[tuple[str, int], dict[str, Answer]] = {}
    of = {Role.MENTEE: MenteeProfile, Role.MENTOR: MentorProfile}
    everybody = list(sheets)
    for role, model in of.items():
        named = {factor.label: _question(factor, role) for factor in factors}
        owners = {sheet.pk: sheet.user_id for sheet in everybody if isinstance(sheet, model)}
        for owner, told in _told(cohort, role, owners, model, set(named.values())).items():
            found[role, owner] = {label: told[code] for label, code in named.items() if code in told}
    return found


def _question(factor: FurtherFactor, role: Role) -> str:
    return factor.mentee_question if role == Role.MENTEE else factor.mentor_question


def _told(
    cohort: Cohort, role: Role, owners: Mapping[int, int], model: type[Any], codes: set[str]
) -> dict[int, dict[str, Answer]]:
    """Return by user what they told to these questions of the organisation, the newest version last."""
    rows = Answered.objects.filter(
        response__subject_type=ContentType.objects.get_for_model(model),
        response__subject_id__in=list(owners),
        response__version__questionnaire__use=USES[role],
        response__version__questionnaire__organisation=cohort.organisation_id,
        question__code__in=codes,
    ).select_related("response", "question")
    found: dict[int, dict[str, Answer]] = {}
    for row in rows.order_by("response__version__number", "pk"):
        owner = owners[row.response.subject_id]
        answer = _answer(row.value)
        if row.response.respondent_id == owner and answer is not None:
            found.setdefault(owner, {})[row.question.code] = answer
    return found


def _answer(value: Any) -> Answer | None:
    """Return a kept answer as the arithmetic compares it; an empty one is none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return frozenset(map(str, value)) or None
    if isinstance(value, (int, float)):
        return float(value)
    return str(value) if value else None
