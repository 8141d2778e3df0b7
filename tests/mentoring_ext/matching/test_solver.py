import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_ext.matching.solver import Certificate, assign, verify
from mentoring_ext.matching.solver.flow import has_ortools
from tests.mentoring_ext.matching.trying_all import MILLION, Task, best_by_trying_all, effective, tasks, wishes


def figures(answer, scores, *, objective="total", stay=None, **_):
    """Return how many are placed, the worst score where it counts, and the total, as trying all does."""
    rows = np.flatnonzero(answer.mentor_of >= 0)
    points = effective(scores, stay)[rows, answer.mentor_of[rows]]
    worst = int(points.min(initial=2**40)) if objective == "fair" else 0
    return len(rows), worst, int(points.sum())


@given(tasks(), st.data())
@settings(max_examples=300, deadline=None)
def test_assign_places_the_most_and_then_takes_the_best_total(task: Task, data):
    wish = data.draw(wishes(task))

    answer = assign(*task, **wish)

    assert figures(answer, task[0], **wish) == best_by_trying_all(*task, **wish)
    assert answer.optimal and answer.bound == answer.total == figures(answer, task[0], **wish)[2] / MILLION
    verify(*task, answer, **wish)


@given(tasks(), st.data())
@settings(max_examples=100, deadline=None)
def test_assign_does_without_ortools(task: Task, data):
    wish = data.draw(wishes(task))

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "ortools", None)
        assert not has_ortools()
        answer = assign(*task, **wish)

    assert figures(answer, task[0], **wish) == best_by_trying_all(*task, **wish)
    verify(*task, answer, **wish)


@given(tasks(), st.floats(1e-3, 1e5), st.floats(-1, 1))
@settings(max_examples=60, deadline=None)
def test_assign_takes_scores_of_any_size(task: Task, factor, more):
    scores = (task[0] + more / 3) * factor

    answer = assign(scores, *task[1:])

    placed, _, total = best_by_trying_all(scores / factor * 1000, *task[1:])
    assert len(scores) - len(answer.left_over) == placed
    assert answer.total / factor == pytest.approx(total / 1000 / MILLION, abs=1e-5)
    verify(scores, *task[1:], answer)


@given(tasks(), st.data())
@settings(max_examples=60, deadline=None)
def test_whole_scores_are_millionths(task: Task, data):
    wish = data.draw(wishes(task))
    whole = np.rint(task[0] * MILLION).astype(data.draw(st.sampled_from([np.int32, np.int64])))

    answer = assign(whole, *task[1:], **wish)

    assert answer.mentor_of.tolist() == assign(*task, **wish).mentor_of.tolist()
    verify(*task, answer, **wish)


def test_scores_of_32_bits_are_rounded_to_millionths():
    random = np.random.default_rng(2)
    scores, allowed = random.integers(0, MILLION + 1, (40, 12)) / MILLION, np.ones((40, 12), dtype=bool)

    answer = assign(scores.astype(np.float32), allowed, np.full(12, 3))

    assert answer.mentor_of.tolist() == assign(scores, allowed, np.full(12, 3)).mentor_of.tolist()
    verify(scores.astype(np.float32), allowed, np.full(12, 3), answer)


@given(tasks(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_proof_is_the_same_after_json(task: Task, data):
    wish = data.draw(wishes(task))
    proof = assign(*task, **wish).certificate
    assert proof

    kept = proof.as_json()

    again = Certificate.from_json(kept)
    assert again.as_json() == kept
    assert again.mentor_prices.tolist() == proof.mentor_prices.tolist()


def test_the_same_input_gives_the_same_pairs():
    scores, allowed, capacity = np.ones((90, 30)), np.ones((90, 30), dtype=bool), np.full(30, 2)

    assert assign(scores, allowed, capacity).mentor_of.tolist() == assign(scores, allowed, capacity).mentor_of.tolist()


def test_somebody_who_stays_is_worth_a_small_loss():
    scores, allowed = np.array([[0.5, 0.6], [0.5, 0.5]]), np.ones((2, 2), dtype=bool)
    present = np.array([0, 1])

    assert assign(scores, allowed, np.ones(2, dtype=int), stay=(present, 0.2)).mentor_of.tolist() == [0, 1]
    assert assign(scores, allowed, np.ones(2, dtype=int), stay=(present, 0.01)).mentor_of.tolist() == [1, 0]


def test_the_fair_objective_raises_the_worst_before_the_total():
    unequal, allowed = np.array([[0.9, 0.5], [0.45, 0.1]]), np.ones((2, 2), dtype=bool)

    assert assign(unequal, allowed, np.ones(2, dtype=int)).mentor_of.tolist() == [0, 1]
    assert assign(unequal, allowed, np.ones(2, dtype=int), objective="fair").mentor_of.tolist() == [1, 0]


def test_progress_is_told_and_can_stop_the_search():
    told = []
    task = np.ones((60, 40)), np.ones((60, 40), dtype=bool), np.full(40, 2)

    assign(*task, progress=lambda doing, share: told.append((doing, share)))

    def stop(doing, share):
        raise InterruptedError

    assert told[0][0] == "prices"
    with pytest.raises(InterruptedError):
        assign(*task, progress=stop)


def test_a_wish_to_stop_is_heard_after_the_last_step_too():
    task = np.ones((6, 4)), np.ones((6, 4), dtype=bool), np.full(4, 2)
    hours = np.ones((6, 3), dtype=bool), np.ones((4, 3), dtype=bool)

    def stop(doing, share):
        if share == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        assign(*task, mentee_slots=hours[0], mentor_slots=hours[1], progress=stop)


def test_only_solving_loads_the_large_libraries():
    loaded = (
        "import sys; import mentoring_ext.matching.solver; print([name for name in sys.modules if 'scipy' in name])"
    )

    told = subprocess.run([sys.executable, "-c", loaded], check=True, stdout=subprocess.PIPE, text=True)

    assert told.stdout.strip() == "[]"


def test_loading_libraries_takes_nothing_of_the_time_to_search():
    lines = [
        "import time, numpy as np",
        "from mentoring_ext.matching.solver import assign",
        "yes, began = np.ones((4, 2), dtype=bool), time.perf_counter()",
        "answer = assign(yes * 1.0, yes, np.array([2, 2]), mentee_slots=yes, mentor_slots=yes[:2], seconds=1)",
        "print(answer.seconds / (time.perf_counter() - began))",
    ]

    told = subprocess.run([sys.executable, "-c", "; ".join(lines)], capture_output=True, check=True, text=True)

    assert float(told.stdout) < 0.5
