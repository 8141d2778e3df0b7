from contextlib import suppress
from dataclasses import fields, replace

import numpy as np
import pytest

from mentoring_ext.matching.solver import Assignment, Certificate, Infeasible, Refused, assign, verify
from tests.mentoring_ext.matching.trying_all import Task


def with_proof(answer: Assignment, **fields) -> Assignment:
    assert answer.certificate
    return replace(answer, certificate=replace(answer.certificate, **fields))


def one_more(prices, at=0, step=1):
    changed = np.array(prices)
    changed[at] += step
    return changed


@pytest.fixture(params=["total", "fair"])
def crowded(request):
    """Five of eight mentees can only go to the first of three mentors, who has two places."""
    random = np.random.default_rng(3)
    scores = random.integers(0, 1_000_001, (8, 3)) / 1_000_000
    allowed = np.ones((8, 3), dtype=bool)
    allowed[:5, 1:] = False
    task, wish = (scores, allowed, np.array([2, 3, 3])), {"objective": request.param}
    return task, wish, assign(*task, **wish)


FAULTS = {
    "short": (lambda a: replace(a, mentor_of=a.mentor_of[:-1]), "one mentor for each"),
    "fractions": (lambda a: replace(a, mentor_of=a.mentor_of * 1.0), "one mentor for each"),
    "unknown mentor": (lambda a: replace(a, mentor_of=np.where(a.mentor_of < 0, 9, a.mentor_of)), "does not exist"),
    "wrong pair": (lambda a: replace(a, mentor_of=np.where(a.mentor_of < 0, 1, a.mentor_of)), "breaks a rule"),
    "too many": (lambda a: replace(a, mentor_of=np.where(a.mentor_of < 0, 0, a.mentor_of)), "than places"),
    "total": (lambda a: replace(a, total=a.total + 1e-6), "total"),
    "total not a number": (lambda a: replace(a, total=np.nan), "total"),
    "left over": (lambda a: replace(a, left_over=a.left_over[1:]), "left over"),
    "bound": (lambda a: replace(a, bound=a.bound + 1), "bound"),
    "bound not a number": (lambda a: replace(a, bound=np.nan), "bound"),
    "optimal": (lambda a: replace(a, optimal=False), "best"),
    "slots": (lambda a: replace(a, slot_of=np.zeros(3, dtype=int)), "slots"),
    "no proof": (lambda a: replace(a, certificate=None), "no proof"),
    "kind": (lambda a: with_proof(a, kind="luck"), "another kind"),
    "scale": (lambda a: with_proof(a, scale=1), "another kind or scale"),
    "mentors' prices": (
        lambda a: with_proof(a, mentor_prices=a.certificate.mentor_prices - 1),
        "below zero|worth more",
    ),
    "mentee's price up": (lambda a: with_proof(a, mentee_prices=one_more(a.certificate.mentee_prices)), "bound"),
    "mentor's price up": (lambda a: with_proof(a, mentor_prices=one_more(a.certificate.mentor_prices)), "bound"),
    "price down": (
        lambda a: with_proof(a, mentor_prices=one_more(a.certificate.mentor_prices, 0, -1)),
        "worth more",
    ),
    "price too high": (lambda a: with_proof(a, mentor_prices=a.certificate.mentor_prices + 2**60), "beyond"),
    "a price missing": (lambda a: with_proof(a, mentee_prices=a.certificate.mentee_prices[1:]), "one price for each"),
    "prices of fractions": (lambda a: with_proof(a, mentee_prices=a.certificate.mentee_prices * 1.0), "whole numbers"),
    "premium": (lambda a: with_proof(a, premium=a.certificate.premium + 1), "worth more"),
    "premium of a fraction": (lambda a: with_proof(a, premium=0.5), "whole numbers"),
    "Hall set without places": (lambda a: with_proof(a, places=[]), "also go elsewhere"),
    "Hall set too small": (lambda a: with_proof(a, crowd=a.certificate.crowd[:-1]), "places for more"),
    "Hall set empty": (lambda a: with_proof(a, crowd=[], places=[]), "places for more"),
    "Hall set twice": (lambda a: with_proof(a, crowd=a.certificate.crowd[:1] * 5), "places for more"),
    "Hall set of nobody": (lambda a: with_proof(a, crowd=[99]), "does not wait"),
    "Hall set's places": (lambda a: with_proof(a, places=[0, 7]), "name no mentor"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_verify_refuses_a_planted_fault(crowded, name):
    task: Task = crowded[0]
    wish, answer = crowded[1:]
    fault, text = FAULTS[name]
    verify(*task, answer, **wish)

    with pytest.raises(Refused, match=text):
        verify(*task, fault(answer), **wish)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"floor": None}, "floor"),
        ({"floor": 0}, "floor"),
        ({"floor_crowd": [], "floor_places": []}, "places for more"),
        ({"floor_places": []}, "elsewhere"),
    ],
)
def test_verify_refuses_a_floor_that_is_not_proven(fields, text):
    task = np.array([[0.9, 0.5], [0.6, 0.4], [0.3, 0.2]]), np.ones((3, 2), dtype=bool), np.array([1, 1])
    answer = assign(*task, objective="fair")

    with pytest.raises(Refused, match=text):
        verify(*task, with_proof(answer, **fields), objective="fair")


