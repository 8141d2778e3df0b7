"""What forms are composed for, and where questions and evidence go."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Model

from lms.plugins.point import HookPoint, Text

if TYPE_CHECKING:
    from lms.people.models import User


@dataclass(frozen=True)
class TypedField:
    """A field that the system computes with; a composed form may place it, word it and ask for it.

    ``name`` is the column; ``kind`` one of ``Question.Kind``; ``choices`` the pairs of code and words where it has
    some; a ``fixed`` field can be moved and worded, but neither left out nor made optional.
    """

    name: str
    label: Text
    kind: str
    choices: Sequence[tuple[str, Text]] = ()
    fixed: bool = False


@dataclass(frozen=True)
class QuestionnaireUse:
    """What a questionnaire can be composed for: the typed fields it may place, and who composes it.

    ``may_compose`` is asked with the person and the organisation whose questionnaire it is. ``templates`` are the YAML
    files (``lms.questionnaires.spec``) that a new one can begin with.
    """

    name: str
    label: Text
    text: Text
    fields: Sequence[TypedField]
    may_compose: Callable[["User", Model], bool]
    templates: Sequence[Path] = ()


@dataclass(frozen=True)
class QuestionTaker:
    """Takes a question that came up somewhere, asked by a person with a title and a text, and answers its address."""

    name: str
    take: Callable[["User", str, str, datetime], str]


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence for the circle.

    ``aspect`` is a code of the evaluation's aspects or empty; ``competence`` a competence code or empty;
    ``strength`` runs from 0 (bad) to 1 (good), None when it only tells; ``quote`` is already free of names;
    ``key`` (source name and primary key) finds the row again when a proposal cites it.
    """

    key: str
    title: Text
    quote: str
    aspect: str
    at: datetime
    url: str = ""
    competence: str = ""
    strength: float | None = None
    people: int = 1
    cohort_id: int | None = None
    author_ids: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class EvidenceSource:
    """Turns answers, questions, practices or observations of some cohorts into rows of evidence."""

    name: str
    label: Text
    icon: str
    rows_for: Callable[[Sequence[int]], Iterable[EvidenceRow]]


QUESTIONNAIRE_USES = HookPoint("register_questionnaire_uses", QuestionnaireUse, "What forms are composed for.")
QUESTION_TAKERS = HookPoint("register_question_takers", QuestionTaker, "Where questions go that come up elsewhere.")
EVIDENCE_SOURCES = HookPoint("register_evidence_sources", EvidenceSource, "Evidence for the circle.")
