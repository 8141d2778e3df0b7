"""Smallest sizes, common slots, fixed pairs, staying and fairness together, against trying everything."""

import numpy as np
import pytest
from hypothesis import given, settings

from mentoring_ext.matching.solver import Assignment, Infeasible, assign, verify
from tests.mentoring_ext.matching.group_cases import MILLION, Case, best_by_trying, cases


def key_of(case: Case, answer: Assignment) -> tuple[int, int, int]:
    placed = np.flatnonzero(answer.mentor_of >= 0)
    scores = [case.effective(int(mentee), int(answer.mentor_of[mentee])) for mentee in placed]
    worst = min(scores, default=0) if case.rules["objective"] == "fair" else 0
    return len(placed), worst, round(answer.total * MILLION)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_answer_is_the_best_of_all(case: Case) -> None:
    best = best_by_trying(case)
    if best is None:
        with pytest.raises(Infeasible):
            assign(case.points, case.allowed, case.capacity, **case.rules)
        return

    answer = assign(case.points, case.allowed, case.capacity, **case.rules)

    verify(case.points, case.allowed, case.capacity, answer, **case.rules)
    assert key_of(case, answer) == best
    assert answer.optimal
    assert answer.bound == answer.total
