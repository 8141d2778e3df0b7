"""Running the pairing: at once where it is small, as a job where it takes longer."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.jobs.actions import cancel_job, start_job
from lms.jobs.errors import JobEnded
from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.matching.actions.naming import check_open, keep_hidden
from mentoring_ext.matching.actions.weighing import check_weights_in
from mentoring_ext.matching.alone import measure_alone
from mentoring_ext.matching.changes import advice_for
from mentoring_ext.matching.defaults import defaults_of, options_of
from mentoring_ext.matching.errors import (
    InputChanged,
    LocksBroken,
    NobodyToMatch,
    NotRunning,
    OptionsWrong,
    StillRunning,
    WeightsWrong,
)
from mentoring_ext.matching.factors import FACTORS, MAX_WEIGHT, ONE
from mentoring_ext.matching.helping import kept_advice
from mentoring_ext.matching.honesty import measure, people_with_fewer
from mentoring_ext.matching.kept import Options, RunInput, pack, unpack
from mentoring_ext.matching.models import MatchRun, Proposal, RunMentor
from mentoring_ext.matching.naming import are_names_hidden
from mentoring_ext.matching.people import pool_of
from mentoring_ext.matching.protocol import certificate_as_json
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, Infeasible, versions
from mentoring_ext.matching.solving import LockBroken, Progress, Tables, check, slots_of, solve, tables_for
from mentoring_ext.matching.wishes import USUAL as USUAL_FOR_WISHES
from mentoring_ext.matching.wishes import WISHES
from mentoring_ext.matching.words import rules_as_text
from mentoring_ext.programmes.models import Cohort

MOST_AT_ONCE = 300 * 100
"""Pairs up to which the answer is worked out while the coordinator waits."""
MOST_WITH_SLOTS = 60 * 20
SECONDS_AT_ONCE = 20.0
"""How long a search may take in front of a page; what is found by then is kept, with the bound that is proven."""
LEAST_SECONDS = 2.0
"""What is left at least to find out what fewer hours did."""
SECONDS_AT_HAND, SECONDS_FOR_CHANGES = 2.0, 60.0
"""How long small changes for those left over are looked for, in front of a page and in a job."""
JOB = "pairing"
BATCH = 500


def input_of(cohort: Cohort, weights: Mapping[str, int], options: Options | None = None) -> RunInput:
    """Return what a run of now would depend on: everybody who is ready, the weights, the options, what is settled.

    Raises ``NobodyToMatch``, ``WeightsWrong`` and ``OptionsWrong``.
    """
    pool = pool_of(cohort)
    if not pool.sides.mentees and pool.in_groups:
        raise NobodyToMatch(_("Everybody who is ready is in a group already. There is nobody left to pair."))
    if not pool.sides.mentees or not pool.sides.mentors:
        raise NobodyToMatch
    if not any(weights.values()) or not all(0 <= weight <= MAX_WEIGHT for weight in weights.values()):
        raise WeightsWrong
    options = options or standard_options(cohort)
    if not 1 <= options.minimum <= options.size <= cohort.programme.group_size:
        raise OptionsWrong
    # A run before may have weighed a factor that was removed since.
    known = {*FACTORS, *(asked.name for asked in pool.sides.further)}
    usual = {WISHES: USUAL_FOR_WISHES} if WISHES in known else {}
    counting = usual | {name: weight for name, weight in weights.items() if name in known}
    return RunInput(pool.sides, counting, options, pool.settled, pool.before)


def standard_options(cohort: Cohort) -> Options:
    """Return the options with which a cohort begins: those that its programme sets."""
    return options_of(defaults_of(cohort.programme))


def options_again(run: MatchRun) -> Options:
    """Return the options that a run was made with; a first one kept none, and asked for no hour in common."""
    return Options.of(run.options) if run.options else replace(standard_options(run.cohort), common_slot=False)


def takes_long(given: RunInput) -> bool:
    """Whether nobody should wait for the answer in front of a page."""
    pairs = len(given.sides.mentees) * len(given.sides.mentors)
    if is_large(pairs):
        return True
    searched = given.options.common_slot or given.options.minimum > 1
    return searched and pairs > MOST_WITH_SLOTS


def is_large(pairs: int) -> bool:
    """Whether so many pairs are too many to be compared in front of a page."""
    return pairs > MOST_AT_ONCE


def start_run(
    cohort: Cohort,
    *,
    actor: User,
    weights: Mapping[str, int],
    at: datetime,
    options: Options | None = None,
    parent: MatchRun | None = None,
) -> MatchRun:
    """Pair everybody who is ready, at once or, where that takes long, as a job with progress.

    Nobody waits for the cohort while the answer is looked for. Raises as ``run_matching`` and ``check_weights_in`` do,
    ``DecisionClosed``, ``InputChanged`` when somebody's sheet, a rule or the people changed meanwhile, and
    ``StillRunning`` for a second job in one cohort; a job shows the trouble on its page.
    """
    given = _checked_input(cohort, weights, options)
    if takes_long(given):
        return _start_job(cohort, given, actor=actor, at=at, parent=parent)
    found = _solution(given, at=at, seconds=SECONDS_AT_ONCE)
    with transaction.atomic():
        _lock(cohort)
        # Who was erased, or took the consent back, while the answer was looked for must not be written down again.
        if _checked_input(cohort, weights, options).digest != given.digest:
            raise InputChanged
        keep_hidden(cohort, actor=actor, at=at)
        return _keep(_open_run(cohort, given, actor=actor, at=at, parent=parent), found, at=at)


def _lock(cohort: Cohort) -> None:
    """Let pairings that begin at once come one after the other: each is bound by the weights of the one before."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


