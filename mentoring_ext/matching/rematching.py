"""The change that moves the fewest people: what answers a request for another match."""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup, MentoringGroupQuerySet
from mentoring_ext.matching.actions.asking import begun
from mentoring_ext.matching.actions.running import SECONDS_AT_ONCE, answer_for, options_again, standard_options
from mentoring_ext.matching.factors import FACTORS, ONE
from mentoring_ext.matching.facts import Sides
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.models import MatchRequest, MatchRun
from mentoring_ext.matching.people import settled_in, sides_of, told_by
from mentoring_ext.matching.solver import LEFT_OVER, Assignment
from mentoring_ext.matching.solving import Tables, check, tables_for
from mentoring_ext.programmes.actions import readiness
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from mentoring_ext.sessions.models import Session


@dataclass(frozen=True)
class Step:
    """One mentee who moves: from a group to a mentor, into ``group`` or, where it is None, into a new one."""

    mentee: User
    former: MentoringGroup
    mentor: User
    group: MentoringGroup | None
    before: int
    after: int

    @property
    def change(self) -> int:
        """What the move does to the mentee's own score, in millionths."""
        return self.after - self.before


@dataclass(frozen=True)
class Plan:
    """Everybody who moves, whom no mentor is left for, and what it does to the total in millionths.

    Where ``optimal`` is false the search ended for want of time; ``fewest`` people have to move in any case.
    """

    steps: list[Step]
    left: list[User]
    optimal: bool
    fewest: int = 0
    alone: list[tuple[User, User]] = field(default_factory=list)
    """Who would be alone with whom and is not now, mentee and mentor."""

    @property
    def change(self) -> int:
        """What all moves together do to the total."""
        return sum(step.change for step in self.steps)

    @property
    def is_possible(self) -> bool:
        """Whether everybody has a mentor afterwards, and somebody moves."""
        return bool(self.steps) and not self.left

    @property
    def key(self) -> str:
        """What tells this plan from another one."""
        moves = [(s.mentee.pk, s.former.pk, s.mentor.pk, s.group.pk if s.group else 0) for s in self.steps]
        return hashlib.sha256(repr((sorted(moves), sorted(user.pk for user in self.left))).encode()).hexdigest()[:16]


def changeable_groups(cohort: Cohort, at: datetime) -> MentoringGroupQuerySet:
    """Return the running groups in which session 3 has not begun."""
    fixed = Session.objects.filter(begun(at), group__cohort=cohort).order_by().values("group")
    return MentoringGroup.objects.filter(cohort=cohort).active().exclude(pk__in=fixed).order_by("pk")


def plan_for(request: MatchRequest, at: datetime) -> Plan:
    """Return the answer that takes the mentee of the request to another mentor and moves the fewest people.

    Of all such answers it has the highest total. Only groups before session 3 change. Raises ``LocksBroken``.
    """
    cohort = request.group.cohort
    groups = list(changeable_groups(cohort, at).with_people())
    given = _input(cohort, groups, request)
    tables, answer = _solved(given)
    if answer.left_over and given.options.minimum > 1:
        tables, answer = _solved(replace(given, options=replace(given.options, minimum=1)))
    return _plan(groups, given, tables, answer)


def _solved(given: RunInput) -> tuple[Tables, Assignment]:
    tables, answer = answer_for(given, seconds=SECONDS_AT_ONCE)
    check(given, tables, answer)
    return tables, answer


def _input(cohort: Cohort, groups: Sequence[MentoringGroup], request: MatchRequest) -> RunInput:
    """Return the groups as they are, with the rule that these two part and a price that forbids needless moves."""
    run = cohort.match_runs.filter(state=MatchRun.State.PUBLISHED).order_by("-published_at").first()
    weights = run.weights if run else {}
    present = {member.user_id: group.mentor_id for group in groups for member in group.mentees}
    sides = _with_places(cohort, groups, present)
    kept = settled_in(cohort)
    apart = (request.mentee_id, request.group.mentor_id)
    settled = replace(kept, fixed={}, offline=frozenset(), forbidden=kept.forbidden | {apart}, present=present)
    options = options_again(run) if run else standard_options(cohort)
    size = max([options.size, *(len(group.mentees) for group in groups)])
    # Dearer than everything that all others could win: one more person moves only where it cannot be done without.
    # Nor does anybody move so that somebody else is not alone; the plan says who would be.
    options = replace(options, size=size, penalty=(len(present) + 1) * ONE, objective="total", avoid_alone=False)
    known = {name: weight for name, weight in weights.items() if name in _names(sides)}
    given = RunInput(sides, known, options, settled)
    return replace(given, settled=replace(settled, offline=_kept_anyway(given, apart)))


