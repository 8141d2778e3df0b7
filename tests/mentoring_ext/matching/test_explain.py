import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_ext.matching.explain import crowds, next_best
from mentoring_ext.matching.facts import Facts, Sides
from mentoring_ext.matching.kept import Options, RunInput
from mentoring_ext.matching.outcomes import Outcome, answer_if_any
from mentoring_ext.matching.solver import assign
from mentoring_ext.matching.solving import Tables
from tests.mentoring_ext.matching.trying_all import tasks


@pytest.fixture
def crowded():
    random = np.random.default_rng(3)
    scores = random.integers(0, 1_000_001, (8, 3)) / 1_000_000
    allowed = np.ones((8, 3), dtype=bool)
    allowed[:5, 1:] = False
    capacity = np.array([2, 3, 3])
    return (scores, allowed, capacity), assign(scores, allowed, capacity)


def input_of(scores, allowed, capacity, **options):
    """Return an input that asks this of the groups, and its tables: people without sheets, scores given."""
    people, mentors = scores.shape
    facts = [Facts(key) for key in range(people + mentors)]
    everything = RunInput(Sides(facts[:people], facts[people:]), {}, Options(**options))
    whole = np.rint(scores * 1_000_000).astype(np.int32)
    mentees, theirs = list(range(people)), list(range(people, people + mentors))
    tables = Tables(
        mentees, theirs, whole, allowed, capacity, None, lambda row, column: [], lambda row, column: ([], [])
    )
    return everything, tables


def best(given, tables):
    return answer_if_any(given, tables)


def test_next_best_says_what_the_change_would_cost_the_whole():
    scores = np.array([[0.9, 0.8], [0.8, 0.1]])
    everything, tables = input_of(scores, np.ones((2, 2), dtype=bool), np.array([1, 1]))
    answer = best(everything, tables)

    (other,) = next_best(everything, tables, answer, answer.mentor_of, 0)

    assert (other.mentor, other.score, other.taken_by) == (0, 900_000, [1])
    assert other.outcome == Outcome(0, -600_000, -600_000)


def test_next_best_is_measured_from_the_place_that_somebody_has_by_hand():
    scores = np.array([[0.9, 0.8], [0.8, 0.1]])
    everything, tables = input_of(scores, np.ones((2, 2), dtype=bool), np.array([1, 1]))

    (other,) = next_best(everything, tables, best(everything, tables), np.array([0, 1]), 0)

    assert (other.mentor, other.outcome) == (1, Outcome(0, 600_000, 600_000))


@settings(max_examples=120, deadline=None)
@given(tasks(), st.sampled_from([{}, {"minimum": 2}, {"objective": "fair"}, {"minimum": 2, "objective": "fair"}]))
def test_next_best_is_what_trying_every_pairing_finds(task, options):
    scores, allowed, capacity = task
    scores = np.abs(scores)
    given_input, tables = input_of(scores, allowed, capacity, **options)
    answer = best(given_input, tables)

    for mentee in range(len(scores)):
        for other in next_best(given_input, tables, answer, answer.mentor_of, mentee, limit=None):
            after = answer_if_any(given_input, tables, fixed={mentee: other.mentor})
            if after is None:
                assert other.outcome is None
                continue
            assert other.outcome.is_exact
            assert other.outcome.placed == len(answer.left_over) - len(after.left_over)
            assert other.outcome.low == round((after.total - answer.total) * 1_000_000)


def test_next_best_can_have_a_higher_total_where_the_weakest_comes_first():
    scores = np.array([[0.0, 0.0], [0.0, 0.1], [0.1, 0.3]])
    everything, tables = input_of(scores, np.ones((3, 2), dtype=bool), np.array([1, 1]), objective="fair")
    answer = best(everything, tables)

    (other, *_) = next_best(everything, tables, answer, answer.mentor_of, 0)

    assert (other.outcome.low, other.outcome.weakest) == (100_000, (100_000, 0))


def test_crowds_name_those_who_compete_for_too_few_places(crowded):
    (_, allowed, capacity), answer = crowded

    (crowd,) = crowds(allowed, capacity, answer.mentor_of)

    assert (crowd.mentees, crowd.mentors, crowd.places) == ([0, 1, 2, 3, 4], [0], 2)
    assert crowd.left == answer.left_over


def test_crowds_explain_a_mentee_without_any_possible_mentor():
    allowed = np.array([[False], [True]])

    (crowd,) = crowds(allowed, np.array([1]), assign(np.ones((2, 1)), allowed, np.array([1])).mentor_of)

    assert (crowd.mentees, crowd.mentors, crowd.left) == ([0], [], [0])
