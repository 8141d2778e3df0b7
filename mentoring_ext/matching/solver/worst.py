"""The worst placed score, which the fair objective raises first."""

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER
from mentoring_ext.matching.solver.task import Task

NO_SCORE = 2**40


def worst_of(task: Task, mentor_of: Integers) -> int:
    """Return the lowest points of all who are placed, the fixed ones too; ``NO_SCORE`` when nobody is."""
    rows = np.flatnonzero(mentor_of != LEFT_OVER)
    lowest = int(task.points_at(rows, mentor_of[rows]).min(initial=NO_SCORE))
    return min(lowest, int(task.fixed_points.min(initial=NO_SCORE)))
