"""The strategy for groups: find good pairs, prove how good they are, search for the best where that is small enough.

In this order, each with what the one before found: how many can be placed, with the fair objective how high the worst
score can be, and the total.
"""

from mentoring_ext.matching.solver.answers import Certificate, Solution
from mentoring_ext.matching.solver.groups.claims import Claims, prove_count
from mentoring_ext.matching.solver.groups.closing import close
from mentoring_ext.matching.solver.groups.floors import keep_floor, raise_floor
from mentoring_ext.matching.solver.groups.hunt import begin, work_on
from mentoring_ext.matching.solver.groups.pool import Pool
from mentoring_ext.matching.solver.groups.proven import relax
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch

SEARCH = 0.9
"""The share of the time after which the search in larger programmes stops, as the proof looks at all pairs again."""


def solve_groups(task: Task, watch: Watch) -> Solution:
    """Return the best pairs found for groups with a smallest size, a common slot or both, and how good they are."""
    claims = Claims()
    hunt = begin(Pool(task), watch)
    if not hunt.rows.complete:
        hunt.watch = watch.part(SEARCH)
    work_on(hunt)
    prove_count(hunt, claims)
    if task.objective == "fair":
        hunt = raise_floor(hunt, claims)
    if hunt.rows.complete and not watch.is_over and close(hunt):
        claims.searched.append("total")
    if task.objective == "fair":
        keep_floor(hunt, claims)
    proven = relax(hunt)
    if proven.bound == hunt.best.total and "total" in claims.searched:
        claims.searched.remove("total")
    fixed = int(task.fixed_points.sum())
    certificate = Certificate(
        kind="search" if claims.searched else "bound",
        scale=task.scale,
        mentee_prices=proven.prices,
        premium=proven.premium,
        floor=claims.floor,
        count_prices=claims.count_prices,
        floor_prices=claims.floor_prices,
        searched=claims.searched,
        settled=claims.settled,
        relaxed=proven.bound + fixed,
    )
    mentor_of = task.with_fixed(hunt.best.mentor_of)
    slots = hunt.pool.slots_of(hunt.best.slots(hunt.rows), mentor_of)
    bound = hunt.best.total if "total" in claims.searched else proven.bound
    return Solution(mentor_of, bound + fixed, certificate, slots)
