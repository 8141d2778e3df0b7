"""Opening evaluations, answering them, and taking the results along."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from lms.privacy.actions import record_readings
from lms.questionnaires.actions import answers_of, load_questionnaire, newest_version, save_draft, submit_response
from lms.questionnaires.models import Response
from mentoring_ext.evaluation.errors import NobodyToAsk, NothingHandedIn
from mentoring_ext.evaluation.models import DAYS_TO_ANSWER, EvaluationForm, EvaluationRound, Moment
from mentoring_ext.evaluation.reports import responses_in
from mentoring_ext.evaluation.tasks_due import Task
from mentoring_ext.evaluation.workbook import workbook_of
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Cohort, Programme, Role

SHIPPED = Path(__file__).parent / "data"
SHIPPED_FORMS = {
    (Role.MENTEE, Moment.FINAL): "final-evaluation-mentee.yaml",
    (Role.MENTOR, Moment.FINAL): "final-evaluation-mentor.yaml",
}


@transaction.atomic
def attach_forms(programme: Programme, *, at: datetime) -> list[EvaluationForm]:
    """Give a programme the forms that ship, in their newest version, for every role and moment that has none.

    Return all its forms.
    """
    for (role, moment), name in SHIPPED_FORMS.items():
        questionnaire = load_questionnaire(SHIPPED / name, at=at).questionnaire
        EvaluationForm.objects.get_or_create(
            programme=programme, role=role, moment=moment, defaults={"questionnaire": questionnaire}
        )
    return list(programme.evaluation_forms.select_related("questionnaire"))


@transaction.atomic
def open_round(cohort: Cohort, *, actor: User | None, moment: str, at: datetime) -> list[EvaluationRound]:
    """Ask mentors and mentees of the cohort for their evaluation, each role with the newest version of its form.

    Groups that have held their last session are asked now, the others as soon as they have. A round that is open
    already stays as it is. Raises ``NobodyToAsk``.
    """
    finished = list(MentoringGroup.objects.finished().filter(cohort=cohort).select_related("mentor"))
    if not finished:
        raise NobodyToAsk
    forms = [form for form in attach_forms(cohort.programme, at=at) if form.moment == moment]
    rounds = [_open(cohort, form, actor, at) for form in forms]
    for group in finished:
        _tell_group(group, actor)
    return rounds


def _open(cohort: Cohort, form: EvaluationForm, actor: User | None, at: datetime) -> EvaluationRound:
    found, created = EvaluationRound.objects.get_or_create(
        cohort=cohort,
        role=form.role,
        moment=form.moment,
        defaults={
            "version": newest_version(form.questionnaire),
            "opened_at": at,
            "due_at": at + timedelta(days=DAYS_TO_ANSWER),
        },
    )
    if created:
        record("started", found, actor=actor, context=cohort, at=at)
    return found


@transaction.atomic
def evaluate_finished_group(group: MentoringGroup, *, actor: User | None, at: datetime) -> list[EvaluationRound]:
    """Ask a group for its final evaluation when its last session is registered; before that nothing happens.

    The first group to finish opens its cohort's round.
    """
    if not MentoringGroup.objects.finished().filter(pk=group.pk).exists():
        return []
    opened = EvaluationRound.objects.filter(cohort=group.cohort, moment=Moment.FINAL)
    if not opened.exists():
        return open_round(group.cohort, actor=actor, moment=Moment.FINAL, at=at)
    _tell_group(group, actor)
    return list(opened)


def _tell_group(group: MentoringGroup, actor: User | None) -> None:
    text = _("All your sessions are done. Tell us how it went: your evaluation is open.")
    notify(group.people(), "evaluation.opened", text, reverse("mentoring_evaluation:evaluation_list"), exclude=actor)


def keep_answers(task: Task, *, actor: User, answers: Mapping[str, Any], at: datetime) -> Response:
    """Keep the answers as a draft that the person goes on with later. Raises ``AlreadySubmitted``."""
    return save_draft(task.round.version, actor=actor, subject=task.pair, answers=answers, at=at)


def answers_kept(task: Task) -> dict[str, Any]:
    """Return what the person answered so far, by question code."""
    return answers_of(task.response) if task.response else {}


@transaction.atomic
def hand_in(task: Task, *, actor: User, answers: Mapping[str, Any], at: datetime) -> Response:
    """Hand in one evaluation for good; the coordinators hear of it.

    Raises ``AlreadySubmitted`` and ``AnswersMissing``.
    """
    draft = save_draft(task.round.version, actor=actor, subject=task.pair, answers=answers, at=at)
    response = submit_response(draft, answers=answers, at=at)
    text = _("%(person)s has handed in an evaluation.") % {"person": actor}
    notify(coordinators_of(task.round.cohort), "evaluation.handed_in", text, task.round.get_absolute_url())
    return response


def coordinators_of(cohort: Cohort) -> QuerySet[User]:
    """Return who coordinates the cohort now."""
    active = cohort.memberships.filter(role=Role.COORDINATOR, state="active")
    people: QuerySet[User] = User.objects.filter(cohort_memberships__in=active)
    return people


@transaction.atomic
def export_results(cohort: Cohort, *, actor: User, at: datetime) -> bytes:
    """Return all evaluations of a cohort as an xlsx workbook, with names; the journal keeps who took it along.

    Raises ``NothingHandedIn``.
    """
    rounds = list(cohort.evaluation_rounds.select_related("version__questionnaire"))
    if not responses_in(rounds).exists():
        raise NothingHandedIn
    record("exported", cohort, actor=actor, context=cohort, data={"what": "evaluations"}, at=at)
    answered = User.objects.filter(pk__in=responses_in(rounds).values("respondent"))
    what = _("Your answers in the evaluation of %(cohort)s, in a spreadsheet") % {"cohort": cohort}
    record_readings(cohort, reader=actor, people=answered, what=what, at=at)
    return workbook_of(rounds)
