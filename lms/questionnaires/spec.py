"""A questionnaire written down as YAML, read into plain data; knows no database.

*Shape of the file*::

    slug: final-evaluation-mentee
    number: 1
    title: …
    purpose: …
    seen_by: …
    scales: {agreement: [worst, …, best]}
    sections:
      - title: …
        text: …
        questions:
          - {code: listens, kind: scale, options: agreement, aspect: capability, text: …}
          - {code: tools, kind: choice, options: [[chat, Chat], [forum, Forum]], text: …}
          - {code: why, kind: long_text, text: …, only_if: tools, only_if_answers: [chat]}

``use: application_external`` at the top ties it to what it is composed for, ``field: cv`` a question to a typed column.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class QuestionSpec:
    """What a question will be; the fields are those of the model ``Question``."""

    code: str
    kind: str
    text: str
    help: str = ""
    required: bool = True
    options: Sequence[Any] = ()
    aspect: str = ""
    competence: str = ""
    minimum: float | None = None
    maximum: float | None = None
    field: str = ""
    only_if: str = ""
    only_if_answers: Sequence[str] = ()


@dataclass(frozen=True)
class SectionSpec:
    """A headed part with its questions, in order."""

    title: str
    questions: Sequence[QuestionSpec]
    text: str = ""
    only_if: str = ""
    only_if_answers: Sequence[str] = ()


@dataclass(frozen=True)
class QuestionnaireSpec:
    """A whole questionnaire in one numbered version."""

    slug: str
    number: int
    title: str
    sections: Sequence[SectionSpec]
    purpose: str = ""
    seen_by: str = ""
    use: str = ""
    scales: Mapping[str, Sequence[str]] = field(default_factory=dict)


def fingerprint(spec: SectionSpec | QuestionSpec) -> str:
    """Return a short text that changes whenever the thing changes."""
    return sha256(repr(spec).encode()).hexdigest()[:16]


def read_spec(path: Path) -> QuestionnaireSpec:
    """Read the YAML file; raises ``TypeError`` for an unknown key and ``KeyError`` for an unknown scale."""
    return _read(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def _read(text: str) -> QuestionnaireSpec:
    # Reading YAML takes a tenth of a second, and the same few files are asked for with each new evaluation.
    raw = yaml.safe_load(text)
    scales = raw.get("scales", {})
    sections = [_section(section, scales) for section in raw.pop("sections")]
    return QuestionnaireSpec(sections=sections, **raw)


def _section(raw: dict[str, Any], scales: Mapping[str, Sequence[str]]) -> SectionSpec:
    questions = [_question(question, scales) for question in raw.pop("questions")]
    return SectionSpec(questions=questions, **raw)


def _question(raw: dict[str, Any], scales: Mapping[str, Sequence[str]]) -> QuestionSpec:
    options = raw.get("options", [])
    return QuestionSpec(**raw | {"options": scales[options] if isinstance(options, str) else options})


def codes_used_twice(sections: Sequence[SectionSpec]) -> list[str]:
    """Return the codes that stand for more than one question; exports need every code once."""
    counted = Counter(question.code for section in sections for question in section.questions)
    return sorted(code for code, times in counted.items() if times > 1)


def questions_without_options(sections: Sequence[SectionSpec]) -> list[str]:
    """Return the codes of scales and choices that offer fewer than two answers; standard fields bring their own."""
    offered = {"scale", "choice", "choices", "select"}
    questions = [question for section in sections for question in section.questions if not question.field]
    return [question.code for question in questions if question.kind in offered and len(question.options) < 2]


def broken_conditions(sections: Sequence[SectionSpec]) -> list[str]:
    """Return the titles and codes of what is shown only after an answer that nobody can give before it.

    A condition needs an earlier question with fixed answers, and one of its answers.
    """
    offered: dict[str, set[str]] = {}
    broken = []
    for section in sections:
        broken += [section.title] if _cannot_hold(section, offered) else []
        for question in section.questions:
            broken += [question.code] if _cannot_hold(question, offered) else []
            offered[question.code] = answers_offered(question)
    return broken


def _cannot_hold(thing: SectionSpec | QuestionSpec, offered: Mapping[str, set[str]]) -> bool:
    return bool(thing.only_if) and offered.get(thing.only_if, set()).isdisjoint(thing.only_if_answers)


def answers_offered(question: QuestionSpec) -> set[str]:
    """Return the codes of the answers that a question offers; none for a question that is answered freely."""
    if question.kind == "yes_no":
        return {"yes", "no"}
    if question.kind == "scale":
        return {str(step) for step in range(1, len(question.options) + 1)}
    return (
        {str(code) for code, _text in question.options} if question.kind in {"choice", "choices", "select"} else set()
    )
