"""The parts of the search for groups, and small inputs sent down the ways that are meant for large ones."""

import sys
import time
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings

from mentoring_ext.matching.solver import Certificate, Infeasible, assign, verify
from mentoring_ext.matching.solver.groups import closing, cuts, flow, parts, rows
from mentoring_ext.matching.solver.groups.bounds import gains_of
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.cuts import Sharpened, broken_triples, lines_of, sharpen
from mentoring_ext.matching.solver.groups.listing import groups_within
from mentoring_ext.matching.solver.groups.master import Rules, choose, share_out
from mentoring_ext.matching.solver.groups.pool import Pool
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.watch import TimeIsOver, Watch
from tests.mentoring_ext.matching.group_cases import MILLION, Case, best_by_trying, cases


def people(mentees: int, mentors: int, *, seed: int = 1, free: float = 0.3) -> Case:
    """Return people with eight slots, each mentor with up to three places."""
    rng = np.random.default_rng(seed)
    slots = {"mentee_slots": rng.random((mentees, 8)) < free, "mentor_slots": rng.random((mentors, 8)) < free}
    allowed = rng.random((mentees, mentors)) < 0.6
    points = rng.integers(0, MILLION, (mentees, mentors))
    return Case(points, allowed, rng.integers(1, 4, mentors), {"objective": "total", **slots})


def task_of(case: Case) -> Task:
    return Task.of(case.points, case.allowed, case.capacity, **case.rules)


def solved(case: Case, **wish):
    answer = assign(case.points, case.allowed, case.capacity, **case.rules, **wish)
    verify(case.points, case.allowed, case.capacity, answer, **case.rules)
    return answer


def test_all_groups_that_cost_little_are_listed_once():
    pool = Pool(task_of(people(9, 4)))
    net, gains = np.full(9, 300_000), np.full(4, 900_000)

    found = groups_within(rows.Rows.of(pool), net, gains, 200_000, 10_000)

    assert found is not None
    listed = [(mentor, *group[group < 9]) for mentor, group in zip(found.mentors, found.members, strict=True)]
    expected = []
    for mentor, size in product(range(4), range(1, 4)):
        for group in combinations(np.flatnonzero(pool.task.allowed[:, mentor]), size):
            if size > pool.places[mentor]:
                break
            meet = (pool.mentee_slots[list(group)].all(0) & pool.mentor_slots[mentor]).any()
            if meet and pool.task.base[list(group), mentor].sum() - 300_000 * size >= 700_000:
                expected.append((mentor, *group))
    assert sorted(listed) == sorted(expected)
    assert len(listed) == len(found) > 0


def test_too_many_groups_are_not_listed():
    made = rows.Rows.of(Pool(task_of(people(9, 4))))

    assert groups_within(made, np.zeros(9, dtype=np.int64), np.zeros(4, dtype=np.int64), 10**9, 5) is None


def triangle() -> tuple[Columns, Rules]:
    """Return three groups of two, each two of which share a mentee: only one of them can come about."""
    task = Task.of(np.full((3, 3), 0.5), np.ones((3, 3), dtype=bool), np.full(3, 2), minimum=np.full(3, 2))
    pool = Pool(task)
    columns = Columns.of(pool, np.arange(3), np.array([[0, 1], [1, 2], [0, 2]]))
    return columns, Rules(pool.reachable, np.zeros(3, dtype=bool), None)


def test_a_cut_forbids_half_of_each_of_three_groups():
    columns, rules = triangle()
    shares = share_out(columns, rules)
    assert shares is not None

    triples = broken_triples(columns, shares.shares)

    sharper = share_out(columns, rules, lines_of(columns, triples))
    assert [0, 1, 2] in triples.tolist()
    assert sharper is not None
    assert (round(shares.total), round(sharper.total)) == (1_500_000, MILLION)


