"""The demo's call for mentors, and those who applied."""

from datetime import datetime
from typing import Any

from lms.people.models import User
from mentoring_ext.applications.actions import (
    Offer,
    accept_application,
    assign_reviewers,
    change_plan,
    confirm_time,
    decline_application,
    move_application,
    note_on_application,
    offer_interview,
    record_interview,
    review_plan,
    save_scorecard,
    withdraw_application,
)
from mentoring_ext.applications.models import OPEN_STAGES, Application, Audience, Criterion, Letter, Stage
from mentoring_ext.demo.applicants import open_demo_call, receive
from mentoring_ext.demo.people import Demo
from mentoring_ext.programmes.models import Cohort

GOOD = 3
"""From this mark on, the demo's reviewers say why."""


def receive_applications(demo: Demo, cohort: Cohort) -> None:
    """Open a call for each audience and bring each applicant of the cast to the stage that it names."""
    open_demo_call(demo, cohort, demo.words["call_in_house"], Audience.IN_HOUSE)
    call = open_demo_call(demo, cohort, demo.words["call"], Audience.EXTERNAL)
    coordinator, due_on = demo.people["coordinator"], demo.ago(days=-4).date()
    questions = review_plan(call).questions
    change_plan(
        call, actor=coordinator, reviewers=2, due_on=due_on, large_difference=2, questions=questions, at=demo.at
    )
    rows = demo.cast["applicants"]
    applications = [receive(demo, call, row, days=12 - 0.8 * place) for place, row in enumerate(rows)]
    assign_reviewers(call, actor=coordinator, people=_reviewers(demo), due_on=due_on, at=demo.ago(days=3))
    for application, row in zip(applications, rows, strict=True):
        _review(demo, application, row)
    Letter.objects.filter(application__call=call).update(state=Letter.State.SENT, sent_at=demo.at)


def _review(demo: Demo, application: Application, row: dict[str, Any]) -> None:
    coordinator, at, stage = demo.people["coordinator"], demo.ago(days=1), row["stage"]
    if stage != Stage.RECEIVED:
        move_application(application, actor=coordinator, stage=Stage.SCREENING, at=at)
        note_on_application(application, actor=coordinator, text=demo.words["call"]["note"], at=at)
    _mark(demo, application, row.get("marks", []))
    if row.get("talk"):
        _talk(demo, application)
    if stage == Stage.TRAINING:
        _record(demo, application)
    if stage in OPEN_STAGES:
        move_application(application, actor=coordinator, stage=stage, at=at)
    _end(demo, application, stage, at)


def _mark(demo: Demo, application: Application, cards: list[list[int]]) -> None:
    """Hand in a scorecard of each reviewer who has marked the application."""
    criteria = list(Criterion.objects.filter(call=application.call))
    for number, values in enumerate(cards):
        why = demo.words["call"]["why"]
        marks = {row.pk: (value, why if value >= GOOD else "") for row, value in zip(criteria, values, strict=True)}
        save_scorecard(
            application,
            actor=_reviewers(demo)[number],
            marks=marks,
            comment="",
            hand_in=True,
            at=demo.ago(days=2 - number),
        )


def _reviewers(demo: Demo) -> list[User]:
    return [demo.people["coordinator"], demo.people["trainer"]]


def _talk(demo: Demo, application: Application) -> None:
    """Fix an interview for tomorrow."""
    coordinator = demo.people["coordinator"]
    times = (demo.ago(days=-1, hour=17), demo.ago(days=-2, hour=10))
    offer = Offer(times=times, host=coordinator, place="Town library of Elaia, room 2")
    appointment = offer_interview(application, actor=coordinator, offer=offer, at=demo.ago(days=2))
    first = appointment.times.earliest("starts_at")
    confirm_time(application, time=first.pk, at=demo.ago(days=1))


def _record(demo: Demo, application: Application) -> None:
    """Write down a talk that was held two days ago."""
    words, at = demo.words["call"], demo.ago(days=2)
    questions = review_plan(application.call).question_list
    answers = [{"question": questions[3], "note": words["note"]}]
    coordinator = demo.people["coordinator"]
    record_interview(
        application, actor=coordinator, held_on=at.date(), answers=answers, impression=words["impression"], at=at
    )


def _end(demo: Demo, application: Application, stage: str, at: datetime) -> None:
    coordinator, words = demo.people["coordinator"], demo.words["call"]
    if stage == Stage.DECLINED:
        decline_application(application, actor=coordinator, answer=words["answer"], at=at)
    elif stage == Stage.ACCEPTED:
        answers = {"answer": words["welcome"], "reason": words["reason"]}
        accept_application(application, actor=coordinator, at=at, **answers)
    elif stage == Stage.WITHDRAWN:
        withdraw_application(application, at=at)
