"""What a cohort says of its mentoring, in figures and in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from lms.questionnaires.models import Answer, Question, Response, ResponseQuerySet
from lms.text.hide_names import hide_names, names_of
from mentoring_ext.evaluation.models import SELF, Aspect, EvaluationRound, Moment
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

STEPS = 5


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, without names; ``answer_id`` finds the answer again."""

    answer_id: int
    respondent_id: int | None
    question: str
    text: str


@dataclass
class AspectFigures:
    """What one role says about one aspect.

    ``counts`` has the number of answers on each of the five steps, worst first. ``strength`` runs from 0 to 1.
    """

    aspect: Aspect
    counts: list[int] = field(default_factory=lambda: [0] * STEPS)
    total: float = 0.0
    respondents: set[int | None] = field(default_factory=set)
    quotes: list[Quote] = field(default_factory=list)

    def add(self, strength: float, respondent_id: int | None) -> None:
        """Count one answer on a scale; ``strength`` runs from 0 to 1."""
        self.counts[round(strength * (STEPS - 1))] += 1
        self.total += strength
        self.respondents.add(respondent_id)

    @property
    def label(self) -> str:
        return str(self.aspect.label)

    @property
    def answers(self) -> int:
        """The number of answers on scales."""
        return sum(self.counts)

    @property
    def people(self) -> int:
        """The number of people who answered a scale."""
        return len(self.respondents)

    @property
    def strength(self) -> float | None:
        """The mean of all answers from 0 (worst) to 1 (best); None without answers."""
        return self.total / self.answers if self.answers else None

    @property
    def mean(self) -> float | None:
        """The mean in steps, from 1 (worst) to 5 (best)."""
        return None if self.strength is None else 1 + self.strength * (STEPS - 1)


@dataclass(frozen=True)
class TableRow:
    """One aspect as a row of the table: how many answered on each step, in the scale's words."""

    label: str
    steps: list[tuple[str, int]]
    people: int
    mean: float | None
    is_weakest: bool


@dataclass(frozen=True)
class RoundFigures:
    """What one round brought: aspects with the weakest first, how many people answered and in how many forms."""

    round: EvaluationRound
    aspects: list[AspectFigures]
    steps: Sequence[str]
    people: int
    handed_in: int

    @property
    def title(self) -> str:
        """The heading above what this role says."""
        titles = {Role.MENTOR: _("What the mentors say"), Role.MENTEE: _("What the mentees say")}
        return titles.get(Role(self.round.role), self.round.get_role_display())

    @property
    def rows(self) -> list[TableRow]:
        """The aspects that were measured, the weakest first."""
        measured = [aspect for aspect in self.aspects if aspect.answers]
        return [
            TableRow(
                aspect.label,
                list(zip(map(str, self.steps), aspect.counts, strict=True)),
                aspect.people,
                aspect.mean,
                is_weakest=aspect is measured[0] and len(measured) > 1,
            )
            for aspect in measured
        ]


def responses_in(rounds: Iterable[EvaluationRound]) -> ResponseQuerySet:
    """Return what was handed in for these rounds, which are of one cohort or of several."""
    rounds = list(rounds)
    pairs = GroupMember.objects.filter(group__cohort__in={found.cohort_id for found in rounds})
    return Response.objects.submitted().filter(
        version__in={found.version_id for found in rounds},
        subject_type=ContentType.objects.get_for_model(GroupMember),
        subject_id__in=pairs.values("pk"),
    )


def figures_of(found: EvaluationRound, names: Sequence[str]) -> RoundFigures:
    """Count one round; quotes lose the ``names``."""
    responses = list(responses_in([found]))
    figures = {aspect: AspectFigures(aspect) for aspect in Aspect}
    answers = Answer.objects.filter(response__in=responses).select_related("question", "response").order_by("pk")
    steps: Sequence[str] = [str(step) for step in range(1, STEPS + 1)]
    for answer in answers:
        _count(figures, answer, names)
        if answer.question.kind == Question.Kind.SCALE and len(answer.question.options) == STEPS:
            steps = answer.question.options
    said = [aspect for aspect in figures.values() if aspect.answers or aspect.quotes]
    people = {response.respondent_id for response in responses}
    return RoundFigures(found, sorted(said, key=_weakest_first), steps, len(people), len(responses))


def _count(figures: dict[Aspect, AspectFigures], answer: Answer, names: Sequence[str]) -> None:
    question = answer.question
    if question.aspect == SELF:
        return
    about = figures[_aspect_of(question)]
    strength = _strength_of(answer)
    if strength is not None:
        about.add(strength, answer.response.respondent_id)
    elif question.kind in {Question.Kind.TEXT, Question.Kind.LONG_TEXT} and answer.value:
        text = hide_names(str(answer.value), names)
        about.quotes.append(Quote(answer.pk, answer.response.respondent_id, question.text, text))