def test_sharpening_keeps_what_is_better_and_nothing_when_there_is_nothing():
    columns, rules = triangle()
    watch = Watch()

    better, nothing = (
        sharpen(Sharpened.of(columns), rules, lowest, watch).columns for lowest in (MILLION - 1, MILLION)
    )

    chosen = choose(better, rules, 10)
    assert chosen.columns is not None
    assert int(chosen.columns.points.sum()) == MILLION
    assert len(nothing) == 0


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_way_of_large_programmes_keeps_the_rules_and_a_valid_bound(case: Case) -> None:
    best = best_by_trying(case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "ALL", -1)
        patch.setattr(rows, "LONGEST", 3)
        if best is None:
            with pytest.raises(Infeasible):
                solved(case)
            return

        answer = solved(case)

    count = int((answer.mentor_of >= 0).sum())
    assert count <= best[0]
    assert not answer.optimal or (count, round(answer.total * MILLION)) == (best[0], best[2])
    if count == best[0] and case.rules["objective"] == "total":
        assert round(answer.bound * MILLION) >= best[2]


@settings(max_examples=60, deadline=None)
@given(cases())
def test_slots_decide_where_there_are_too_many_groups(case: Case) -> None:
    best = best_by_trying(case)
    if best is None:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closing, "FEW", -1)
        patch.setattr(closing, "MANY", -1)

        answer = solved(case)

    assert answer.optimal
    assert round(answer.total * MILLION) == best[2]


def in_small_parts(patch: pytest.MonkeyPatch) -> None:
    """Send small inputs through parts of few mentors, prices of few groups, and one decision after another."""
    for module, name, value in (
        (closing, "FEW", -1),
        (closing, "SMALL", 1),
        (parts, "MENTORS", 2),
        (parts, "FEWEST", 1),
        (parts, "FEW", 2),
        (parts, "FAR", 0),
        (cuts, "ACTIVE", 2),
    ):
        patch.setattr(module, name, value)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_pairs_are_decided_one_by_one_where_many_groups_are_left(case: Case) -> None:
    best = best_by_trying(case)
    if best is None:
        return
    with pytest.MonkeyPatch.context() as patch:
        in_small_parts(patch)

        answer = solved(case)

    assert answer.optimal
    assert round(answer.total * MILLION) == best[2]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_deciding_one_by_one_finds_the_same_total(monkeypatch, seed):
    case = people(40, 14, seed=seed)
    expected = solved(case)
    in_small_parts(monkeypatch)

    answer = solved(case)

    assert (answer.optimal, answer.total) == (True, expected.total)


def test_the_same_input_gives_the_same_pairs(monkeypatch):
    case = people(60, 20)
    in_small_parts(monkeypatch)

    first, second = solved(case), solved(case)

    assert first.mentor_of.tolist() == second.mentor_of.tolist()


def test_what_no_shares_can_keep_is_left_out():
    columns, rules = triangle()

    better = sharpen(Sharpened.of(columns), replace(rules, count=3), 0, Watch())

    assert len(better.columns) == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_groups_and_slots_find_the_same_total(monkeypatch, seed):
    case = people(40, 14, seed=seed)
    by_groups = solved(case)
    monkeypatch.setattr(closing, "FEW", -1)
    monkeypatch.setattr(closing, "MANY", -1)

    by_slots = solved(case)

    assert by_groups.optimal
    assert by_slots.optimal
    assert (by_groups.left_over == []) == (by_slots.left_over == [])
    assert by_groups.total == by_slots.total


@pytest.mark.parametrize("smallest", [1, 2])
@pytest.mark.parametrize("library", ["ortools", "scipy"])
def test_either_library_settles_large_tables(monkeypatch, library, smallest):
    case = people(30, 10)
    case.rules["minimum"] = np.full(10, smallest)
    expected = solved(case).total
    monkeypatch.setattr(flow, "DENSE", 0)
    if library == "scipy":
        monkeypatch.setitem(sys.modules, "ortools", None)

    assert solved(case).total == expected


