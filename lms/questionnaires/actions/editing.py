"""Changing one thing of the version that is being composed.

Every deed locks the version, so that two people who compose at once lose nothing: each changes the newest state.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import User
from lms.questionnaires import errors
from lms.questionnaires.actions.composing import columns_of, question_spec, section_spec
from lms.questionnaires.models import Question, Section, Version
from lms.questionnaires.spec import QuestionSpec, SectionSpec, fingerprint
from lms.questionnaires.uses import typed_fields_of


def _open(version: Version) -> Version:
    """Lock the version; raises ``VersionPublished``."""
    locked = Version.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=version.pk)
    if locked.published_at:
        raise errors.VersionPublished
    return locked


def _close(version: Version, actor: User, at: datetime) -> None:
    version.changed_at, version.changed_by = at, actor
    version.save(update_fields=["changed_at", "changed_by", "removed"])
    record("changed", version, actor=actor, context=version.questionnaire, at=at)


@transaction.atomic
def add_section(version: Version, *, actor: User, content: SectionSpec, at: datetime) -> Section:
    """Add a section at the end. Raises ``VersionPublished``."""
    version = _open(version)
    section = Section.objects.create(version=version, order=version.sections.count(), **columns_of(content))
    _close(version, actor, at)
    return section


@transaction.atomic
def change_section(section: Section, *, actor: User, content: SectionSpec, seen: str, at: datetime) -> Section:
    """Change a section's words and condition.

    Raises ``VersionPublished``, ``ChangedMeanwhile`` when ``seen`` is not its fingerprint any more, and
    ``StandardFieldStays`` when a condition would hide a standard field that must be asked.
    """
    version = _open(section.version)
    section = version.sections.get(pk=section.pk)
    _check_seen(section_spec(section), seen, version)
    if content.only_if and _fixed_in(section):
        raise errors.StandardFieldStays(
            _("A section with a fixed standard field is always shown. Move the field first.")
        )
    _write(section, content)
    _close(version, actor, at)
    return section


@transaction.atomic
def add_question(section: Section, *, actor: User, content: QuestionSpec, at: datetime) -> Question:
    """Add a question at the end of a section, with a code of its own. Raises ``VersionPublished``."""
    version = _open(section.version)
    content = replace(content, code=_free_code(version, content.code or content.text), field="")
    question = Question.objects.create(section=section, order=section.questions.count(), **columns_of(content))
    _close(version, actor, at)
    return question


@transaction.atomic
def change_question(question: Question, *, actor: User, content: QuestionSpec, seen: str, at: datetime) -> Question:
    """Change what a question asks; its code stays, and so does the standard field that it fills.

    Raises ``VersionPublished``, ``ChangedMeanwhile`` and ``StandardFieldStays``.
    """
    version = _open(question.section.version)
    question = Question.objects.get(pk=question.pk, section__version=version)
    _check_seen(question_spec(question), seen, version)
    if is_fixed(question, version) and (content.only_if or not content.required):
        raise errors.StandardFieldStays
    _write(question, replace(content, code=question.code, field=question.field))
    _close(version, actor, at)
    return question


def _write(thing: Section | Question, content: SectionSpec | QuestionSpec) -> None:
    for name, value in columns_of(content).items():
        setattr(thing, name, value)
    thing.save()


def _check_seen(now: SectionSpec | QuestionSpec, seen: str, version: Version) -> None:
    if seen == fingerprint(now):
        return
    when = date_format(localtime(version.changed_at), "H:i") if version.changed_at else ""
    raise errors.ChangedMeanwhile(
        _("%(person)s changed this at %(time)s, while you were writing. Compare, then save once more to keep yours.")
        % {"person": version.changed_by or _("Somebody"), "time": when}
    )


@transaction.atomic
def copy_question(question: Question, *, actor: User, at: datetime) -> Question:
    """Put a copy behind a question; a copy of a standard field is an ordinary question.

    Raises ``VersionPublished``.
    """
    version = _open(question.section.version)
    question = Question.objects.get(pk=question.pk, section__version=version)
    content = replace(question_spec(question), code=_free_code(version, question.code), field="")
    copy = Question.objects.create(section_id=question.section_id, order=question.order, **columns_of(content))
    _arrange(question.section, copy, _place_behind(question))
    _close(version, actor, at)
    return copy


def _place_behind(question: Question) -> int:
    return [other.pk for other in question.section.questions.all()].index(question.pk) + 1


@transaction.atomic
def place_field(section: Section, *, actor: User, name: str, at: datetime) -> Question:
    """Ask a standard field of the use at the end of a section.

    Raises ``VersionPublished`` and ``NotAStandardField``.
    """
    version = _open(section.version)
    typed = typed_fields_of(version.questionnaire.use).get(name)
    if typed is None or Question.objects.filter(section__version=version, field=name).exists():
        raise errors.NotAStandardField
    content = QuestionSpec(_free_code(version, name), typed.kind, str(typed.label), field=name, required=typed.fixed)
    question = Question.objects.create(section=section, order=section.questions.count(), **columns_of(content))
    _close(version, actor, at)
    return question


@transaction.atomic
def move_question(question: Question, *, actor: User, section: Section, place: int, at: datetime) -> Question:
    """Put a question at a place (0 is the first) of a section of the same version.

    Raises ``VersionPublished`` and ``StandardFieldStays``.
    """
    version = _open(question.section.version)
    question = Question.objects.get(pk=question.pk, section__version=version)
    section = version.sections.get(pk=section.pk)
    if section.only_if and is_fixed(question, version):
        raise errors.StandardFieldStays(_("This section is not always shown, and this field must always be asked."))
    _arrange(section, question, place)
    _close(version, actor, at)
    return question


def step_of(question: Question, step: int) -> tuple[Section, int] | None:
    """Return where a question stands one step up (-1) or down (1): over a section's edge in the next one.

    None at the very first or last place.
    """
    within = [other.pk for other in question.section.questions.all()]
    place = within.index(question.pk) + step
    if 0 <= place < len(within):
        return question.section, place
    sections = list(question.section.version.sections.all())
    beside = sections.index(question.section) + step
    if not 0 <= beside < len(sections):
        return None
    return sections[beside], sections[beside].questions.count() if step < 0 else 0


def _arrange(section: Section, question: Question, place: int) -> None:
    others = [other for other in section.questions.all() if other.pk != question.pk]
    others.insert(place, question)
    question.section = section
    for number, other in enumerate(others):
        other.order = number
    Question.objects.bulk_update(others, ["order", "section"])


@transaction.atomic
def move_section(section: Section, *, actor: User, place: int, at: datetime) -> Section:
    """Put a section at a place (0 is the first). Raises ``VersionPublished``."""
    version = _open(section.version)
    sections = [other for other in version.sections.all() if other.pk != section.pk]
    sections.insert(max(place, 0), section)
    for number, other in enumerate(sections):
        other.order = number
    Section.objects.bulk_update(sections, ["order"])
    _close(version, actor, at)
    return section


@transaction.atomic
def remove_question(question: Question, *, actor: User, at: datetime) -> None:
    """Take a question out; it can be put back until something else is removed.

    Raises ``VersionPublished`` and ``StandardFieldStays``.
    """
    version = _open(question.section.version)
    question = Question.objects.get(pk=question.pk, section__version=version)
    if is_fixed(question, version):
        raise errors.StandardFieldStays
    version.removed = {"section": question.section_id, "place": question.order, "spec": asdict(question_spec(question))}
    question.delete()
    _close(version, actor, at)


@transaction.atomic
def remove_section(section: Section, *, actor: User, at: datetime) -> None:
    """Take a section out with its questions; it can be put back until something else is removed.

    Raises ``VersionPublished``, and ``StandardFieldStays`` while a standard field that must be asked stands in it.
    """
    version = _open(section.version)
    section = version.sections.get(pk=section.pk)
    if _fixed_in(section):
        raise errors.StandardFieldStays(_("Move the fixed standard fields of this section to another one first."))
    questions = [question_spec(question) for question in section.questions.all()]
    version.removed = {"place": section.order, "spec": asdict(section_spec(section, questions))}
    section.delete()
    _close(version, actor, at)


@transaction.atomic
def put_back(version: Version, *, actor: User, at: datetime) -> Section | Question:
    """Put the section or question back that was removed last. Raises ``VersionPublished`` and ``NothingRemoved``."""
    version = _open(version)
    removed: dict[str, Any] | None = version.removed
    if not removed:
        raise errors.NothingRemoved
    back = _question_back(version, removed) if "section" in removed else _section_back(version, removed)
    version.removed = None
    _close(version, actor, at)
    return back


def _question_back(version: Version, removed: dict[str, Any]) -> Question:
    spec = QuestionSpec(**removed["spec"])
    section = version.sections.filter(pk=removed["section"]).first() or version.sections.last()
    if section is None:
        raise errors.NoSectionYet
    code = _free_code(version, spec.code)
    question = Question.objects.create(
        section=section, order=section.questions.count(), **columns_of(replace(spec, code=code))
    )
    _arrange(section, question, removed["place"])
    return question


def _section_back(version: Version, removed: dict[str, Any]) -> Section:
    spec = dict(removed["spec"])
    questions: Sequence[QuestionSpec] = [QuestionSpec(**question) for question in spec.pop("questions")]
    content = SectionSpec(questions=(), **spec)
    section = Section.objects.create(version=version, order=removed["place"], **columns_of(content))
    for number, question in enumerate(questions):
        free = replace(question, code=_free_code(version, question.code))
        Question.objects.create(section=section, order=number, **columns_of(free))
    sections = [other for other in version.sections.all() if other.pk != section.pk]
    sections.insert(removed["place"], section)
    for number, other in enumerate(sections):
        other.order = number
    Section.objects.bulk_update(sections, ["order"])
    return section


def is_fixed(question: Question, version: Version) -> bool:
    """Return whether the question fills a standard field that must always be asked."""
    typed = typed_fields_of(version.questionnaire.use).get(question.field)
    return bool(typed and typed.fixed)


def _fixed_in(section: Section) -> bool:
    return any(is_fixed(question, section.version) for question in section.questions.all())


def _free_code(version: Version, wish: str) -> str:
    taken = set(Question.objects.filter(section__version=version).values_list("code", flat=True))
    stem = slugify(wish)[:40].strip("-") or "question"
    tries = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in tries if code not in taken)