def _checked_input(cohort: Cohort, weights: Mapping[str, int], options: Options | None) -> RunInput:
    check_open(cohort)
    check_weights_in(cohort, weights)
    return input_of(cohort, weights, options)


@transaction.atomic
def _start_job(cohort: Cohort, given: RunInput, *, actor: User, at: datetime, parent: MatchRun | None) -> MatchRun:
    _lock(cohort)
    check_open(cohort)
    check_weights_in(cohort, given.weights)
    if MatchRun.objects.filter(cohort=cohort, state=MatchRun.State.RUNNING).exists():
        raise StillRunning
    keep_hidden(cohort, actor=actor, at=at)
    run = _open_run(cohort, given, actor=actor, at=at, parent=parent)
    title = _("Pairing of %(cohort)s") % {"cohort": cohort}
    run.job = start_job(JOB, actor=actor, title=title, data={"run": run.pk}, at=at)
    run.save(update_fields=["job"])
    return run


@transaction.atomic
def run_matching(
    cohort: Cohort,
    *,
    actor: User,
    weights: Mapping[str, int],
    at: datetime,
    options: Options | None = None,
    parent: MatchRun | None = None,
) -> MatchRun:
    """Pair everybody who is ready: as many mentees as can be placed, then the best total, proven and kept.

    ``weights`` maps factors to whole numbers 0–5. Raises ``NobodyToMatch``, ``WeightsWrong``, ``OptionsWrong`` and
    ``LocksBroken``.
    """
    given = input_of(cohort, weights, options)
    return _keep(_open_run(cohort, given, actor=actor, at=at, parent=parent), _solution(given, at=at), at=at)


def work_out(run: MatchRun, *, at: datetime, progress: Progress | None = None) -> MatchRun:
    """Work out a run that waits in a job. Raises ``LocksBroken``; what ``progress`` raises stops it."""
    return _keep(run, _solution(unpack(bytes(run.input)), at=at, progress=progress), at=at)


@transaction.atomic
def cancel_run(run: MatchRun, *, actor: User, at: datetime) -> MatchRun:
    """Stop a run that is being worked out. Raises ``NotRunning``."""
    run = MatchRun.objects.select_for_update(of=("self",)).select_related("cohort", "job").get(pk=run.pk)
    if run.state != MatchRun.State.RUNNING:
        raise NotRunning
    if run.job is not None:
        with suppress(JobEnded):
            cancel_job(run.job, actor=actor, at=at)
    run.state = MatchRun.State.CANCELLED
    run.save(update_fields=["state"])
    record("withdrew", run, actor=actor, context=run.cohort, at=at)
    return run


def _open_run(cohort: Cohort, given: RunInput, *, actor: User, at: datetime, parent: MatchRun | None) -> MatchRun:
    return MatchRun.objects.create(
        cohort=cohort,
        parent=parent,
        made_by=actor,
        made_at=at,
        state=MatchRun.State.RUNNING,
        weights=dict(given.weights),
        options=asdict(given.options),
        input=pack(given),
        digest=given.digest,
        people=len(given.sides.mentees),
        versions=versions(),
    )


@dataclass(frozen=True)
class _Solution:
    """What a run keeps: its pairs, and beside them what fields of ``MatchRun`` hold as JSON."""

    tables: Tables
    answer: Assignment
    honesty: dict[str, Any]
    alone: dict[str, Any]
    advice: dict[str, Any]


