"""What is different between two versions of a form, in words; knows no database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.questionnaires.spec import QuestionSpec, SectionSpec

WORDS: dict[str, str | Promise] = {
    "kind": _("kind of answer"),
    "text": _("words"),
    "help": _("help"),
    "required": _("whether it must be answered"),
    "options": _("answers to choose from"),
    "minimum": _("smallest number"),
    "maximum": _("largest number"),
    "only_if": _("when it is shown"),
    "only_if_answers": _("when it is shown"),
}


@dataclass(frozen=True)
class Change:
    """One difference: ``what`` happened ("added", "removed", "changed", "moved") to which question, and the details."""

    what: str
    text: str
    details: tuple[str, ...] = ()


def changes_between(old: Sequence[SectionSpec], new: Sequence[SectionSpec]) -> list[Change]:
    """Return what was added, removed, changed and moved since ``old``; questions are told by their codes."""
    before, after = _by_code(old), _by_code(new)
    added = [Change("added", q.text) for code, (q, _place) in after.items() if code not in before]
    removed = [Change("removed", q.text) for code, (q, _place) in before.items() if code not in after]
    both = [code for code in after if code in before]
    changed = [change for code in both for change in _changed(before[code][0], after[code][0])]
    return added + removed + changed + list(_moved(before, after, both)) + list(_headings(old, new))


Placed = dict[str, tuple[QuestionSpec, str]]


def _by_code(sections: Sequence[SectionSpec]) -> Placed:
    return {question.code: (question, section.title) for section in sections for question in section.questions}


def _changed(old: QuestionSpec, new: QuestionSpec) -> Iterator[Change]:
    names = [field.name for field in fields(new) if field.name in WORDS]
    different = [str(WORDS[name]) for name in names if _plain(getattr(old, name)) != _plain(getattr(new, name))]
    if different:
        yield Change("changed", new.text, tuple(dict.fromkeys(different)))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, (list, tuple)) else value


def _moved(before: Placed, after: Placed, both: Sequence[str]) -> Iterator[Change]:
    """Yield those that changed their section, or stand before one that they stood behind."""
    order = [code for code in before if code in after]
    for code in both:
        neighbour = order[order.index(code) - 1] if order.index(code) else ""
        now = both[both.index(code) - 1] if both.index(code) else ""
        if neighbour != now:
            yield Change("moved", after[code][0].text)


def _headings(old: Sequence[SectionSpec], new: Sequence[SectionSpec]) -> Iterator[Change]:
    before = {section.title for section in old}
    after = {section.title for section in new}
    yield from (Change("added", section.title) for section in new if section.title not in before)
    yield from (Change("removed", section.title) for section in old if section.title not in after)