def test_verify_refuses_a_total_that_claims_to_be_fair():
    task = np.array([[0.9, 0.5], [0.6, 0.1]]), np.ones((2, 2), dtype=bool), np.array([1, 1])
    unfair = replace(assign(*task), mentor_of=np.array([0, 1]), total=1.0, bound=1.0)

    with pytest.raises(Refused, match="floor"):
        verify(*task, unfair, objective="fair")


def test_verify_refuses_a_worse_pairing_that_claims_to_be_the_best(crowded):
    (scores, allowed, capacity), wish, answer = crowded
    worse = answer.mentor_of.copy()
    worse[5], worse[6] = 3 - worse[5], 3 - worse[6]
    total = sum(scores[i, j] for i, j in enumerate(worse) if j >= 0)

    with pytest.raises(Refused):
        verify(scores, allowed, capacity, replace(answer, mentor_of=worse, total=total, bound=total), **wish)


def test_verify_refuses_an_answer_without_the_fixed_pair_or_to_other_scores():
    task = np.array([[0.9, 0.5], [0.6, 0.1]]), np.ones((2, 2), dtype=bool), np.array([1, 1])
    answer = assign(*task)

    with pytest.raises(Refused, match="fixed"):
        verify(*task, answer, fixed={0: 0})
    with pytest.raises(Refused, match="total"):
        verify(*task, answer, stay=(np.array([0, 0]), 0.1))
    with pytest.raises(ValueError, match="finite"):
        verify(task[0] * np.nan, *task[1:], answer)


