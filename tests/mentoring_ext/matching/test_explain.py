import numpy as np
import pytest

from mentoring_ext.matching.explain import crowds, next_best
from mentoring_ext.matching.solver import assign


@pytest.fixture
def crowded():
    random = np.random.default_rng(3)
    scores = random.integers(0, 1_000_001, (8, 3)) / 1_000_000
    allowed = np.ones((8, 3), dtype=bool)
    allowed[:5, 1:] = False
    capacity = np.array([2, 3, 3])
    return (scores, allowed, capacity), assign(scores, allowed, capacity)


def test_next_best_says_what_the_change_would_cost_the_whole():
    scores = np.array([[0.9, 0.8], [0.8, 0.1]])
    task = scores, np.ones((2, 2), dtype=bool), np.array([1, 1])

    (other,) = next_best(*task, assign(*task).mentor_of, 0)

    assert (other.mentor, other.score, other.taken_by) == (0, 0.9, [1])
    assert other.change == pytest.approx(-0.6)
    assert other.placed == 0


def test_crowds_name_those_who_compete_for_too_few_places(crowded):
    (_, allowed, capacity), answer = crowded

    (crowd,) = crowds(allowed, capacity, answer.mentor_of)

    assert (crowd.mentees, crowd.mentors, crowd.places) == ([0, 1, 2, 3, 4], [0], 2)
    assert crowd.left == answer.left_over


def test_crowds_explain_a_mentee_without_any_possible_mentor():
    allowed = np.array([[False], [True]])

    (crowd,) = crowds(allowed, np.array([1]), assign(np.ones((2, 1)), allowed, np.array([1])).mentor_of)

    assert (crowd.mentees, crowd.mentors, crowd.left) == ([0], [], [0])
