import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from mentoring_ext.matching.explain import crowds, next_best
from mentoring_ext.matching.facts import Bools, Floats, Integers
from mentoring_ext.matching.solver import Assignment, Infeasible, Refused, assign, verify

Task = tuple[Floats, Bools, Integers]


@st.composite
def tasks(draw, whole=True):
    mentees, mentors = draw(st.integers(0, 6)), draw(st.integers(0, 3))
    pairs = mentees * mentors
    numbers = st.integers(-1_000_000, 1_000_000).map(lambda n: n / 1_000_000) if whole else st.floats(-2, 2)
    scores = draw(st.lists(numbers, min_size=pairs, max_size=pairs))
    allowed = draw(st.lists(st.booleans(), min_size=pairs, max_size=pairs))
    capacity = draw(st.lists(st.integers(0, 4), min_size=mentors, max_size=mentors))
    return (
        np.array(scores, dtype=float).reshape(mentees, mentors),
        np.array(allowed, dtype=bool).reshape(mentees, mentors),
        np.array(capacity, dtype=np.int64),
    )


def best_by_trying_all(
    scores: Floats, allowed: Bools, capacity: Integers, fixed: Mapping[int, int] | None = None
) -> tuple[int, float]:
    best = (-1, -np.inf)
    for choice in itertools.product(range(-1, len(capacity)), repeat=len(scores)):
        placed = [(i, j) for i, j in enumerate(choice) if j >= 0]
        kept = all(choice[i] == j for i, j in (fixed or {}).items())
        if not kept or not all(allowed[pair] for pair in placed):
            continue
        if any(choice.count(j) > places for j, places in enumerate(capacity)):
            continue
        best = max(best, (len(placed), sum(scores[pair] for pair in placed)))
    return best


@given(tasks())
@settings(max_examples=150, deadline=None)
def test_assign_places_the_most_and_then_takes_the_best_total(task: Task):
    answer = assign(*task)

    placed, total = best_by_trying_all(*task)
    assert len(task[0]) - len(answer.left_over) == placed
    assert answer.total == pytest.approx(total, abs=1e-9)
    assert answer.optimal and answer.bound == answer.total
    verify(*task, answer)


@given(tasks(whole=False))
@settings(max_examples=60, deadline=None)
def test_assign_takes_scores_of_any_size(task: Task):
    answer = assign(*task)

    assert answer.total == pytest.approx(best_by_trying_all(*task)[1], abs=1e-8)
    verify(*task, answer)


@given(tasks(), st.data())
@settings(max_examples=100, deadline=None)
def test_assign_keeps_fixed_pairs(task: Task, data):
    scores, allowed, capacity = task
    open_pairs = [(int(i), int(j)) for i, j in np.argwhere(allowed & (capacity > 0)[None, :])]
    fixed = dict([data.draw(st.sampled_from(open_pairs))]) if open_pairs else {}

    answer = assign(*task, fixed=fixed)

    placed, total = best_by_trying_all(*task, fixed)
    assert len(scores) - len(answer.left_over) == placed
    assert answer.total == pytest.approx(total, abs=1e-9)
    verify(*task, answer, fixed=fixed)


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_a_constant_for_one_mentee_and_the_order_of_people_change_nothing(task: Task):
    scores, allowed, capacity = task
    added = scores.copy()
    added[:1] += 0.5

    answer, lifted = assign(*task), assign(added, allowed, capacity)
    turned = assign(scores[::-1], allowed[::-1], capacity)

    first_is_placed = len(scores) > 0 and answer.mentor_of[0] >= 0
    assert len(lifted.left_over) == len(answer.left_over) == len(turned.left_over)
    assert turned.total == pytest.approx(answer.total, abs=1e-9)
    if first_is_placed and not answer.left_over:
        assert lifted.total == pytest.approx(answer.total + 0.5, abs=1e-9)


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_a_mentor_twice_is_the_same_as_twice_the_places(task: Task):
    scores, allowed, capacity = task

    doubled = assign(np.hstack([scores, scores]), np.hstack([allowed, allowed]), np.hstack([capacity, capacity]))

    assert doubled.total == pytest.approx(assign(scores, allowed, capacity * 2).total, abs=1e-9)


def test_assign_reaches_scipys_best_total_on_a_large_task():
    random = np.random.default_rng(7)
    scores, capacity = random.integers(0, 1_000_001, (300, 100)) / 1_000_000, np.full(100, 3)
    allowed = np.ones(scores.shape, dtype=bool)

    answer = assign(scores, allowed, capacity)

    expanded = np.repeat(scores, 3, axis=1)
    assert answer.total == pytest.approx(expanded[linear_sum_assignment(expanded, maximize=True)].sum(), abs=1e-6)
    verify(scores, allowed, capacity, answer)


