import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_ext.matching.solver import assign
from tests.mentoring_ext.matching.trying_all import tasks, wishes

ROUNDED = {"abs": 1e-9}


@given(tasks(), st.data())
@settings(max_examples=80, deadline=None)
def test_the_order_of_people_changes_nothing(task, data):
    scores, allowed, capacity = task
    wish = data.draw(wishes(task))
    rows, columns = (np.array(data.draw(st.permutations(range(size))), dtype=int) for size in scores.shape)

    turned = assign(
        scores[rows][:, columns],
        allowed[rows][:, columns],
        capacity[columns],
        objective=wish["objective"],
        fixed={rows.tolist().index(i): columns.tolist().index(j) for i, j in (wish["fixed"] or {}).items()},
        stay=wish["stay"] and (np.append(np.argsort(columns), -1)[wish["stay"][0][rows]], wish["stay"][1]),
    )

    answer = assign(*task, **wish)
    assert turned.total == answer.total
    assert len(turned.left_over) == len(answer.left_over)


@given(tasks(), st.integers(1, 50), st.data())
@settings(max_examples=60, deadline=None)
def test_scores_times_a_number_change_no_more_than_the_total(task, times, data):
    wish = data.draw(wishes(task)) | {"stay": None}

    scaled = assign(task[0] * times, *task[1:], **wish)

    assert scaled.total == pytest.approx(assign(*task, **wish).total * times, **ROUNDED)


@given(tasks())
@settings(max_examples=60, deadline=None)
def test_a_constant_for_one_mentee_changes_no_more_than_the_total(task):
    scores, allowed, capacity = task
    added = scores.copy()
    added[:1] += 0.5

    answer, lifted = assign(*task), assign(added, allowed, capacity)

    assert len(lifted.left_over) == len(answer.left_over)
    if len(scores) and not answer.left_over:
        assert lifted.total == pytest.approx(answer.total + 0.5, **ROUNDED)


@given(tasks(), st.sampled_from(["total", "fair"]))
@settings(max_examples=60, deadline=None)
def test_a_mentor_twice_is_the_same_as_twice_the_places(task, objective):
    scores, allowed, capacity = task

    twice = assign(
        np.hstack([scores, scores]),
        np.hstack([allowed, allowed]),
        np.hstack([capacity, capacity]),
        objective=objective,
    )

    assert twice.total == assign(scores, allowed, capacity * 2, objective=objective).total


@given(tasks(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_pair_of_the_answer_that_gets_better_stays(task, data):
    scores = task[0]
    answer = assign(*task)
    placed = np.flatnonzero(answer.mentor_of >= 0)
    if len(placed):
        mentee = int(data.draw(st.sampled_from(placed.tolist())))
        scores[mentee, answer.mentor_of[mentee]] += 0.001

        assert assign(*task).mentor_of[mentee] == answer.mentor_of[mentee]
        assert assign(*task).total == pytest.approx(answer.total + 0.001, **ROUNDED)
