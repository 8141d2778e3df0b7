"""What the composing page shows of a version: sections, questions, their conditions in words, and what does not fit."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lms.plugins import TypedField
from lms.questionnaires.models import Question, Section, Version
from lms.questionnaires.spec import QuestionSpec, answers_offered
from lms.questionnaires.uses import typed_fields_of


@dataclass(frozen=True)
class QuestionRow:
    """A question in the list: ``condition`` and ``warning`` are sentences or empty."""

    question: Question
    typed: TypedField | None
    condition: str
    warning: str
    first: bool = False
    last: bool = False

    @property
    def kind(self) -> str:
        """The kind of answer in words."""
        return str(Question.Kind(self.question.kind).label)


@dataclass(frozen=True)
class SectionRow:
    """A section in the list with its questions."""

    section: Section
    rows: list[QuestionRow]
    condition: str
    warning: str
    has_fixed: bool = False


@dataclass
class Composer:
    """A version as its composer sees it."""

    version: Version
    sections: list[SectionRow] = field(default_factory=list)
    to_place: list[TypedField] = field(default_factory=list)

    def __init__(self, version: Version) -> None:
        self.version = version
        self._typed = typed_fields_of(version.questionnaire.use)
        self._asked: dict[str, Question] = {}
        self._everything = list(version.sections.all())
        self._codes = [question.code for section in self._everything for question in section.questions.all()]
        self.sections = [self._section(section) for section in self._everything]
        placed = {question.field for question in self._asked.values()}
        self.to_place = [typed for typed in self._typed.values() if typed.name not in placed]

    @property
    def problems(self) -> int:
        """How many things do not fit together yet."""
        rows = [row.warning for section in self.sections for row in section.rows]
        return sum(1 for warning in [*rows, *(section.warning for section in self.sections)] if warning)

    @property
    def missing(self) -> list[TypedField]:
        """The standard fields that must be asked and are not."""
        return [typed for typed in self.to_place if typed.fixed]

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self._codes)

    def _section(self, section: Section) -> SectionRow:
        condition, warning = self._when(section)
        rows = [self._question(question) for question in section.questions.all()]
        fixed = any(row.typed and row.typed.fixed for row in rows)
        return SectionRow(section, rows, condition, warning, fixed)

    def _question(self, question: Question) -> QuestionRow:
        condition, warning = self._when(question)
        self._asked[question.code] = question
        first, last = question.code == self._codes[0], question.code == self._codes[-1]
        return QuestionRow(question, self._typed.get(question.field), condition, warning, first, last)

    def _when(self, thing: Section | Question) -> tuple[str, str]:
        """Return the condition and the warning in words; the questions before it are known by now."""
        if not thing.only_if:
            return "", ""
        asked = self._asked.get(thing.only_if)
        if asked is None or _offered(asked).isdisjoint(thing.only_if_answers):
            return "", _(
                "This waits for an answer that nobody can give before it. Move it, or change when it is shown."
            )
        texts = dict(asked.choices)
        answers = _(" or ").join(f"“{texts.get(code, code)}”" for code in thing.only_if_answers)
        words = {"answers": answers, "question": asked.text}
        return _("Only after %(answers)s to “%(question)s”") % words, ""


def _offered(question: Question) -> set[str]:
    return answers_offered(QuestionSpec(question.code, question.kind, "", options=question.options))