def _solution(
    given: RunInput, *, at: datetime, progress: Progress | None = None, seconds: float | None = None
) -> _Solution:
    """Find the answer and confirm it, with what is told beside it."""
    first, then = _halves(progress) if people_with_fewer(given) else (progress, None)
    tables, answer = answer_for(given, progress=first, seconds=seconds)
    check(given, tables, answer)
    left = None if seconds is None else max(LEAST_SECONDS, seconds - answer.seconds)
    if people_with_fewer(given):
        # Tables of a large programme take hundreds of megabytes: two sets of them are never there at once.
        del tables
    fewer_hours = measure(given, answer, alone=not takes_long(given), progress=then, seconds=left)
    tables = tables_for(given) if people_with_fewer(given) else tables
    alone = measure_alone(given, tables, answer, seconds=left if seconds is not None else SECONDS_AT_ONCE)
    looking = SECONDS_FOR_CHANGES if seconds is None and progress is not None else SECONDS_AT_HAND
    advice = kept_advice(given, advice_for(given, tables, answer, seconds=looking, progress=then), at=at)
    return _Solution(tables, answer, fewer_hours.as_json(), alone.as_json() if alone else {}, advice)


def _halves(progress: Progress | None) -> tuple[Progress | None, Progress | None]:
    """Return two of which the first tells of the first half of the work, the other of the second."""
    if progress is None:
        return None, None

    def first(what: str, share: float) -> None:
        progress(what, share / 2)

    def then(what: str, share: float) -> None:
        progress(what, (1 + share) / 2)

    return first, then


def answer_for(
    given: RunInput, *, tables: Tables | None = None, progress: Progress | None = None, seconds: float | None = None
) -> tuple[Tables, Assignment]:
    """Return tables and answer. Raises ``LocksBroken`` when locked pairs are against a rule or have no room."""
    try:
        return solve(given, tables=tables or tables_for(given), progress=progress, seconds=seconds)
    except LockBroken as error:
        people = User.objects.in_bulk([error.mentee, error.mentor])
        names = {"mentee": people[error.mentee], "mentor": people[error.mentor], "why": rules_as_text(error.rules)}
        text = _("%(mentee)s and %(mentor)s are locked, and a rule forbids the pair: %(why)s. Take the lock off.")
        raise LocksBroken(text % names) from error
    except Infeasible as error:
        raise LocksBroken from error


@transaction.atomic
def _keep(run: MatchRun, found: _Solution, *, at: datetime) -> MatchRun:
    """Keep the answer, unless the run was stopped meanwhile."""
    tables, answer = found.tables, found.answer
    run = MatchRun.objects.select_for_update(of=("self",)).select_related("cohort", "made_by").get(pk=run.pk)
    # A run whose worker was taken for dead, and was only slow, comes to its end all the same.
    if run.state not in (MatchRun.State.RUNNING, MatchRun.State.FAILED) or _is_overtaken(run):
        return run
    rows = np.flatnonzero(answer.mentor_of != LEFT_OVER)
    scores = tables.scores[rows, answer.mentor_of[rows]]
    run.state, run.problem = MatchRun.State.PROPOSED, ""
    run.total, run.bound, run.optimal = round(answer.total * ONE), round(answer.bound * ONE), answer.optimal
    run.placed, run.weakest = len(rows), int(scores.min()) if len(rows) else None
    run.certificate = certificate_as_json(answer, tables.mentees)
    run.honesty, run.alone, run.advice = found.honesty, found.alone, found.advice
    run.save()
    _keep_people(run, tables, answer)
    data = {"left_over": len(answer.left_over)}
    record("matched", run, actor=run.made_by, context=run.cohort, at=at, data=data)
    return run


def _is_overtaken(run: MatchRun) -> bool:
    """Whether a run that was given up may not be shown any more beside what was paired since."""
    try:
        if run.state == MatchRun.State.FAILED:
            check_weights_in(run.cohort, run.weights)
    except DomainError:
        return True
    return False


def _keep_people(run: MatchRun, tables: Tables, answer: Assignment) -> None:
    slots = slots_of(tables, answer)
    RunMentor.objects.bulk_create(
        [
            RunMentor(run=run, mentor_id=key, column=at, places=int(tables.capacity[at]), slot=slots[at])
            for at, key in enumerate(tables.mentors)
        ],
        batch_size=BATCH,
    )
    proposals = [_proposal(run, tables, row, int(answer.mentor_of[row])) for row in range(len(tables.mentees))]
    if are_names_hidden(run.cohort):
        # Rows stand in the order of the accounts; the keys in the addresses of the pages must not.
        secrets.SystemRandom().shuffle(proposals)
    Proposal.objects.bulk_create(proposals, batch_size=BATCH)


def _proposal(run: MatchRun, tables: Tables, row: int, column: int) -> Proposal:
    if column == LEFT_OVER:
        return Proposal(run=run, row=row, mentee_id=tables.mentees[row])
    mentor, score = tables.mentors[column], int(tables.scores[row, column])
    return Proposal(run=run, row=row, mentee_id=tables.mentees[row], mentor_id=mentor, score=score)
