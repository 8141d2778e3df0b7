"""What one change comes to, out of the best answer: the same as solving the changed input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_ext.matching.solver import Infeasible, assign, outcomes_of_going, outcomes_of_places
from tests.mentoring_ext.matching.trying_all import MILLION, best_by_trying_all, tasks, wishes


def result(answer):
    return len(answer.mentor_of) - len(answer.left_over), round(answer.total * MILLION)


def solved(*task, **asked):
    """Return how many are placed and the total, (−1, None) where it cannot be."""
    try:
        return result(assign(*task, **asked))
    except Infeasible:
        return -1, None


def as_results(outcomes):
    totals = [None if np.isnan(total) else round(total * MILLION) for total in outcomes.total]
    return list(zip(outcomes.placed.tolist(), totals, strict=True))


@st.composite
def plain(draw):
    task = draw(tasks())
    asked = draw(wishes(task)) | {"objective": "total"}
    return task, {name: asked[name] for name in ("fixed", "stay")}


@settings(max_examples=400, deadline=None)
@given(plain())
def test_going_elsewhere_comes_to_what_solving_again_finds(given_task):
    (scores, allowed, capacity), asked = given_task
    answer = assign(scores, allowed, capacity, **asked)

    for mentee in range(len(scores)):
        others = {key: mentor for key, mentor in (asked["fixed"] or {}).items() if key != mentee}
        found = outcomes_of_going(scores, allowed, capacity, answer.mentor_of, mentee, **asked)

        assert as_results(found) == [
            solved(scores, allowed, capacity, stay=asked["stay"], fixed=others | {mentee: mentor})
            for mentor in range(scores.shape[1])
        ]


@settings(max_examples=400, deadline=None)
@given(plain())
def test_one_more_place_comes_to_what_trying_everything_finds(given_task):
    (scores, allowed, capacity), asked = given_task
    answer = assign(scores, allowed, capacity, **asked)

    found = outcomes_of_places(scores, allowed, capacity, answer.mentor_of, **asked)

    expected = []
    for mentor in range(scores.shape[1]):
        placed, _worst, total = best_by_trying_all(
            scores, allowed, capacity + np.eye(len(capacity), dtype=int)[mentor], **asked
        )
        expected.append((placed, total))
    assert as_results(found) == expected


@pytest.mark.parametrize(("people", "mentors", "share", "places"), [(300, 100, 0.15, 3), (300, 100, 0.85, 2)])
def test_at_a_programmes_size_it_is_the_same_too(people, mentors, share, places):
    random = np.random.default_rng(people + places)
    scores = random.integers(0, MILLION + 1, (people, mentors)) / MILLION
    allowed = random.random((people, mentors)) < share
    capacity = random.integers(0, places + 2, mentors)
    answer = assign(scores, allowed, capacity)

    for mentee in (0, *answer.left_over[:1]):
        found = as_results(outcomes_of_going(scores, allowed, capacity, answer.mentor_of, mentee))
        for mentor in range(0, mentors, 9):
            assert found[mentor] == solved(scores, allowed, capacity, fixed={mentee: mentor})
    more = as_results(outcomes_of_places(scores, allowed, capacity, answer.mentor_of))
    for mentor in range(0, mentors, 9):
        assert more[mentor] == solved(scores, allowed, capacity + (np.arange(mentors) == mentor))


def test_an_answer_that_is_not_the_best_is_refused():
    scores = np.array([[0.9, 0.1], [0.1, 0.9]])
    everybody = np.ones((2, 2), dtype=bool)

    with pytest.raises(ValueError, match="not the best"):
        outcomes_of_places(scores, everybody, np.array([1, 1]), np.array([1, 0]))
