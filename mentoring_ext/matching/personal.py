"""Which weights keep the personal factors from being read out of scores.

What people told in confidence (life situations and culture, age, gender) counts, and no page shows how well two people
fit in it. Scores do stand on pages; so the weights must not let one of these factors be worked out of them:

* None of the three counts more than the other two together: else it stands alone in the figure that they share.
* Together they are at most a sixth of the whole: what a score says is then mostly what can be read anyway.
* In a cohort they keep their proportion from the first pairing on, or do not count at all: two pairings that differ in
  one of them would tell it by the difference.
"""

from collections.abc import Mapping

from mentoring_ext.matching.factors import FACTORS

PERSONAL = ("culture", "age", "gender")
OTHERS = tuple(name for name in FACTORS if name not in PERSONAL)
"""Further factors are not among them: nobody may have answered them, and then their weight is shared out."""
LARGEST_SHARE = 6
"""The personal factors together are at most one part in so many of all eleven weights."""


def personal_in(weights: Mapping[str, int]) -> tuple[int, ...]:
    """Return the weights of the personal factors."""
    return tuple(weights.get(name, 0) for name in PERSONAL)


def counts_personal(weights: Mapping[str, int]) -> bool:
    """Return whether a personal factor counts at all."""
    return any(personal_in(weights))


def stands_alone(weights: Mapping[str, int]) -> str:
    """Return the personal factor that counts more than the other two together, or nothing."""
    own = personal_in(weights)
    return PERSONAL[own.index(max(own))] if 2 * max(own) > sum(own) else ""


def is_too_much(weights: Mapping[str, int]) -> bool:
    """Return whether the personal factors are more than their share of the whole."""
    own = sum(personal_in(weights))
    return own * LARGEST_SHARE > own + sum(weights.get(name, 0) for name in OTHERS)


def tells(weights: Mapping[str, int]) -> bool:
    """Return whether scores by these weights would tell a personal factor, as in pairings from before this rule."""
    return bool(stands_alone(weights)) or is_too_much(weights)


def keeps_proportion(weights: Mapping[str, int], before: Mapping[str, int]) -> bool:
    """Return whether the personal weights stand to each other as they did before, or do not count."""
    now, then = personal_in(weights), personal_in(before)
    return all(a * sum(then) == b * sum(now) for a, b in zip(now, then, strict=True))