@pytest.mark.parametrize(
    ("minimum", "slots", "slot_of", "text"),
    [
        ([0, 3], None, None, "smallest size"),
        (None, ([[1, 0], [1, 0]], [[1, 1], [1, 1]]), None, "one slot for each"),
        (None, ([[1, 0], [1, 0]], [[1, 1], [1, 1]]), [-1, 2], "does not exist"),
        (None, ([[1, 0], [1, 0]], [[1, 1], [1, 1]]), [-1, -1], "has no slot"),
        (None, ([[1, 0], [1, 0]], [[1, 1], [1, 1]]), [0, 0], "without a group"),
        (None, ([[1, 0], [1, 0]], [[1, 1], [0, 1]]), [-1, 0], "a mentor is not free"),
        (None, ([[1, 0], [0, 1]], [[1, 1], [1, 1]]), [-1, 0], "a mentee is not free"),
    ],
)
def test_verify_refuses_groups_that_break_a_rule(minimum, slots, slot_of, text):
    task = np.array([[0.1, 0.5], [0.1, 0.5]]), np.ones((2, 2), dtype=bool), np.array([2, 2])
    answer = replace(assign(*task), slot_of=None if slot_of is None else np.array(slot_of))
    mentees, mentors = (np.array(side, dtype=bool) for side in slots) if slots else (None, None)

    with pytest.raises(Refused, match=text):
        verify(
            *task,
            answer,
            minimum=None if minimum is None else np.array(minimum),
            mentee_slots=mentees,
            mentor_slots=mentors,
        )


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda s, a, c: (s[0], a, c), "table"),
        (lambda s, a, c: (s.astype(str), a, c), "table of numbers"),
        (lambda s, a, c: (s.astype(complex), a, c), "table of numbers"),
        (lambda s, a, c: (s, a[:1], c), "same shape"),
        (lambda s, a, c: (s, a.astype(int), c), "true and false"),
        (lambda s, a, c: (s, a, c[:1]), "each mentor"),
        (lambda s, a, c: (s, a, c.astype(float)), "whole number"),
        (lambda s, a, c: (s, a, -c), "negative"),
        (lambda s, a, c: (s * np.nan, a, c), "finite"),
        (lambda s, a, c: (s * np.inf, a, c), "finite"),
        (lambda s, a, c: (-s * np.inf, a, c), "finite"),
        (lambda s, a, c: (s * 1e12, a, c), "beyond"),
        (lambda s, a, c: (s.astype(np.int64) * 2**40, a, c), "millionths"),
    ],
)
def test_assign_says_what_is_wrong_with_the_tables(change, text):
    task = change(np.ones((3, 2)), np.ones((3, 2), dtype=bool), np.full(2, 2))

    with pytest.raises(ValueError, match=text):
        assign(*task)


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({"objective": "best"}, "objective"),
        ({"minimum": np.ones(3, dtype=int)}, "minimum"),
        ({"minimum": np.ones(2)}, "minimum"),
        ({"minimum": np.array([-1, 1])}, "negative"),
        ({"mentee_slots": np.ones((3, 4), dtype=bool)}, "neither"),
        ({"mentee_slots": np.ones((3, 4)), "mentor_slots": np.ones((2, 4))}, "true and false"),
        ({"mentee_slots": np.ones((2, 4), bool), "mentor_slots": np.ones((2, 4), bool)}, "one row for each person"),
        ({"mentee_slots": np.ones((3, 4), bool), "mentor_slots": np.ones((2, 5), bool)}, "the same slots"),
        ({"stay": (np.zeros(2, dtype=int), 0.1)}, "present mentor of each"),
        ({"stay": (np.zeros(3), 0.1)}, "present mentor of each"),
        ({"stay": (np.array([0, 2, 1]), 0.1)}, "outside"),
        ({"stay": (np.array([0, -2, 1]), 0.1)}, "outside"),
        ({"stay": (np.zeros(3, dtype=int), -0.1)}, "penalty"),
        ({"stay": (np.zeros(3, dtype=int), np.nan)}, "penalty"),
        ({"fixed": {0: 9}}, "outside"),
        ({"fixed": {-1: 0}}, "outside"),
    ],
)
def test_assign_says_what_is_wrong_with_the_wishes(wish, text):
    with pytest.raises(ValueError, match=text) as caught:
        assign(np.ones((3, 2)), np.ones((3, 2), dtype=bool), np.full(2, 2), **wish)

    assert not isinstance(caught.value, Infeasible)


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({"fixed": {0: 1}}, "do not allow"),
        ({"fixed": {0: 0, 1: 0, 2: 0}}, "2 places"),
        ({"fixed": {0: 0}, "minimum": np.array([3, 0])}, "needs 3"),
        (
            {
                "fixed": {1: 1},
                "mentee_slots": np.array([[1, 0]] * 3, bool),
                "mentor_slots": np.array([[0, 1]] * 2, bool),
            },
            "no common slot",
        ),
    ],
)
def test_assign_refuses_fixed_pairs_that_cannot_be_kept(wish, text):
    allowed = np.array([[True, False], [True, True], [True, True]])

    with pytest.raises(Infeasible, match=text):
        assign(np.ones((3, 2)), allowed, np.full(2, 2), **wish)


FORGED = [None, True, 0.5, float("nan"), 10**40, -1, "x", [None], [[1]], [0.5], {"a": 1}, {1}, object()]
SIZED = {"preferred": np.array([2, 3, 2]), "objective": "fair"}


@pytest.mark.parametrize("name", [part.name for part in fields(Certificate)])
def test_verify_refuses_what_is_no_proof_and_does_not_break(crowded, name):
    task: Task = crowded[0]
    for wish in (crowded[1], SIZED):
        answer = assign(*task, **wish)
        kept = answer.certificate.as_json()
        verify(*task, replace(answer, certificate=Certificate.from_json(kept)), **wish)
        for value in FORGED:
            with suppress(Refused):
                verify(*task, with_proof(answer, **{name: value}), **wish)
                assert name != "small" or wish is not SIZED, value
            with suppress(Refused):
                verify(*task, replace(answer, certificate=Certificate.from_json({**kept, name: value})), **wish)


@pytest.mark.parametrize("name", [part.name for part in fields(Assignment)])
def test_verify_refuses_what_is_no_answer_and_does_not_break(crowded, name):
    task: Task = crowded[0]
    wish, answer = crowded[1:]
    for value in FORGED:
        with suppress(Refused):
            verify(*task, replace(answer, **{name: value}), **wish)


@pytest.mark.parametrize("kind", [np.int8, np.int32, np.uint64])
def test_verify_refuses_numbers_that_run_over(crowded, kind):
    task: Task = crowded[0]
    answer = assign(*task, **SIZED)
    for name in ("mentee_prices", "count_prices", "small_prices"):
        with pytest.raises(Refused, match="whole numbers"):
            verify(*task, with_proof(answer, **{name: np.ones(8, dtype=kind)}), **SIZED)