def _aspect_of(question: Question) -> Aspect:
    return Aspect(question.aspect) if question.aspect in Aspect.values else Aspect.OTHER


def _strength_of(answer: Answer) -> float | None:
    """Return an answer on a scale from 0 (worst) to 1 (best); None for other answers."""
    steps = len(answer.question.options)
    if answer.question.kind != Question.Kind.SCALE or not isinstance(answer.value, int) or steps < 2:
        return None
    return (answer.value - 1) / (steps - 1)


def _weakest_first(figures: AspectFigures) -> tuple[bool, float]:
    return (figures.strength is None, figures.strength or 0.0)


def results_of(cohort: Cohort) -> list[RoundFigures]:
    """Return what mentees and mentors of a cohort say, one entry a round."""
    rounds = cohort.evaluation_rounds.select_related("version__questionnaire", "cohort").order_by("role")
    names = names_in([cohort.pk])
    return [figures_of(found, names[cohort.pk]) for found in rounds]


def names_in(cohort_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return, for each cohort, the names of everybody who takes or took part."""
    people: dict[int, list[tuple[str, str]]] = defaultdict(list)
    memberships = CohortMembership.objects.filter(cohort__in=cohort_ids)
    for cohort, first, last in memberships.values_list("cohort", "user__first_name", "user__last_name"):
        people[cohort].append((first, last))
    return {cohort: names_of(people[cohort]) for cohort in cohort_ids}


@dataclass(frozen=True)
class AnsweredPart:
    """One section of a questionnaire with the questions and the words of the answers."""

    title: str
    lines: list[tuple[str, str]]


def read_answers(response: Response) -> list[AnsweredPart]:
    """Return a person's own answers, section by section, in four queries."""
    answers = {answer.question_id: answer for answer in response.answers.select_related("question")}
    sections = response.version.sections.prefetch_related("questions")
    return [
        AnsweredPart(section.title, [(q.text, answers[q.pk].words) for q in section.questions.all() if q.pk in answers])
        for section in sections
    ]


@dataclass(frozen=True)
class Growth:
    """One question of the first session and of the last evaluation: both answers in words, and from 0 to 1."""

    question: str
    start: str
    end: str
    change: float

    @property
    def has_grown(self) -> bool:
        return self.change > 0

    @property
    def has_fallen(self) -> bool:
        return self.change < 0


@dataclass(frozen=True)
class AspectGrowth:
    """The questions of one aspect that were asked twice; ``start`` and ``end`` are its figures then and now."""

    start: AspectFigures
    end: AspectFigures
    lines: list[Growth]

    @property
    def label(self) -> str:
        return self.start.label


def growth_between(start: Response, end: Response) -> list[AspectGrowth]:
    """Compare what was asked on scales at the start and again, under the same code, at the end; in two queries.

    The aspect is the one of the start. What was asked only once is left out, so nothing of the last evaluation shows
    that the first session did not ask.
    """
    before, after = _scales_of(start), _scales_of(end)
    found: dict[Aspect, AspectGrowth] = {}
    for code in (code for code in before if code in after):
        aspect = _aspect_of(before[code].question)
        growth = found.setdefault(aspect, AspectGrowth(AspectFigures(aspect), AspectFigures(aspect), []))
        growth.lines.append(_growth_of(growth, before[code], after[code]))
    return list(found.values())


def _scales_of(response: Response) -> Mapping[str, Answer]:
    answers = response.answers.select_related("question").order_by("question__section__order", "question__order")
    return {answer.question.code: answer for answer in answers if _strength_of(answer) is not None}


def _growth_of(growth: AspectGrowth, before: Answer, after: Answer) -> Growth:
    first, last = _strength_of(before) or 0.0, _strength_of(after) or 0.0
    growth.start.add(first, before.response_id)
    growth.end.add(last, after.response_id)
    return Growth(before.question.text, before.words, after.words, last - first)


def final_evaluation_of(pair: GroupMember) -> Response | None:
    """Return what the mentee of the pair handed in after the last session, or None before that."""
    rounds = EvaluationRound.objects.filter(cohort=pair.group.cohort_id, role=Role.MENTEE, moment=Moment.FINAL)
    given = Response.objects.submitted().about(pair).filter(respondent=pair.user_id)
    return given.filter(version__in=rounds.values("version")).order_by("-submitted_at").first()
