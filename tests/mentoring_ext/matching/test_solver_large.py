import sys

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from mentoring_ext.matching.solver import assign, verify

MILLION = 1_000_000


@pytest.fixture(params=["ortools", "scipy"])
def flow(request, monkeypatch):
    """Run the test with either library for flows."""
    if request.param == "scipy":
        monkeypatch.setitem(sys.modules, "ortools", None)
    return request.param


def people(mentees: int, mentors: int, share: float, seed: int):
    """Return scores in which some mentors fit nearly everybody, as in real pools, and pairs allowed by lot."""
    random = np.random.default_rng(seed)
    apart = np.abs(random.random((mentees, 1, 6)) - random.random((1, mentors, 6))).mean(2)
    scores = np.rint((0.8 * (1 - apart) + 0.2 * random.random(mentors)) * MILLION).astype(np.int32)
    return scores, random.random(scores.shape) < share


def best_with_scipy(scores, allowed, capacity) -> tuple[int, int]:
    """Return how many can be placed and the best total in millionths, by SciPy over the whole table."""
    columns = np.repeat(np.arange(len(capacity)), capacity)
    worth = np.where(allowed, scores + 1e10, 0.0)[:, columns]
    rows, chosen = linear_sum_assignment(worth, maximize=True)
    real = allowed[rows, columns[chosen]]
    return int(real.sum()), int(scores[rows[real], columns[chosen[real]]].sum())


@pytest.mark.parametrize(
    ("size", "share", "places"),
    [((300, 100), 0.85, 3), ((300, 100), 0.15, 3), ((400, 100), 0.3, 3), ((300, 150), 0.02, 2), ((200, 300), 0.5, 1)],
)
def test_assign_reaches_scipys_best_total(flow, size, share, places):
    scores, allowed = people(size[0], size[1], share, 7)
    capacity = np.full(size[1], places)

    answer = assign(scores, allowed, capacity)

    placed, total = best_with_scipy(scores, allowed, capacity)
    assert (size[0] - len(answer.left_over), round(answer.total * MILLION)) == (placed, total)
    assert answer.optimal
    verify(scores, allowed, capacity, answer)


@pytest.mark.parametrize("share", [0.85, 0.15, 0.02])
def test_the_fair_floor_is_the_highest_that_keeps_all_placed(flow, share):
    scores, allowed = people(240, 100, share, seed=5)
    capacity = np.full(100, 3)

    answer = assign(scores, allowed, capacity, objective="fair")

    assert answer.certificate
    floor = answer.certificate.floor
    placed = 240 - len(answer.left_over)
    assert best_with_scipy(scores, allowed, capacity)[0] == placed
    assert best_with_scipy(scores, allowed & (scores >= floor), capacity) == (placed, round(answer.total * MILLION))
    assert best_with_scipy(scores, allowed & (scores > floor), capacity)[0] < placed
    verify(scores, allowed, capacity, answer, objective="fair")


def test_everybody_equal_is_no_trouble(flow):
    allowed, capacity = np.ones((300, 100), dtype=bool), np.full(100, 2)

    answer = assign(np.ones((300, 100)), allowed, capacity)

    assert (len(answer.left_over), answer.total) == (100, 200)
    verify(np.ones((300, 100)), allowed, capacity, answer)


@pytest.mark.parametrize("levels", [1, 2])
def test_where_many_pairs_are_worth_the_same_few_flows_are_enough(levels):
    scores = np.random.default_rng(1).integers(0, levels, (600, 200)).astype(float)
    allowed, capacity = np.ones((600, 200), dtype=bool), np.full(200, 3)
    told = []

    answer = assign(scores, allowed, capacity, progress=lambda doing, share: told.append(doing))

    assert answer.optimal
    assert told.count("prices") <= 3


def test_all_wishes_at_once(flow):
    scores, allowed = people(300, 90, 0.5, seed=3)
    capacity = np.full(90, 3)
    present = np.random.default_rng(1).integers(-1, 90, 300)
    fixed = {i: int(np.flatnonzero(allowed[i])[0]) for i in (3, 14, 15)}
    wish = {"objective": "fair", "fixed": fixed, "stay": (present, 0.05)}

    answer = assign(scores, allowed, capacity, **wish)

    assert answer.optimal and len(answer.left_over) == 30
    assert [answer.mentor_of[i] for i in fixed] == list(fixed.values())
    verify(scores, allowed, capacity, answer, **wish)