def test_the_same_input_gives_the_same_pairs():
    scores, allowed, capacity = np.ones((9, 3)), np.ones((9, 3), dtype=bool), np.full(3, 2)

    assert assign(scores, allowed, capacity).mentor_of.tolist() == assign(scores, allowed, capacity).mentor_of.tolist()


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda s, a, c: (s[0], a, c), "table"),
        (lambda s, a, c: (s, a[:1], c), "same shape"),
        (lambda s, a, c: (s, a.astype(int), c), "true and false"),
        (lambda s, a, c: (s, a, c[:1]), "each mentor"),
        (lambda s, a, c: (s, a, c.astype(float)), "whole number"),
        (lambda s, a, c: (s, a, -c), "negative"),
        (lambda s, a, c: (s * np.nan, a, c), "finite"),
    ],
)
def test_assign_says_what_is_wrong_with_the_input(change, text):
    task = change(np.ones((3, 2)), np.ones((3, 2), dtype=bool), np.full(2, 2))

    with pytest.raises(ValueError, match=text):
        assign(*task)


@pytest.mark.parametrize(
    ("fixed", "error", "text"),
    [
        ({0: 1}, Infeasible, "do not allow"),
        ({0: 0, 1: 0, 2: 0}, Infeasible, "2 places"),
        ({0: 9}, ValueError, "outside"),
    ],
)
def test_assign_refuses_fixed_pairs_that_cannot_be_kept(fixed, error, text):
    allowed = np.array([[True, False], [True, True], [True, True]])

    with pytest.raises(error, match=text):
        assign(np.ones((3, 2)), allowed, np.full(2, 2), fixed=fixed)


@pytest.fixture
def crowded():
    random = np.random.default_rng(3)
    scores = random.integers(0, 1_000_001, (8, 3)) / 1_000_000
    allowed = np.ones((8, 3), dtype=bool)
    allowed[:5, 1:] = False
    capacity = np.array([2, 3, 3])
    return (scores, allowed, capacity), assign(scores, allowed, capacity)


def with_proof(answer: Assignment, **fields) -> Assignment:
    assert answer.certificate
    return replace(answer, certificate=replace(answer.certificate, **fields))


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (lambda a: replace(a, mentor_of=a.mentor_of[:-1]), "one mentor for each"),
        (lambda a: replace(a, mentor_of=np.where(a.mentor_of < 0, 9, a.mentor_of)), "does not exist"),
        (lambda a: replace(a, mentor_of=np.where(a.mentor_of < 0, 1, a.mentor_of)), "breaks a rule"),
        (lambda a: replace(a, mentor_of=np.where(a.mentor_of < 0, 0, a.mentor_of)), "more mentees than places"),
        (lambda a: replace(a, total=a.total + 1e-6), "total"),
        (lambda a: replace(a, left_over=a.left_over[1:]), "left over"),
        (lambda a: replace(a, bound=a.bound + 1), "bound"),
        (lambda a: replace(a, optimal=False), "best"),
        (lambda a: replace(a, certificate=None), "no proof"),
        (lambda a: with_proof(a, mentor_prices=a.certificate.mentor_prices - 1), "below zero|worth more"),
        (lambda a: with_proof(a, mentee_prices=a.certificate.mentee_prices[1:]), "one price for each"),
        (lambda a: with_proof(a, mentee_prices=a.certificate.mentee_prices * 1.0), "whole numbers"),
        (lambda a: with_proof(a, premium=a.certificate.premium + 1), "worth more"),
        (lambda a: with_proof(a, kind="search"), "another kind"),
        (lambda a: with_proof(a, places=[]), "also go elsewhere"),
        (lambda a: with_proof(a, crowd=a.certificate.crowd[:-1]), "places for more"),
        (lambda a: with_proof(a, crowd=[99]), "does not wait"),
    ],
)
def test_verify_refuses_a_planted_fault(crowded: tuple[Task, Assignment], fault, text):
    task, answer = crowded
    verify(*task, answer)

    with pytest.raises(Refused, match=text):
        verify(*task, fault(answer))


def test_verify_refuses_a_worse_pairing_that_claims_to_be_the_best(crowded: tuple[Task, Assignment]):
    (scores, allowed, capacity), answer = crowded
    worse = answer.mentor_of.copy()
    worse[5], worse[6] = 3 - worse[5], 3 - worse[6]
    total = sum(scores[i, j] for i, j in enumerate(worse) if j >= 0)

    with pytest.raises(Refused):
        verify(scores, allowed, capacity, replace(answer, mentor_of=worse, total=total, bound=total))


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
