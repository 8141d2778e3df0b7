"""The smallest size of a group: nobody alone, and why it cannot be kept."""

import numpy as np
import pytest

from mentoring_ext.matching.solver import Infeasible, assign, verify
from mentoring_ext.matching.solver.groups import rows


def everything(people: int, mentors: int) -> np.ndarray:
    return np.ones((people, mentors), dtype=bool)


def test_nobody_is_alone():
    scores = np.array([[0.9, 0.5], [0.2, 0.5], [0.2, 0.5]])
    minimum = np.array([2, 2])

    answer = assign(scores, everything(3, 2), np.array([2, 3]), minimum=minimum)

    assert answer.mentor_of.tolist() == [1, 1, 1]
    assert answer.optimal
    verify(scores, everything(3, 2), np.array([2, 3]), answer, minimum=minimum)


def test_a_smallest_size_of_one_changes_nothing():
    scores = np.random.default_rng(2).random((6, 3))

    plain = assign(scores, everything(6, 3), np.array([2, 2, 2]))
    one = assign(scores, everything(6, 3), np.array([2, 2, 2]), minimum=np.array([1, 1, 1]))

    assert one.total == plain.total


def test_a_group_with_fixed_mentees_that_cannot_be_filled_is_named():
    with pytest.raises(Infeasible, match="smallest size: 0"):
        assign(np.zeros((2, 1)), np.array([[True], [False]]), np.array([3]), minimum=np.array([2]), fixed={0: 0})


def test_two_groups_with_fixed_mentees_cannot_share_the_only_one_left():
    with pytest.raises(Infeasible, match="smallest size: 0, 1"):
        assign(
            np.zeros((3, 2)),
            everything(3, 2),
            np.array([2, 2]),
            minimum=np.array([2, 2]),
            fixed={0: 0, 1: 1},
        )


def test_mentors_who_all_want_the_same_mentees_leave_nobody_over_in_a_large_programme(monkeypatch):
    monkeypatch.setattr(rows, "ALL", -1)
    random = np.random.default_rng(5)
    scores = 0.9 * random.random((600, 1)) + 0.02 * random.random((600, 200))
    capacity, minimum = np.full(200, 3), np.full(200, 2)

    answer = assign(scores, everything(600, 200), capacity, minimum=minimum)

    assert answer.left_over == []
    verify(scores, everything(600, 200), capacity, answer, minimum=minimum)


@pytest.mark.parametrize("wish", ["minimum", "preferred"])
def test_a_large_programme_has_an_answer_though_the_time_is_over_before_it_begins(monkeypatch, wish):
    monkeypatch.setattr(rows, "ALL", -1)
    scores, capacity = np.random.default_rng(5).random((60, 20)), np.full(20, 3)
    rules = {wish: np.full(20, 2)}

    answer = assign(scores, everything(60, 20), capacity, seconds=0, **rules)

    verify(scores, everything(60, 20), capacity, answer, **rules)


def test_a_smallest_size_beyond_all_groups_uses_nobody():
    huge = np.array([2**63], dtype=np.uint64)

    assert assign(np.ones((2, 1)), everything(2, 1), np.array([2]), minimum=huge).left_over == [0, 1]
