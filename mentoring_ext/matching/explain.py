"""What a result means for one person: what another mentor would cost the whole, and why somebody is left over."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mentoring_ext.matching.factors import ONE
from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.outcomes import Outcome, answer_if_any, compare, is_plain
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, crowd_of, outcomes_of_going
from mentoring_ext.matching.solving import Tables, arguments


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a mentee: the pair's score in millionths, who holds the places, and what it does to the whole.

    ``outcome`` is next to the best answer in which the mentee stays where it is; None where no answer is possible.
    """

    mentor: int
    score: int
    taken_by: list[int]
    outcome: Outcome | None


@dataclass(frozen=True)
class Crowd:
    """Mentees who can only go to a few mentors: more people than places, so ``left`` of them stay without."""

    mentees: list[int]
    mentors: list[int]
    places: int
    left: list[int]


def next_best(
    given: RunInput,
    tables: Tables,
    answer: Assignment,
    mentor_of: Integers,
    mentee: int,
    *,
    limit: int | None = 3,
    seconds: float | None = None,
    among: Collection[int] | None = None,
) -> list[Alternative]:
    """Return the other mentors of one mentee that the rules allow, the highest score first.

    ``answer`` is the best answer to the input, ``mentor_of`` who is with whom now, by row and column. Where every place
    stands for itself all of them are known at once, exactly. Else the first ``limit`` are solved, each for ``seconds``
    at most, and what is not proven by then stands between limits. ``among`` leaves out all other mentors.
    """
    others = [int(j) for j in np.argsort(-tables.scores[mentee], kind="stable") if tables.allowed[mentee, j]]
    others = [mentor for mentor in others if mentor != mentor_of[mentee] and tables.capacity[mentor] > 0]
    others = [mentor for mentor in others if among is None or mentor in among]
    if is_plain(given):
        outcomes = _at_once(given, tables, answer, int(mentor_of[mentee]), mentee)
    else:
        others = others[:limit]
        outcomes = _one_by_one(given, tables, answer, int(mentor_of[mentee]), mentee, others, seconds)
    return [
        Alternative(
            mentor,
            int(tables.scores[mentee, mentor]),
            [int(row) for row in np.flatnonzero(mentor_of == mentor)],
            outcomes.get(mentor),
        )
        for mentor in others
    ]


def _at_once(given: RunInput, tables: Tables, answer: Assignment, now: int, mentee: int) -> dict[int, Outcome]:
    """Return what comes of each other mentor, out of the best answer."""
    asked = {name: value for name, value in arguments(given, tables).items() if name in ("fixed", "stay")}
    found = outcomes_of_going(tables.scores, tables.allowed, tables.capacity, answer.mentor_of, mentee, **asked)
    placed, total = int((answer.mentor_of != LEFT_OVER).sum()), answer.total
    if now != LEFT_OVER and found.placed[now] >= 0:
        placed, total = int(found.placed[now]), float(found.total[now])
    changes = {
        int(mentor): round((float(found.total[mentor]) - total) * ONE) for mentor in np.flatnonzero(found.placed >= 0)
    }
    return {mentor: Outcome(int(found.placed[mentor]) - placed, by, by) for mentor, by in changes.items()}


def _one_by_one(
    given: RunInput,
    tables: Tables,
    answer: Assignment,
    now: int,
    mentee: int,
    others: Sequence[int],
    seconds: float | None,
) -> dict[int, Outcome]:
    """Return what comes of these mentors by solving again with each."""
    fixed = arguments(given, tables)["fixed"]

    def going(mentor: int) -> Assignment | None:
        return answer_if_any(given, tables, seconds=seconds, fixed={**fixed, mentee: mentor})

    before = answer if now in (LEFT_OVER, answer.mentor_of[mentee]) else going(now)
    found = {mentor: going(mentor) for mentor in others} if before else {}
    less = before is answer
    return {
        mentor: compare(tables, before, after, only_less=less)
        for mentor, after in found.items()
        if before is not None and after is not None
    }


def joining(
    given: RunInput,
    tables: Tables,
    answer: Assignment,
    mentor_of: Integers,
    mentee: int,
    others: Sequence[int],
    *,
    seconds: float | None = None,
) -> list[tuple[int, Outcome | None]]:
    """Return what it comes to when each of some others joins a mentee with the mentor of now; all are keys.

    Each is solved, for ``seconds`` at most, beside the best answer in which the mentee stays.
    """
    row = tables.row(mentee)
    here = int(mentor_of[row])
    fixed = arguments(given, tables)["fixed"] | {row: here}
    before = answer if here == answer.mentor_of[row] else answer_if_any(given, tables, seconds=seconds, fixed=fixed)

    def outcome(other: int) -> Outcome | None:
        company = fixed | {tables.row(other): here}
        after = answer_if_any(given, tables, seconds=seconds, fixed=company) if before else None
        return compare(tables, before, after, only_less=before is answer) if before and after else None

    return [(other, outcome(other)) for other in others]


def crowds(allowed: Bools, capacity: Integers, mentor_of: Integers) -> Iterator[Crowd]:
    """Explain everybody who is left over: together with those they compete with, each person once."""
    open_pairs = allowed & (capacity > 0)[None, :]
    waiting = set(np.flatnonzero(mentor_of == LEFT_OVER).tolist())
    while waiting:
        first = min(waiting)
        mentees, mentors = crowd_of(open_pairs, mentor_of, np.array([first]))
        left = [mentee for mentee in sorted(waiting) if mentee == first or _competes(open_pairs, mentee, mentors)]
        waiting.difference_update(left)
        yield Crowd(sorted({*mentees, *left}), mentors, int(capacity[mentors].sum()), left)


def _competes(open_pairs: Bools, mentee: int, mentors: list[int]) -> bool:
    """Return whether all that this mentee can have are places of the crowd."""
    wanted = set(np.flatnonzero(open_pairs[mentee]).tolist())
    return bool(wanted) and wanted <= set(mentors)
