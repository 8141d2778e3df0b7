"""Small tasks for the solver, and their best answer by trying every assignment."""

import itertools
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

from mentoring_ext.matching.facts import Bools, Floats, Integers

MILLION = 1_000_000
Task = tuple[Floats, Bools, Integers]


@st.composite
def tasks(draw, highest=MILLION):
    """Up to 6 mentees and 3 mentors: scores of whole millionths, allowed pairs, capacity."""
    mentees, mentors = draw(st.integers(0, 6)), draw(st.integers(0, 3))
    pairs = mentees * mentors
    few = draw(st.booleans())
    steps = st.sampled_from([0, 250_000, 500_000]) if few else st.integers(-highest, highest)
    scores = draw(st.lists(steps, min_size=pairs, max_size=pairs))
    allowed = draw(st.lists(st.sampled_from([True, True, False]), min_size=pairs, max_size=pairs))
    capacity = draw(st.lists(st.integers(0, 4), min_size=mentors, max_size=mentors))
    return (
        np.array(scores, dtype=float).reshape(mentees, mentors) / MILLION,
        np.array(allowed, dtype=bool).reshape(mentees, mentors),
        np.array(capacity, dtype=np.int64),
    )


@st.composite
def wishes(draw, task):
    """Draw fixed pairs that can be kept, present mentors with a penalty, and an objective, each or none."""
    _, allowed, capacity = task
    fixed: dict[int, int] = {}
    for mentee, mentor in np.argwhere(allowed).tolist():
        used = list(fixed.values()).count(mentor)
        if mentee not in fixed and used < capacity[mentor] and draw(st.integers(0, 4)) == 0:
            fixed[mentee] = mentor
    present = draw(st.lists(st.integers(-1, allowed.shape[1] - 1), min_size=len(allowed), max_size=len(allowed)))
    stay = draw(st.sampled_from([None, 0.0, 0.1, 0.7]))
    return {
        "objective": draw(st.sampled_from(["total", "fair"])),
        "fixed": draw(st.sampled_from([None, fixed])),
        "stay": None if stay is None else (np.array(present, dtype=np.int64), stay),
    }


@cache
def choices(mentees: int, mentors: int):
    tried = list(itertools.product(range(-1, mentors), repeat=mentees))
    return np.array(tried, dtype=np.int64).reshape(len(tried), mentees)


def effective(scores, stay=None):
    """Return the scores in millionths with the penalty for moves taken off."""
    points = np.rint(scores * MILLION).astype(np.int64)
    if stay is not None:
        present, penalty = stay
        moves = (present >= 0)[:, None] & (present[:, None] != np.arange(points.shape[1]))
        points[moves] -= round(penalty * MILLION)
    return points


def best_by_trying_all(scores, allowed, capacity, *, objective="total", fixed=None, stay=None) -> tuple[Any, ...]:
    """Return how many the best answer places, its worst score (fair only, else 0) and its total, in millionths."""
    tried = choices(*scores.shape)
    placed, rows = tried >= 0, np.arange(len(scores))
    points = (
        np.where(placed, effective(scores, stay)[rows, tried], 0) if scores.shape[1] else np.zeros(tried.shape, int)
    )
    keeps = (allowed[rows, tried] | ~placed).all(1) if scores.shape[1] else np.ones(len(tried), dtype=bool)
    for mentor, places in enumerate(capacity):
        keeps &= (tried == mentor).sum(1) <= places
    for mentee, mentor in (fixed or {}).items():
        keeps &= tried[:, mentee] == mentor
    worst = np.where(placed, points, 2**40).min(1, initial=2**40) if objective == "fair" else np.zeros(len(tried), int)
    return max(zip(placed[keeps].sum(1).tolist(), worst[keeps].tolist(), points[keeps].sum(1).tolist(), strict=True))
