"""Reading a programme's file, and bringing the database to what it says."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from lms.courses.models import CoursePage
from mentoring_ext.programmes.models import (
    ITEM_FIELDS,
    ChecklistTemplate,
    Outcome,
    Phase,
    PhaseTask,
    Programme,
    ProgrammeCourse,
    SessionPlan,
    TemplateItem,
)

FOLDER = Path(__file__).parent / "data"


def programme_files() -> list[Path]:
    """Return the files of the programmes that come with Kyklos."""
    return sorted(FOLDER.glob("*.yaml"))


@transaction.atomic
def load_programme(path: Path) -> Programme:
    """Make the programme of a file, or bring it up to date; loading twice changes nothing.

    Phases are known by their code, outcomes by theirs, session plans by their number; what the file no longer names
    stays. Courses that do not exist yet are left out: load again when they do.
    """
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    simple = ("name", "summary", "group_size", "session_minutes", "weeks", "agreement_before_session")
    programme, _created = Programme.objects.update_or_create(
        slug=data["slug"], defaults={name: data[name] for name in simple}
    )
    for phase in data["phases"]:
        _load_phase(programme, phase)
    outcomes = {code: _load_outcome(programme, code, *row) for code, row in data["outcomes"].items()}
    for number, plan in enumerate(data["sessions"]):
        _load_plan(programme, number, plan, outcomes)
    _load_checklist(programme, data["checklist"])
    for role, slugs in data["training"].items():
        for course in CoursePage.objects.filter(slug__in=slugs):
            ProgrammeCourse.objects.get_or_create(programme=programme, course=course, role=role)
    return programme


def _load_phase(programme: Programme, data: dict[str, Any]) -> None:
    words = {name: data[name] for name in ("name", "text", "forms_due")}
    phase, _created = Phase.objects.update_or_create(programme=programme, code=data["code"], defaults=words)
    tasks = [tuple(task) for task in data["tasks"]]
    if tasks != list(phase.tasks.values_list("role", "text")):
        phase.tasks.all().delete()
        for role, text in tasks:
            PhaseTask.objects.create(phase=phase, role=role, text=text)


def _load_checklist(programme: Programme, data: dict[str, Any]) -> None:
    template, is_new = ChecklistTemplate.objects.update_or_create(
        programme=programme, organisation=None, department=None, name=data["name"], defaults={"text": data["text"]}
    )
    wanted = [TemplateItem(template=template, order=place, **item) for place, item in enumerate(data["items"])]
    if not is_new and [_words_of(item) for item in template.items.all()] == [_words_of(item) for item in wanted]:
        return
    template.items.all().delete()
    TemplateItem.objects.bulk_create(wanted)


def _words_of(item: TemplateItem) -> list[Any]:
    return [getattr(item, name) for name in ITEM_FIELDS]


def _load_outcome(programme: Programme, code: str, topic: str, competence: str, text: str) -> Outcome:
    words = {"topic": topic, "competence": competence, "text": text}
    outcome, _created = Outcome.objects.update_or_create(programme=programme, code=code, defaults=words)
    return outcome


def _load_plan(programme: Programme, place: int, data: dict[str, Any], outcomes: dict[str, Outcome]) -> None:
    words = {"title": data["title"], "topic": data["topic"], "text": data["text"]}
    words["activities"] = "\n".join(data["activities"])
    plan = programme.session_plans.filter(order=place).first() or SessionPlan(programme=programme)
    for name, value in words.items():
        setattr(plan, name, value)
    plan.save()
    plan.outcomes.set([outcomes[code] for code in data["outcomes"]])
