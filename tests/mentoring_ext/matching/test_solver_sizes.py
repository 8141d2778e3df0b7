"""Preferred sizes: small groups only where nothing else places as many, against trying everything, and proven."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_ext.matching.solver import Assignment, Infeasible, Refused, assign, verify
from mentoring_ext.matching.solver.sizes import few
from mentoring_ext.matching.solver.sizes.chains import Pairs
from tests.mentoring_ext.matching.group_cases import MILLION, Case, cases, is_possible


def small_in(mentor_of, preferred):
    placed = np.asarray([mentor for mentor in mentor_of if mentor >= 0], dtype=np.int64)
    sizes = np.bincount(placed, minlength=len(preferred))
    return int(((sizes > 0) & (sizes < preferred)).sum())


def best_with_few_small(case: Case, preferred):
    """Return count, small groups (negative), worst score where asked for, and total of the best answer."""
    fixed = case.rules.get("fixed", {})
    if not all(case.allowed[pair] for pair in fixed.items()):
        return None
    choices = [
        [fixed[mentee]] if mentee in fixed else [-1, *np.flatnonzero(case.allowed[mentee]).tolist()]
        for mentee in range(len(case.points))
    ]
    return max((key for each in product(*choices) if (key := _key(case, each, preferred))), default=None)


def _key(case, mentor_of, preferred):
    groups = [[mentee for mentee, mentor in enumerate(mentor_of) if mentor == j] for j in range(len(case.capacity))]
    if not all(is_possible(case, mentor, group) for mentor, group in enumerate(groups) if group):
        return None
    scores = [case.effective(mentee, mentor) for mentee, mentor in enumerate(mentor_of) if mentor >= 0]
    worst = min(scores, default=0) if case.rules["objective"] == "fair" else 0
    return len(scores), -small_in(mentor_of, preferred), worst, sum(scores)


def key_of(case, answer, preferred):
    return _key(case, tuple(answer.mentor_of.tolist()), preferred)


@st.composite
def preferring(draw):
    """Draw a case, with or without its other rules, and preferred sizes."""
    case = draw(cases())
    kept = [name for name in case.rules if name == "objective" or draw(st.booleans())]
    if "mentor_slots" not in kept or "mentee_slots" not in kept:
        kept = [name for name in kept if "slots" not in name]
    mentors = len(case.capacity)
    preferred = draw(st.sampled_from([np.full(mentors, 2), np.arange(mentors) + 1, np.full(mentors, 3)]))
    return replace(case, rules={name: case.rules[name] for name in kept}), preferred


@settings(max_examples=150, deadline=None)
@given(preferring())
def test_as_good_as_trying_everything(drawn):
    case, preferred = drawn
    task, rules = (case.points, case.allowed, case.capacity), {**case.rules, "preferred": preferred}

    try:
        answer = assign(*task, **rules)
    except Infeasible:
        assert best_with_few_small(case, preferred) is None
        return

    assert key_of(case, answer, preferred) == best_with_few_small(case, preferred)
    assert answer.optimal
    assert answer.certificate.small == small_in(answer.mentor_of, preferred)
    verify(*task, answer, **rules)


@settings(max_examples=40, deadline=None)
@given(preferring(), st.integers(0, 2**32))
def test_the_order_of_people_changes_nothing_that_counts(drawn, seed):
    case, preferred = drawn
    case = replace(case, rules={"objective": case.rules["objective"]})
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(case.points)), rng.permutation(len(case.capacity))
    turned = replace(
        case,
        points=case.points[np.ix_(rows, columns)],
        allowed=case.allowed[np.ix_(rows, columns)],
        capacity=case.capacity[columns],
    )

    first = assign(case.points, case.allowed, case.capacity, preferred=preferred, **case.rules)
    other = assign(turned.points, turned.allowed, turned.capacity, preferred=preferred[columns], **case.rules)

    assert key_of(case, first, preferred) == key_of(turned, other, preferred[columns])


@settings(max_examples=40, deadline=None)
@given(preferring(), st.integers(1, 1000))
def test_points_for_every_pair_change_no_pairs_that_count(drawn, more):
    case, preferred = drawn
    case = replace(case, rules={"objective": case.rules["objective"]})

    first = assign(case.points, case.allowed, case.capacity, preferred=preferred, **case.rules)
    other = assign(case.points + more, case.allowed, case.capacity, preferred=preferred, **case.rules)

    placed = int((first.mentor_of >= 0).sum())
    assert round(other.total * MILLION) == round(first.total * MILLION) + more * placed
    assert other.certificate.small == first.certificate.small


def test_a_size_of_one_or_none_changes_nothing():
    points = np.random.default_rng(2).integers(0, MILLION, (6, 3))
    task = points, np.ones((6, 3), dtype=bool), np.array([3, 3, 3])

    plain = assign(*task)

    for size in (0, 1):
        answer = assign(*task, preferred=np.full(3, size))
        assert answer.mentor_of.tolist() == plain.mentor_of.tolist()
        assert answer.certificate.kind == "prices"


def test_nobody_is_alone_where_all_find_a_place_in_groups():
    scores = np.array([[0.9, 0.5], [0.2, 0.5], [0.2, 0.5]])

    answer = assign(scores, np.ones((3, 2), dtype=bool), np.array([2, 3]), preferred=np.array([2, 2]))

    assert answer.mentor_of.tolist() == [1, 1, 1]
    assert (answer.certificate.small, answer.optimal) == (0, True)


def test_somebody_is_alone_rather_than_left_over():
    allowed = np.array([[True, False], [False, True], [False, True]])

    answer = assign(np.full((3, 2), 0.5), allowed, np.array([3, 3]), preferred=np.array([2, 2]))

    assert answer.left_over == []
    assert (answer.certificate.small, answer.optimal) == (1, True)


def test_few_lone_mentees_come_before_fairness():
    scores = np.array([[0.9, 0.1], [0.1, 0.8], [0.1, 0.8]])
    allowed = np.ones((3, 2), dtype=bool)

    answer = assign(scores, allowed, np.array([3, 3]), preferred=np.array([2, 2]), objective="fair")

    assert answer.mentor_of.tolist() == [1, 1, 1]
    assert answer.certificate.floor == 100_000


def test_a_lone_lock_gets_company():
    scores = np.array([[0.9, 0.1], [0.1, 0.8], [0.1, 0.8], [0.1, 0.8]])

    answer = assign(scores, np.ones((4, 2), dtype=bool), np.array([3, 3]), preferred=np.array([2, 2]), fixed={0: 0})

    assert answer.certificate.small == 0
    assert (answer.mentor_of == 0).sum() == 2


def test_a_lock_that_nobody_can_join_stays_alone():
    allowed = np.array([[True, True], [False, True], [False, True]])
    task, rules = (np.full((3, 2), 0.5), allowed, np.array([3, 3])), {"preferred": np.array([2, 2]), "fixed": {0: 0}}

    answer = assign(*task, **rules)

    assert (answer.certificate.small, answer.optimal) == (1, True)
    verify(*task, answer, **rules)


def one_alone(objective: str) -> tuple[tuple[Any, Any, Any], dict[str, Any], Assignment]:
    """Somebody has to be alone in the first group, and nobody in the others."""
    rng = np.random.default_rng(5)
    points = rng.integers(0, MILLION, (7, 3))
    allowed = np.ones((7, 3), dtype=bool)
    allowed[1:, 0], allowed[0, 1:] = False, False
    task = points, allowed, np.array([3, 3, 3])
    rules: dict[str, Any] = {"preferred": np.full(3, 2), "objective": objective}
    return task, rules, assign(*task, **rules)


def with_proof(answer, **fields):
    return replace(answer, certificate=replace(answer.certificate, **fields))


FAULTS = {
    "one small group less": (lambda a: with_proof(a, small=a.certificate.small - 1), "small groups is wrong"),
    "one small group more": (lambda a: with_proof(a, small=a.certificate.small + 1), "small groups is wrong"),
    "no proof of how few": (lambda a: with_proof(a, small_prices=a.certificate.small_prices[:0]), "one price for each"),
    "prices that prove nothing": (lambda a: with_proof(a, small_prices=a.certificate.small_prices + 2**30), "fewer"),
    "the kind": (lambda a: with_proof(a, kind="prices"), "small"),
    "a search that was none": (lambda a: with_proof(a, searched=["small"]), "another kind"),
    "a search of what": (lambda a: with_proof(a, kind="search", searched=["luck"]), "another kind"),
    "more could be placed": (lambda a: with_proof(a, count_prices=a.certificate.count_prices + 2**30), "more could"),
    "the bound": (lambda a: replace(a, bound=a.bound + 0.1), "bound"),
    "the bound of the prices": (lambda a: with_proof(a, relaxed=a.certificate.relaxed + 1), "bound"),
    "the claim": (lambda a: replace(a, optimal=False), "best"),
}


@pytest.mark.parametrize("objective", ["total", "fair"])
@pytest.mark.parametrize("name", FAULTS)
def test_verify_refuses_a_planted_fault(name, objective):
    task, rules, answer = one_alone(objective)
    fault, text = FAULTS[name]
    assert answer.certificate.small == 1
    verify(*task, answer, **rules)

    with pytest.raises(Refused, match=text):
        verify(*task, fault(answer), **rules)


def test_verify_refuses_pairs_with_one_lone_mentee_more_than_need_be():
    points = np.array([[900_000, 100_000], [100_000, 800_000], [100_000, 800_000]])
    task = points, np.ones((3, 2), dtype=bool), np.array([3, 3])
    plain = assign(*task)
    preferred = np.array([2, 2])

    with pytest.raises(Refused, match="small"):
        verify(*task, plain, preferred=preferred)
    with pytest.raises(Refused, match="no fewer groups"):
        verify(*task, with_proof(plain, small=1), preferred=preferred)


def test_a_floor_that_is_not_the_worst_is_refused():
    task, rules, answer = one_alone("fair")

    with pytest.raises(Refused, match="floor"):
        verify(*task, with_proof(answer, floor=(answer.certificate.floor or 0) - 1), **rules)


@pytest.mark.parametrize("wrong", [np.array([2]), np.array([2.0, 2.0]), np.array([-1, 2])])
def test_malformed_sizes_are_told(wrong):
    with pytest.raises(ValueError, match="preferred"):
        assign(np.zeros((2, 2)), np.ones((2, 2), dtype=bool), np.array([2, 2]), preferred=wrong)


def test_many_small_groups_in_a_large_programme_are_proven():
    rng = np.random.default_rng(9)
    points = rng.integers(0, MILLION, (200, 100))
    allowed = rng.random((200, 100)) < 0.03
    task, rules = (points, allowed, rng.integers(1, 4, 100)), {"preferred": np.full(100, 2), "objective": "total"}

    answer = assign(*task, **rules)

    assert answer.optimal
    assert 0 < answer.certificate.small < small_in(assign(*task).mentor_of, rules["preferred"])
    verify(*task, answer, **rules)


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_pairs_with_fewer_small_groups_than_were_found_at_first_say_so(monkeypatch, objective):
    scores = np.array([[0.9, 0.1, 0.1], [0.8, 0.1, 0.2], [0.1, 0.5, 0.1]])
    rules: dict[str, Any] = {"preferred": np.full(3, 2), "objective": objective}
    rules |= {"mentee_slots": np.ones((3, 1), bool), "mentor_slots": np.ones((3, 1), bool)}
    given = scores, np.ones((3, 3), bool), np.full(3, 2)

    def cut_short(sized, most, firm, claims, watch):
        claims.settled = False
        return Pairs(np.array([0, 2, 1]), np.full(3, -1)), np.zeros(0, dtype=np.int64)

    monkeypatch.setattr(few, "_fewest", cut_short)
    answer = assign(*given, **rules)

    assert answer.mentor_of.tolist() == [0, 0, 1]
    assert answer.certificate is not None
    assert answer.certificate.small == 1
    verify(*given, answer, **rules)
