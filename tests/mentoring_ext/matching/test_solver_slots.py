"""Smallest sizes, common slots, fixed pairs, staying and fairness together, against trying everything."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mentoring_ext.matching.solver import Assignment, Infeasible, Refused, assign, verify
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


def groups_of_three() -> Case:
    """Return four mentors and twelve mentees, each free in two of four slots."""
    rng = np.random.default_rng(3)
    slots = {"mentee_slots": rng.random((12, 4)) < 0.6, "mentor_slots": rng.random((4, 4)) < 0.7}
    rules = {"objective": "total", "minimum": np.full(4, 2), **slots}
    return Case(rng.integers(0, MILLION, (12, 4)), np.ones((12, 4), dtype=bool), np.full(4, 4), rules)


def with_slot(case: Case, answer: Assignment, *, free: bool) -> Assignment:
    """Return the answer with one group's slot moved to where its mentor is free, or is not, and its mentees are not."""
    for mentor in np.unique(answer.mentor_of[answer.mentor_of >= 0]):
        group = answer.mentor_of == mentor
        common = case.rules["mentee_slots"][group].all(0)
        wrong = np.flatnonzero((case.rules["mentor_slots"][mentor] == free) & (~common | (not free)))
        if len(wrong):
            moved = np.array(answer.slot_of)
            moved[mentor] = wrong[0]
            return replace(answer, slot_of=moved)
    raise AssertionError("no group's slot can be moved so")


def with_proof(answer: Assignment, **changes: object) -> Assignment:
    assert answer.certificate is not None
    return replace(answer, certificate=replace(answer.certificate, **changes))


def changed_prices(answer: Assignment) -> Assignment:
    assert answer.certificate is not None
    return with_proof(answer, mentee_prices=answer.certificate.mentee_prices + 1)


def lonely(answer: Assignment) -> Assignment:
    """Return the answer with all but one of a group left over."""
    mentor_of = answer.mentor_of.copy()
    group = np.flatnonzero(mentor_of == mentor_of.max())
    mentor_of[group[1:]] = -1
    return replace(answer, mentor_of=mentor_of)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda case, answer: with_slot(case, answer, free=True), "a mentee is not free"),
        (lambda case, answer: with_slot(case, answer, free=False), "a mentor is not free"),
        (lambda case, answer: lonely(answer), "smaller than the smallest size"),
        (lambda case, answer: replace(answer, bound=answer.bound - 1 / MILLION), "bound"),
        (lambda case, answer: changed_prices(answer), "bound"),
        (lambda case, answer: replace(answer, optimal=not answer.optimal), "the claim to be the best"),
        (lambda case, answer: with_proof(answer, settled=not answer.certificate.settled), "claim"),
        (lambda case, answer: with_proof(answer, count_prices=np.full(12, 2**21)), "more could be placed"),
    ],
)
def test_verify_refuses_a_planted_fault(spoil, reason):
    case = groups_of_three()
    answer = assign(case.points, case.allowed, case.capacity, **case.rules)
    verify(case.points, case.allowed, case.capacity, answer, **case.rules)

    with pytest.raises(Refused, match=reason):
        verify(case.points, case.allowed, case.capacity, spoil(case, answer), **case.rules)


def test_slots_in_which_everybody_is_free_change_nothing():
    case = groups_of_three()
    always = {"mentee_slots": np.ones((12, 5), dtype=bool), "mentor_slots": np.ones((4, 5), dtype=bool)}

    plain = assign(case.points, case.allowed, case.capacity)
    slotted = assign(case.points, case.allowed, case.capacity, **always)

    assert slotted.total == plain.total


def test_the_order_of_people_does_not_change_the_total():
    case = groups_of_three()
    order = np.random.default_rng(1).permutation(12)
    turned = {**case.rules, "mentee_slots": case.rules["mentee_slots"][order]}

    first = assign(case.points, case.allowed, case.capacity, **case.rules)
    second = assign(case.points[order], case.allowed[order], case.capacity, **turned)

    assert first.optimal
    assert first.total == second.total


def test_fixed_mentees_without_a_common_slot_are_named():
    slots = np.eye(2, dtype=bool)
    both = {"mentee_slots": slots, "mentor_slots": np.ones((1, 2), dtype=bool)}

    with pytest.raises(Infeasible, match="no common slot"):
        assign(np.zeros((2, 1)), np.ones((2, 1), dtype=bool), np.array([2]), fixed={0: 0, 1: 0}, **both)
