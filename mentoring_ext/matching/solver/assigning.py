"""The way in: checks the input, hands the task to a strategy, and makes the answer out of what it found."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Assignment, Solution
from mentoring_ext.matching.solver.checking import Objective
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Progress, Watch

Strategy = Callable[[Task, Watch], Solution]


def assign(
    scores: NDArray[Any],
    allowed: Bools,
    capacity: Integers,
    *,
    minimum: Integers | None = None,
    preferred: Integers | None = None,
    fixed: Mapping[int, int] | None = None,
    objective: Objective = "total",
    mentee_slots: Bools | None = None,
    mentor_slots: Bools | None = None,
    stay: tuple[Integers, float] | None = None,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Assignment:
    """Place as many mentees as can be placed, and among all ways to do so take the best.

    ``scores`` and ``allowed`` are mentees × mentors, ``capacity`` the mentors' places. ``scores`` are numbers, of which
    multiples of 1e-6 are exact and others rounded to 1/2²⁹ of the largest; or whole numbers, which are millionths (32
    bits take least memory).

    * ``minimum``: the smallest group that a mentor is used for at all.
    * ``preferred``: the size that a mentor's group should have. Of all ways to place as many, those with the fewest
      groups that are used and smaller come first, before how fair and how good they are. A mentor with fewer places
      than preferred has a small group whenever it is used: who means filled places hands in no more than these.
    * ``fixed``: mentees who must go to a certain mentor.
    * ``objective``: ``total`` takes the highest total, ``fair`` first the highest worst score of those placed.
    * ``mentee_slots``, ``mentor_slots``: people × possible starts; every group then shares a slot.
    * ``stay``: the present mentor of each mentee (−1 for none) and what a move takes off the score.
    * ``progress``: told what is being done and the share done; what it raises stops the search.
    * ``seconds``: the time limit of a search that need not end, with slots or smallest sizes.

    Raises ``ValueError`` for malformed input, ``Infeasible`` when fixed pairs cannot be kept. The same input gives the
    same pairs, as long as no time limit ends the search.
    """
    watch = Watch(progress, seconds)
    task = Task.of(
        scores,
        allowed,
        capacity,
        minimum=minimum,
        preferred=preferred,
        fixed=fixed,
        objective=objective,
        mentee_slots=mentee_slots,
        mentor_slots=mentor_slots,
        stay=stay,
    )
    before = watch.passed
    strategy = strategy_for(task)
    watch = watch.without(watch.passed - before)  # the first search of a process loads libraries, at nobody's cost
    solution = strategy(task, watch)
    watch.tell("found", 1.0)  # whoever wanted to stop during the last step is heard, too
    return _answer(task, solution, watch)


def _answer(task: Task, solution: Solution, watch: Watch) -> Assignment:
    """Return a solution in the units of the scores."""
    total = task.total_of(solution.mentor_of)
    return Assignment(
        mentor_of=solution.mentor_of,
        total=total / task.scale,
        bound=solution.bound / task.scale,
        optimal=solution.certificate.settled and solution.bound == total,
        certificate=solution.certificate,
        left_over=np.flatnonzero(solution.mentor_of == LEFT_OVER).tolist(),
        seconds=watch.passed,
        slot_of=solution.slot_of,
    )


def strategy_for(task: Task) -> Strategy:
    """Return what solves the task: prices where every place stands for itself, a search where groups have rules.

    They are loaded only here: what they need of SciPy takes a second and memory that most processes can save.
    """
    if task.preferred is not None:
        from mentoring_ext.matching.solver.sizes.search import solve_sizes

        return solve_sizes
    has_smallest_sizes = task.minimum is not None and bool((task.minimum > 1).any())
    if task.mentee_slots is not None or has_smallest_sizes:
        from mentoring_ext.matching.solver.groups.search import solve_groups

        return solve_groups
    from mentoring_ext.matching.solver.prices import solve_by_prices

    return solve_by_prices
