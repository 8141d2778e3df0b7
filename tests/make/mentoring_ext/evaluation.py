"""Makers of evaluations, of practices, and of what follows from them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lms.people.models import User
from lms.questionnaires.models import Question, Response
from mentoring_ext.cycle.actions import propose_lesson
from mentoring_ext.cycle.board import rows_of
from mentoring_ext.cycle.models import ContentProposal
from mentoring_ext.evaluation.actions import evaluate_finished_group, hand_in
from mentoring_ext.evaluation.tasks_due import tasks_for
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.template import PARTS
from mentoring_ext.programmes.models import (
    Cohort,
    Role,
)
from mentoring_ext.sessions.models import Session
from tests.make.mentoring_ext.groups import make_group
from tests.make.mentoring_ext.programmes import make_cohort, make_coordinator
from tests.make.numbers import numbers
from tests.make.oer import make_module
from tests.make.times import AUTUMN


def make_finished_group(cohort: Cohort | None = None, *, mentees: int = 2) -> MentoringGroup:
    """Make a group with a coordinator, a mentor and mentees whose only session is held and registered."""
    cohort = cohort or make_cohort()
    group = make_group(cohort, mentees=mentees, actor=make_coordinator(cohort))
    Session.objects.create(
        group=group,
        plan=cohort.programme.session_plans.all()[0],
        number=1,
        starts_at=AUTUMN,
        ends_at=AUTUMN + timedelta(minutes=90),
        state=Session.State.HELD,
        registered_at=AUTUMN + timedelta(hours=3),
        registered_by=group.mentor,
    )
    return group


def make_round(group: MentoringGroup | None = None) -> MentoringGroup:
    """Open the final evaluation of a finished group, and return the group."""
    group = group or make_finished_group()
    evaluate_finished_group(group, actor=None, at=AUTUMN + timedelta(hours=3))
    return group


def make_evaluation(
    person: User, answers: Mapping[str, Any] | None = None, *, scale: int = 4, at: datetime | None = None
) -> Response:
    """Hand in the person's next open evaluation: ``scale`` on every scale, and ``answers`` by question code."""
    task = next(task for task in tasks_for(person) if not task.is_done)
    questions = Question.objects.filter(section__version=task.round.version, kind=Question.Kind.SCALE)
    given = {question.code: scale for question in questions} | dict(answers or {})
    return hand_in(task, actor=person, answers=given, at=at or AUTUMN + timedelta(days=1))


def make_practice(group: MentoringGroup | None = None, **fields: Any) -> Practice:
    """Make a practice by the group's mentor with every part filled in; a draft unless ``state`` says else."""
    group = group or make_finished_group()
    written = {part.name: f"Text about {part.name}." for part in PARTS}
    defaults = {"title": f"Practice {next(numbers)}", "aspect": "tools", "saved_at": AUTUMN}
    if fields.get("state") == Practice.State.PUBLISHED:
        defaults["published_at"] = AUTUMN
    practice = Practice.objects.create(
        organisation=group.cohort.organisation, group=group, **written | defaults | fields
    )
    practice.authors.add(group.mentor)
    return practice


def make_proposal(cohort: Cohort | None = None, **fields: Any) -> ContentProposal:
    """Make a proposal that cites everything on its cohort's board, after one mentee has evaluated."""
    if cohort is None:
        group = make_round()
        cohort = group.cohort
        make_evaluation(group.people()[1], {"tools-words": "The chat was hard to find."})
    author = fields.pop("author", None) or cohort.memberships.filter(role=Role.COORDINATOR)[0].user
    defaults: dict[str, Any] = {"title": f"Lesson {next(numbers)}", "aspect": "tools", "text": "Say how.", "at": AUTUMN}
    keys = fields.pop("keys", None) or [found.row.key for found in rows_of([cohort.pk])]
    module = fields.pop("module", None) or make_module()
    return propose_lesson(cohort, actor=author, module=module, keys=keys, **defaults | fields)
