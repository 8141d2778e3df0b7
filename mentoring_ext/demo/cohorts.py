"""The demo's cohorts: one finished, one at session 6, one about to be matched, and one just opened elsewhere."""

import io
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from forum.boards.actions import start_topic, write_post
from forum.boards.models import Board
from forum.chat.actions import post_message
from lms.files.actions import store_upload
from lms.files.kinds import PICTURES
from lms.people.models import User
from mentoring_ext.agreements.actions import Terms, sign_agreement, write_agreement
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.demo.beginnings import write_down_the_start
from mentoring_ext.demo.people import Demo
from mentoring_ext.demo.sheets import fill_in_mentees, fill_in_mentors, tell_fewer_hours
from mentoring_ext.demo.training import take_required_training
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.actions import lock_pair, move_mentee, note_conflict, publish_run, run_matching
from mentoring_ext.matching.actions.asking import confirm_match
from mentoring_ext.matching.actions.naming import call_by_numbers, look_at_names
from mentoring_ext.matching.errors import RuleBroken
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import FurtherFactor, MatchRun, NamesStep, PairRule
from mentoring_ext.programmes.actions import add_member, open_cohort, settle_item, start_phase, waive_training
from mentoring_ext.programmes.models import Cohort, Phase, Programme, Role, Ticker
from mentoring_ext.sessions.actions import register_session, schedule_sessions
from mentoring_ext.sessions.models import Session

AFTERWARDS = timedelta(hours=1)
"""How long after a session its form is filled in."""


def open_with_members(demo: Demo, cast: str, *, name: str, weeks: float, start: float) -> Cohort:
    """Open a cohort of Elaia, opened ``weeks`` and starting ``start`` weeks ago, with the members the cast names."""
    coordinator = demo.people["coordinator"]
    opened = demo.ago(weeks=weeks)
    cohort = open_cohort(
        Programme.objects.get(slug="digital-readiness"),
        actor=coordinator,
        organisation=demo.organisations["elaia"],
        name=name,
        country="GR",
        starts_on=_monday(demo.ago(weeks=start)).date(),
        at=opened,
    )
    for role, team in ((Role.MENTOR, "mentors"), (Role.MENTEE, "mentees")):
        for user in demo.team(cast, team):
            add_member(cohort, user, actor=coordinator, role=role, at=opened)
    _settle_checklist(demo, cohort, at=opened)
    _go_to(cohort, Phase.Code.PREPARATION, coordinator)
    return cohort


def _settle_checklist(demo: Demo, cohort: Cohort, *, at: datetime) -> None:
    """Settle what is required; the manager's items with a page that proves them."""
    proof = io.BytesIO()
    Image.new("RGB", (640, 400), "white").save(proof, "PNG")
    for item in cohort.checklist.filter(required=True):
        by_manager = item.ticked_by == Ticker.MANAGER
        actor = demo.people["manager" if by_manager else "coordinator"]
        upload = SimpleUploadedFile(demo.words["proof_name"], proof.getvalue())
        evidence = store_upload(upload, actor=actor, kinds=PICTURES) if item.needs_evidence else None
        settle_item(item, actor=actor, note=demo.words["settled_note"], evidence=evidence, at=at)


def prepare(demo: Demo, cohort: Cohort, cast: str, *, weeks: float, without: int = 0, trained: bool = True) -> None:
    """Fill in all sheets that many weeks ago, and take all training or, if not ``trained``, waive it.

    The last ``without`` mentees have not begun.
    """
    fill_in_mentors(demo, cast, weeks=weeks)
    fill_in_mentees(demo, cast, weeks=weeks, without=without)
    mentees = demo.team(cast, "mentees")
    teams = {Role.MENTOR: demo.team(cast, "mentors"), Role.MENTEE: mentees[: len(mentees) - without]}
    for role, user in ((role, user) for role, team in teams.items() for user in team):
        if trained:
            take_required_training(cohort, user, role, at=demo.ago(weeks=weeks))
        else:
            membership = cohort.memberships.get(user=user, role=role)
            waive_training(membership, actor=demo.people["coordinator"], because=demo.words["waived_because"])


def match(demo: Demo, cohort: Cohort, *, weeks: float, together: tuple[str, str] | None = None) -> list[MentoringGroup]:
    """Run the pairing and publish it; return the groups. ``together`` names a mentor and a mentee who are in one.

    Raises ``LookupError`` where somebody has no mentor, or where the two cannot be in one group.
    """
    coordinator = demo.people["coordinator"]
    _go_to(cohort, Phase.Code.MATCHING, coordinator)
    at = demo.ago(weeks=weeks)
    run = run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=at)
    if left := run.proposals.filter(mentor=None):
        raise LookupError([proposal.mentee.username for proposal in left])
    if together:
        _bring_together(demo, run, *together)
    publish_run(run, actor=coordinator, at=at)
    cohort.refresh_from_db()
    groups = list(cohort.groups.all())
    for group in groups:
        for person in group.people():
            confirm_match(group, actor=person, at=demo.ago(weeks=weeks - 0.5))
    return groups


def _bring_together(demo: Demo, run: MatchRun, mentor_name: str, mentee_name: str) -> None:
    """Let the mentee change places with one of the mentor's, unless the two are together already.

    Raises ``LookupError`` where the rules allow no change.
    """
    mentor, mentee = demo.people[mentor_name], demo.people[mentee_name]
    if run.proposals.filter(mentor=mentor, mentee=mentee).exists():
        return
    for proposal in run.proposals.filter(mentor=mentor).select_related("mentee"):
        with suppress(RuleBroken):
            move_mentee(
                run,
                mentee,
                mentor,
                actor=demo.people["coordinator"],
                reason=demo.words["moved_because"],
                at=run.made_at,
                swap_with=proposal.mentee,
            )
            return
    raise LookupError(mentor_name, mentee_name)