@pytest.mark.parametrize("seconds", [0, 0.05, 0.3])
def test_the_limit_is_kept_and_the_answer_still_proven(seconds):
    case, began = people(120, 40, free=0.5), time.process_time()

    answer = solved(case, seconds=seconds)

    # Seconds of the processor: on a busy machine more pass by the clock.
    assert time.process_time() - began < seconds + 1.5
    assert answer.bound >= answer.total


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_the_limit_ends_a_look_at_all_pairs(monkeypatch, objective):
    monkeypatch.setattr(rows, "ALL", -1)
    case = people(20, 20, free=0.2)
    case.rules["objective"] = objective

    answer = solved(case, seconds=0)

    assert not answer.certificate.settled
    assert not answer.optimal
    assert answer.bound >= answer.total > 0


@pytest.mark.parametrize("wish", [{}, {"preferred": np.full(12, 2)}], ids=["slots", "few alone"])
def test_the_worst_score_is_told_right_where_no_time_was_left_to_raise_it(wish):
    for seed in range(20):
        case = people(24, 12, seed=seed)
        case.rules.update({"objective": "fair"} | wish)

        answer = solved(case, seconds=0)

        assert answer.certificate.floor == min(case.points[i, j] for i, j in enumerate(answer.mentor_of) if j >= 0)


def test_all_places_taken_need_no_time_to_prove(monkeypatch):
    monkeypatch.setattr(rows, "ALL", -1)
    case = people(60, 5, free=0.9)

    answer = solved(case, seconds=0)

    assert answer.certificate.settled
    assert len(answer.left_over) == 60 - case.capacity.sum()


def test_no_time_is_left_for_rows_and_gains():
    pool, over = Pool(task_of(people(9, 4))), Watch(seconds=0)

    with pytest.raises(TimeIsOver):
        gains_of(pool, np.zeros(9, dtype=np.int64), 0, over)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(TimeIsOver):
        patch.setattr(rows, "ALL", -1)
        rows.Rows.of(pool, watch=over)


def test_the_certificate_outlives_json():
    case = people(30, 10)
    answer = solved(case)
    assert answer.certificate is not None

    again = replace(answer, certificate=Certificate.from_json(answer.certificate.as_json()))

    verify(case.points, case.allowed, case.capacity, again, **case.rules)


def test_who_can_reach_nobody_does_not_loosen_the_bound():
    case = people(40, 14)
    case.allowed[:5] = False

    answer = solved(case)

    assert answer.optimal
    assert answer.left_over[:5] == [0, 1, 2, 3, 4]


NOBODY_TO_PLACE = {
    "no mentees": ((0, 2), True, 2, 2),
    "no mentors": ((2, 0), True, 2, 2),
    "nobody at all": ((0, 0), True, 2, 2),
    "no places": ((3, 2), True, 0, 2),
    "nothing allowed": ((3, 2), False, 2, 2),
    "no slots": ((3, 2), True, 2, 0),
    "groups too small": ((1, 1), True, 2, 2),
}


@pytest.mark.parametrize("objective", ["total", "fair"])
@pytest.mark.parametrize("stays", [False, True])
@pytest.mark.parametrize(("size", "allowed", "places", "slots"), NOBODY_TO_PLACE.values(), ids=NOBODY_TO_PLACE)
def test_nobody_to_place_is_an_answer(size, allowed, places, slots, objective, stays):
    mentees, mentors = size
    rules = {"objective": objective, "minimum": np.full(mentors, 2)}
    if stays:
        rules["stay"] = (np.full(mentees, -1), 0.05)
    free = {
        "mentee_slots": np.ones((mentees, slots), dtype=bool),
        "mentor_slots": np.ones((mentors, slots), dtype=bool),
    }
    case = Case(np.ones(size, dtype=int), np.full(size, allowed), np.full(mentors, places), rules | free)

    answer = solved(case)

    assert answer.optimal
    assert answer.left_over == list(range(mentees))
    assert answer.slot_of.tolist() == [-1] * mentors


def test_people_without_a_common_slot_stay_without_a_mentor():
    slots = {"mentee_slots": np.array([[True, False]] * 3), "mentor_slots": np.array([[False, True]] * 2)}
    case = Case(np.ones((3, 2), dtype=int), np.ones((3, 2), dtype=bool), np.full(2, 2), {"objective": "fair"} | slots)

    answer = solved(case)

    assert (answer.optimal, answer.left_over) == (True, [0, 1, 2])
