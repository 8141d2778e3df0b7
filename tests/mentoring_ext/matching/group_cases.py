"""Small inputs with groups' rules, and their best answers by trying everything."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from mentoring_ext.matching.facts import Bools, Integers

MILLION = 1_000_000


@dataclass(frozen=True)
class Case:
    """What ``assign`` gets, in whole millionths."""

    points: Integers
    allowed: Bools
    capacity: Integers
    rules: dict[str, Any]

    def effective(self, mentee: int, mentor: int) -> int:
        """Return the points of a pair after the penalty for a move."""
        points = int(self.points[mentee, mentor])
        present, penalty = self.rules.get("stay", (np.full(len(self.points), -1), 0.0))
        moved = present[mentee] not in (-1, mentor)
        return int(points - round(penalty * MILLION) * moved)


@st.composite
def cases(draw: st.DrawFn, *, most: int = 6) -> Case:
    """Draw up to ``most`` mentees and three mentors with any of the rules together."""
    people, mentors = draw(st.integers(1, most)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    points = rng.integers(0, draw(st.sampled_from([3, 1000, MILLION])), (people, mentors))
    allowed = rng.random((people, mentors)) < draw(st.sampled_from([0.5, 0.85, 1.0]))
    capacity = rng.integers(0, draw(st.integers(2, 5)), mentors)
    rules: dict[str, Any] = {"objective": draw(st.sampled_from(["total", "fair"]))}
    if draw(st.booleans()):
        rules["minimum"] = np.append(2, rng.integers(0, 4, mentors - 1))
    if "minimum" not in rules or draw(st.booleans()):
        slots = draw(st.integers(1, 4))
        rules["mentee_slots"] = rng.random((people, slots)) < draw(st.sampled_from([0.4, 0.7]))
        rules["mentor_slots"] = rng.random((mentors, slots)) < 0.7
    if draw(st.booleans()):
        rules["stay"] = (rng.integers(-1, mentors, people), draw(st.sampled_from([0.0, 0.000002, 0.1])))
    if draw(st.booleans()):
        chosen = rng.permutation(people)[: draw(st.integers(1, 2))]
        rules["fixed"] = {int(mentee): int(rng.integers(mentors)) for mentee in chosen}
    return Case(points, allowed, capacity, rules)


def best_by_trying(case: Case) -> tuple[int, int, int] | None:
    """Return count, worst score (0 where it is not asked for) and total of the best answer; None when there is none."""
    people = len(case.points)
    choices = [[case.rules.get("fixed", {}).get(mentee, -2)] for mentee in range(people)]
    for mentee, choice in enumerate(choices):
        if choice == [-2]:
            choice[:] = [-1, *np.flatnonzero(case.allowed[mentee]).tolist()]
        elif not case.allowed[mentee, choice[0]]:
            return None
    found = [key for mentor_of in product(*choices) if (key := _key(case, mentor_of)) is not None]
    return max(found, default=None)


def _key(case: Case, mentor_of: tuple[int, ...]) -> tuple[int, int, int] | None:
    groups = [[mentee for mentee, mentor in enumerate(mentor_of) if mentor == j] for j in range(len(case.capacity))]
    if not all(is_possible(case, mentor, group) for mentor, group in enumerate(groups) if group):
        return None
    scores = [case.effective(mentee, mentor) for mentee, mentor in enumerate(mentor_of) if mentor >= 0]
    worst = min(scores, default=0) if case.rules["objective"] == "fair" else 0
    return len(scores), worst, sum(scores)


def is_possible(case: Case, mentor: int, group: list[int]) -> bool:
    """Whether a mentor's group keeps the rules of groups."""
    smallest = case.rules["minimum"][mentor] if "minimum" in case.rules else 0
    if not smallest <= len(group) <= case.capacity[mentor]:
        return False
    if "mentor_slots" not in case.rules:
        return True
    return bool((case.rules["mentor_slots"][mentor] & case.rules["mentee_slots"][group].all(0)).any())