def propose(demo: Demo, cohort: Cohort, *, weeks: float) -> None:
    """Run the pairing twice without names or publishing; between them note a conflict of interest and lock a pair.

    Two mentees also leave some of their free hours out by then.
    """
    coordinator, at = demo.people["coordinator"], demo.ago(weeks=weeks)
    call_by_numbers(cohort, actor=coordinator, at=at)
    first = run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=at)
    weakest, *others, strongest = first.proposals.exclude(mentor=None).select_related("mentee", "mentor")
    look_at_names(cohort, actor=coordinator, page=NamesStep.Page.CONFLICT, at=at)
    note_conflict(
        cohort,
        mentee=weakest.mentee,
        mentor=User.objects.get(pk=weakest.mentor_id or 0),
        kind=PairRule.Kind.LINE_MANAGER,
        actor=coordinator,
        reason=demo.words["line_manager_because"],
        at=at,
    )
    lock_pair(first, strongest, actor=coordinator, reason=demo.words["locked_because"], at=at)
    later = at + AFTERWARDS
    for proposal in others[:2]:
        tell_fewer_hours(proposal.mentee, at=at)
    further = {factor.label: 2 for factor in FurtherFactor.objects.filter(cohort=cohort)}
    weights = DEFAULT_WEIGHTS | {"interests": 5, "area": 0} | further
    run_matching(cohort, actor=coordinator, weights=weights, at=later, parent=first)


def accompany(demo: Demo, group: MentoringGroup, *, forgotten: int = 0) -> None:
    """Agree, schedule all sessions from the cohort's start, and register those that are over.

    The forms of the last ``forgotten`` of these are missing.
    """
    first = _first_session(group)
    _agree(demo, group, first)
    sessions = schedule_sessions(group, actor=group.mentor, first_at=first, every_days=7, place="Video call")
    over = [session for session in sessions if session.ends_at + AFTERWARDS < demo.at]
    for session in over[: len(over) - forgotten]:
        _register(demo, session)
    if over:
        write_down_the_start(demo, group, over[0].ends_at, left_out=min(forgotten, 1))


def _first_session(group: MentoringGroup) -> datetime:
    """Return the first session's start: groups meet on different weekdays of the cohort's first week."""
    number = list(group.cohort.groups.values_list("pk", flat=True)).index(group.pk)
    day = datetime.combine(group.cohort.starts_on, datetime.min.time(), tzinfo=timezone.get_default_timezone())
    return day + timedelta(days=number % 5, hours=17)


def _agree(demo: Demo, group: MentoringGroup, first: datetime) -> None:
    words = demo.words["agreement"]
    terms = Terms(
        starts_on=first.date(),
        ends_on=(first + timedelta(weeks=12)).date(),
        session_count=12,
        session_minutes=90,
        format=Agreement.Format.ONLINE,
        place="",
        **words,
    )
    agreement = write_agreement(group, actor=group.mentor, terms=terms, at=first)
    for person in group.people():
        sign_agreement(agreement, actor=person, name=str(person), at=first + timedelta(days=2))


def _register(demo: Demo, session: Session) -> None:
    mentees = session.group.people()[1:]
    register_session(
        session,
        actor=session.group.mentor,
        starts_at=session.starts_at,
        minutes=demo.random.choice([75, 80, 90, 90]),
        format=Session.Format.ONLINE,
        place=session.place,
        description=demo.random.choice(demo.words["session_notes"]),
        outcomes=list(session.plan.outcomes.all()),
        attendance={mentee: demo.random.random() < 0.9 or mentee == mentees[0] for mentee in mentees},
        occurrences=demo.random.choice(demo.words["occurrences"]),
        at=session.ends_at + AFTERWARDS,
    )


def talk_in_group(demo: Demo, group: MentoringGroup, *, weeks: float) -> None:
    """Let a group chat in its room and write on its board."""
    people: list[User] = group.people()
    for number, body in enumerate(demo.words["chat"]):
        at = demo.ago(weeks=weeks, hour=9) + timedelta(hours=number * 7)
        key = UUID(int=demo.random.getrandbits(128), version=4)
        post_message(group.room, actor=people[number % len(people)], body=body, client_id=key, at=min(at, demo.at))
    for row in demo.words["group_topics"]:
        talk_on_board(demo, group.board, people, row, weeks=weeks)


def talk_on_board(demo: Demo, board: Board, people: list[User], row: dict[str, Any], *, weeks: float) -> None:
    """Start a topic on a board and let the people answer in turn."""
    first, *rest = row["posts"]
    at = demo.ago(weeks=weeks, hour=10)
    topic = start_topic(board, actor=people[0], title=row["title"], body=f"<p>{first}</p>", at=at)
    for number, body in enumerate(rest, start=1):
        later = at + timedelta(hours=5 * number)
        write_post(topic, actor=people[number % len(people)], body=f"<p>{body}</p>", at=later)


def go_on(demo: Demo, cohort: Cohort, code: str) -> None:
    """Take a cohort to one of its phases."""
    _go_to(cohort, code, demo.people["coordinator"])


def _go_to(cohort: Cohort, code: str, actor: User) -> None:
    start_phase(cohort, cohort.programme.phases.get(code=code), actor=actor)


def _monday(at: datetime) -> datetime:
    return at - timedelta(days=at.weekday())