def _names(sides: Sides) -> set[str]:
    return {*FACTORS, *(asked.name for asked in sides.further)}


def _kept_anyway(given: RunInput, apart: tuple[int, int]) -> frozenset[tuple[int, int]]:
    """Return the present pairs that only the newest sheets speak against: nobody moves for that.

    So are those of a group that has no hour in common, where one is asked for.
    """
    tables = tables_for(given)
    pairs = [pair for pair in given.settled.present.items() if pair != apart]
    apart_now = _without_hour(given, tables) if given.options.common_slot else set()
    return frozenset(pair for pair in pairs if pair[1] in apart_now or tables.rules_against(*pair))


def _without_hour(given: RunInput, tables: Tables) -> set[int]:
    """Return the mentors whose present group has no hour at which all are free."""
    groups: dict[int, list[int]] = {}
    for mentee, mentor in given.settled.present.items():
        groups.setdefault(mentor, []).append(mentee)
    return {mentor for mentor, mentees in groups.items() if not tables.common_starts(mentor, mentees)}


def _with_places(cohort: Cohort, groups: Sequence[MentoringGroup], present: dict[int, int]) -> Sides:
    """Return the mentees of these groups, and all ready mentors who have no other group, with the places of both."""
    leading = {group.mentor_id for group in groups}
    busy = set(cohort.groups.active().values_list("mentor_id", flat=True)) - leading
    people = [
        row.member
        for row in readiness(cohort)
        if row.member.state == CohortMembership.State.ACTIVE
        and (
            row.member.user_id in present
            if row.member.role == Role.MENTEE
            else row.member.role == Role.MENTOR
            and row.member.user_id not in busy
            and (row.ready or row.member.user_id in leading)
        )
    ]
    told = told_by([member.user_id for member in people])
    waiting = [m for m in people if m.role == Role.MENTEE or m.user_id in leading or (Role.MENTOR, m.user_id) in told]
    sides = sides_of(cohort, waiting, told, settled_in(cohort))
    there = list(present.values())
    mentors = [replace(mentor, capacity=mentor.capacity + there.count(mentor.key)) for mentor in sides.mentors]
    return Sides(sides.mentees, mentors, sides.further)


def _plan(groups: Sequence[MentoringGroup], given: RunInput, tables: Tables, answer: Assignment) -> Plan:
    people = User.objects.in_bulk([*tables.mentees, *tables.mentors])
    home = {member.user_id: group for group in groups for member in group.mentees}
    goes = dict(zip(tables.mentees, answer.mentor_of, strict=True))
    wanted = {key: tables.mentors[column] for key, column in goes.items() if column != LEFT_OVER}
    movers = [key for key, mentor in wanted.items() if home[key].mentor_id != mentor]
    room = {group.pk: sum(member.user_id not in movers for member in group.mentees) for group in groups}
    steps = []
    for key in movers:
        group = next((g for g in groups if g.mentor_id == wanted[key] and room[g.pk] < given.options.size), None)
        if group is not None:
            room[group.pk] += 1
        before, after = tables.score(key, home[key].mentor_id), tables.score(key, wanted[key])
        steps.append(Step(people[key], home[key], people[wanted[key]], group, before, after))
    left = [people[key] for key, column in goes.items() if column == LEFT_OVER]
    # No scores are below zero, and a move takes off more than all of them together could give.
    fewest = max(0, math.ceil(-answer.bound * ONE / given.options.penalty))
    return Plan(steps, left, answer.optimal, fewest, _alone_then(groups, wanted, tables, people))


def _alone_then(
    groups: Sequence[MentoringGroup], wanted: dict[int, int], tables: Tables, people: dict[int, User]
) -> list[tuple[User, User]]:
    """Return who would be alone with a mentor of more places and is not now."""
    now = {group.mentor_id: len(group.mentees) for group in groups}
    then = Counter(wanted.values())
    places = dict(zip(tables.mentors, tables.capacity.tolist(), strict=True))
    return [
        (people[mentee], people[mentor])
        for mentee, mentor in wanted.items()
        if then[mentor] == 1 < places[mentor] and now.get(mentor, 0) != 1
    ]
