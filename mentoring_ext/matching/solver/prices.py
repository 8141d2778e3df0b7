"""The strategy for plain totals: the best assignment, and prices that prove it (see ``proof``)."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Certificate, Solution
from mentoring_ext.matching.solver.crowd import crowd_of
from mentoring_ext.matching.solver.proof import bound_of
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import Watch


def solve_by_prices(task: Task, watch: Watch) -> Solution:
    """Return the best pairs with prices and a Hall set; smallest sizes and slots are not looked at."""
    worth = _worth(task)
    placed = _solve(task, worth)
    certificate = _certify(task, worth, placed)
    count = int((placed != LEFT_OVER).sum())
    return Solution(task.with_fixed(placed), bound_of(task, certificate, count), certificate)


def _premium(task: Task) -> int:
    """Return λ: more than any change of pairs can win, so that placing one more mentee always comes first."""
    if not task.open.any():
        return 0
    chosen = task.points[task.open]
    spread = int(chosen.max()) - int(chosen.min())
    return spread * (int(min(task.shape)) + 2) + 1 - int(chosen.min())


def _worth(task: Task) -> Integers:
    return np.where(task.open, task.points.astype(np.int64) + _premium(task), 0)


def _solve(task: Task, worth: Integers) -> Integers:
    """Return the best mentor of each free mentee: every place is a column of its own, a pair not open is worth 0."""
    columns = np.repeat(np.arange(task.shape[1]), task.places)
    placed = np.full(task.shape[0], LEFT_OVER, dtype=np.int64)
    rows, chosen = linear_sum_assignment(worth[:, columns].astype(float), maximize=True)
    mentors = columns[chosen]
    possible = task.open[rows, mentors]
    placed[rows[possible]] = mentors[possible]
    return placed


def _certify(task: Task, worth: Integers, placed: Integers) -> Certificate:
    """Find prices by Bellman–Ford over the mentors, and the mentees whom those left over compete with.

    A mentor's price rises as long as a mentee would pay more for a place there than for the present one.
    """
    prices = np.zeros(task.shape[1], dtype=np.int64)
    settled = np.flatnonzero(placed != LEFT_OVER)
    own = worth[settled, placed[settled]]
    kept = np.zeros(task.shape[0], dtype=np.int64)
    for _ in range(len(prices) + 1):
        kept[settled] = own - prices[placed[settled]]
        offers = np.where(task.open, worth - kept[:, None], 0)
        raised = np.maximum(prices, offers.max(0, initial=0))
        if (raised == prices).all():
            break
        prices = raised
    crowd, places = crowd_of(task.open, placed, np.flatnonzero(task.free & (placed == LEFT_OVER)))
    return Certificate("prices", task.scale, kept, prices, _premium(task), crowd, places)
