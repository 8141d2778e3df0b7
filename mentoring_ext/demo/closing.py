"""How the demo's finished cohort closed: evaluations, practices, a lesson out of evidence, and a graduate."""

from datetime import datetime, timedelta
from typing import Any

from lms.people.models import User
from lms.questionnaires.models import Question
from mentoring_ext.cycle.actions import accept_proposal, close_circle, propose_lesson
from mentoring_ext.cycle.board import rows_of
from mentoring_ext.demo.people import Demo
from mentoring_ext.evaluation.actions import hand_in
from mentoring_ext.evaluation.tasks_due import Task, tasks_for
from mentoring_ext.groups.actions import close_group
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices.actions import begin_practice, publish_practice, save_practice, submit_practice
from mentoring_ext.profiles.actions import accept_graduate_invitation, invite_graduate
from mentoring_ext.programmes.actions import finish_cohort
from mentoring_ext.programmes.models import Cohort
from oer.lessons.models import TrainingModulePage

WEAK = "tools"
"""The aspect that the demo's people were least happy with."""

TALKATIVE = 0.6
"""How likely somebody writes something where words are asked; everybody writes words of their own."""


def evaluate(demo: Demo, cohort: Cohort, *, weeks: float) -> None:
    """Let everybody in the cohort's groups hand in the final evaluation."""
    for group in cohort.groups.all():
        for person in group.people():
            for task in tasks_for(person):
                hand_in(task, actor=person, answers=_answers(demo, task), at=demo.ago(weeks=weeks))


def _answers(demo: Demo, task: Task) -> dict[str, Any]:
    questions = Question.objects.filter(section__version=task.round.version)
    return {question.code: _answer(demo, question) for question in questions}


def _answer(demo: Demo, question: Question) -> Any:
    chance = demo.random
    if question.kind == Question.Kind.SCALE:
        steps = len(question.options)
        return max(1, min(steps, chance.choice([2, 3, 3]) if question.aspect == WEAK else chance.choice([3, 4, 5, 5])))
    if question.kind in {Question.Kind.CHOICE, Question.Kind.CHOICES}:
        code = chance.choice(question.options)[0]
        return code if question.kind == Question.Kind.CHOICE else [code]
    if question.kind == Question.Kind.YES_NO:
        return chance.random() < 0.85
    words: list[str] = demo.words["open_answers"].get(question.aspect, [])
    return words.pop(0) if words and chance.random() < TALKATIVE else ""


def write_practices(demo: Demo, cohort: Cohort, *, weeks: float) -> None:
    """Let each mentor write a practice; the manager publishes all but the last, which waits."""
    groups = list(cohort.groups.all())
    rows = demo.words["practices"]
    for place, row in enumerate(rows):
        at = demo.ago(weeks=weeks) + timedelta(days=place)
        _write_practice(groups[place % len(groups)], row, demo.people["manager"], at, publish=place < len(rows) - 1)


def _write_practice(group: MentoringGroup, row: dict[str, str], manager: User, at: datetime, *, publish: bool) -> None:
    mentor, mentee, *_others = group.people()
    practice = begin_practice(group, actor=mentor, title=row["title"], aspect=row["aspect"], at=at, co_authors=[mentee])
    written = {name: text for name, text in row.items() if name not in {"title", "aspect"}}
    practice = save_practice(practice, actor=mentor, written=written, at=at)
    submit_practice(practice, actor=mentor, at=at)
    if publish:
        publish_practice(practice, actor=manager, at=at + timedelta(days=1))


def turn_evidence_into_a_lesson(demo: Demo, cohort: Cohort, *, weeks: float) -> None:
    """Propose a lesson out of the weakest aspect, accept it, and publish it."""
    row, at = demo.words["proposal"], demo.ago(weeks=weeks)
    cited = [found.row.key for found in rows_of([cohort.pk]) if found.row.aspect == WEAK]
    editor = demo.people["editor"]
    proposal = propose_lesson(
        cohort,
        actor=demo.people["coordinator"],
        title=row["title"],
        aspect=WEAK,
        text=row["text"],
        module=TrainingModulePage.objects.live().order_by("path")[0],
        keys=cited[:6],
        at=at,
    )
    lesson = accept_proposal(proposal, actor=editor, at=at + timedelta(days=2))
    lesson.get_latest_revision().publish(user=editor)
    lesson.refresh_from_db()
    close_circle(lesson.page_ptr, actor=editor, at=at + timedelta(days=4))


def close(demo: Demo, cohort: Cohort, *, weeks: float) -> None:
    """Close the groups and the cohort; one mentee becomes a mentor, another one is invited."""
    coordinator, at = demo.people["coordinator"], demo.ago(weeks=weeks)
    for group in cohort.groups.all():
        close_group(group, actor=coordinator, at=at)
    cohort.refresh_from_db()
    finish_cohort(cohort, actor=coordinator, at=at)
    graduate = demo.people["pavel"]
    invitation = invite_graduate(graduate, actor=coordinator, at=at)
    accept_graduate_invitation(invitation, actor=graduate, at=at + timedelta(days=1))
    invite_graduate(demo.people["graduate"], actor=coordinator, at=demo.ago(days=2))
