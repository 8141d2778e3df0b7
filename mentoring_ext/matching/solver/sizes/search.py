"""The strategy with preferred sizes: as many as can be placed, the fewest small groups, how fair, how good.

Tried in this order: the best plain pairs, which do where no group of theirs is small; the best pairs without small
groups, which do where they place as many; else the fewest small groups that place as many, and the best with these.
"""

from dataclasses import replace

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Infeasible, Solution
from mentoring_ext.matching.solver.groups.claims import Claims, prove_count
from mentoring_ext.matching.solver.groups.counting import certain_prices
from mentoring_ext.matching.solver.groups.hunt import begin, work_on
from mentoring_ext.matching.solver.groups.pool import UNIT
from mentoring_ext.matching.solver.groups.repair import settle
from mentoring_ext.matching.solver.groups.search import solve_groups
from mentoring_ext.matching.solver.prices import solve_by_prices
from mentoring_ext.matching.solver.sizes.few import Most, few_small
from mentoring_ext.matching.solver.sizes.sized import Sized
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch

FIRST, MOST_OF_IT = 0.25, 0.6
"""The share of the time after which it has to be clear whether small groups are needed; of a short time more."""
SHORT = 8.0
ENOUGH = 0.5
"""With so much of the time left a search that did not end begins anew."""


def solve_sizes(task: Task, watch: Watch) -> Solution:
    """Return the best pairs found with as many placed and as few small groups as can be, and how good they are."""
    sized = Sized(task)
    soft = sized.soft.task
    plain = solve_by_prices(soft, watch) if _is_plain(soft) else None
    if plain is not None and not sized.limit(int(sized.small(plain.mentor_of).sum())):
        return _with_small(sized, plain)
    is_short = watch.seconds is not None and watch.seconds < SHORT
    firm = _solved(replace(sized.firm.task, objective="total"), watch.part(MOST_OF_IT if is_short else FIRST))
    most = _most_of_plain(sized, plain) if plain is not None else _most(sized, firm, watch)
    if firm is not None and _count(task, firm.mentor_of) == most.count:
        firm = _with_all_the_time(sized.firm.task, firm, watch)
    if firm is not None and _count(task, firm.mentor_of) == most.count:
        return _with_small(sized, _with_count(firm, most))
    return few_small(sized, most, plain, firm, watch)


def _is_plain(soft: Task) -> bool:
    return soft.mentee_slots is None and (soft.minimum is None or not (soft.minimum > 1).any())


def _count(task: Task, mentor_of: Integers) -> int:
    return int((task.free & (mentor_of != LEFT_OVER)).sum())


def _solved(task: Task, watch: Watch) -> Solution | None:
    """Return the best pairs without small groups, None where fixed pairs do not allow it."""
    try:
        return solve_groups(task, watch)
    except Infeasible:
        return None


def _with_all_the_time(task: Task, first: Solution, watch: Watch) -> Solution:
    """Return the best pairs without small groups; ``first`` has the highest total, or the time for it was short."""
    if task.objective == "fair":
        return solve_groups(task, watch)
    is_best = first.bound == task.total_of(first.mentor_of)
    if is_best or watch.seconds is None or watch.left(0) < ENOUGH * watch.seconds:
        return first
    again = solve_groups(task, watch)
    return max(first, again, key=lambda found: ((found.mentor_of >= 0).sum(), task.total_of(found.mentor_of)))


def _with_small(sized: Sized, solution: Solution) -> Solution:
    small = int(sized.small(solution.mentor_of).sum())
    return replace(solution, certificate=replace(solution.certificate, small=small))


def _with_count(firm: Solution, most: Most) -> Solution:
    """Return the pairs without small groups with the proof that no others place more."""
    found = firm.certificate
    searched = [name for name in found.searched if name != "count"] + most.searched
    is_settled = most.settled and (found.settled or found.floor is None)
    certificate = replace(
        found,
        kind="search" if searched else "bound",
        searched=searched,
        count_prices=most.prices,
        settled=is_settled,
    )
    return replace(firm, certificate=certificate)


def _most_of_plain(sized: Sized, plain: Solution) -> Most:
    """Return how many can be placed as the prices of plain pairs prove it: all outside of the crowd, and its places."""
    proof = plain.certificate
    outside = sized.task.free.copy()
    outside[proof.crowd] = False
    return Most(_count(sized.task, plain.mentor_of), np.where(outside, UNIT, 0), plain.mentor_of, None)


def _most(sized: Sized, firm: Solution | None, watch: Watch) -> Most:
    """Return how many can be placed, beginning with the pairs without small groups."""
    if firm is not None:
        count = _count(sized.task, firm.mentor_of)
        prices = certain_prices(sized.soft, count)
        if prices is not None:
            return Most(count, prices, firm.mentor_of, firm.slot_of)
    hunt = begin(sized.soft, watch)
    if firm is not None:
        free = np.where(sized.task.free, firm.mentor_of, LEFT_OVER)
        hunt.offer(settle(hunt.rows, hunt.rows.holding(free)))
    if not hunt.rows.complete:
        work_on(hunt)
    claims = Claims()
    prove_count(hunt, claims)
    mentor_of = sized.task.with_fixed(hunt.best.mentor_of)
    slots = hunt.pool.slots_of(hunt.best.slots(hunt.rows), mentor_of)
    return Most(hunt.best.count, claims.count_prices, mentor_of, slots, claims.searched, claims.settled)
