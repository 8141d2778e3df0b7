"""The eleven factors: how well a mentee and a mentor fit, each from 0 to 1, and the weighted score of both.

A factor is a function over all mentees × all mentors. It returns the values and where they are known: a factor about
which one side said nothing neither helps nor harms the pair, its weight is shared out among the others.

Scores are whole numbers of one millionth, so that the parts of a score add up to it exactly.

*Source:* the factors follow the Digital Push mentoring programme, phase 3. The default weights give most to likeness
of interests and style and to how far the mentor covers the mentee's needs, little to likeness of age and gender, after
Eby et al., "An interdisciplinary meta-analysis of the potential antecedents, correlates, and consequences of protégé
perceptions of mentoring", Psychological Bulletin 139 (2013), 441–476.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentoring_ext.matching.facts import STYLE_SCALES, Bools, Facts, Floats, Integers, Sides

ONE = 1_000_000
"""A full score."""
NEUTRAL = ONE // 2
"""The score of a pair about which none of the weighted factors is known."""
MAX_WEIGHT = 5
TOP_LEVEL = 4
WIDTH_OF_SCALE = 4
ENOUGH_HOURS = 4
YEARS_OF_DIFFERENCE = 10
MUCH_EXPERIENCE = 2
TILE = 256

Values = tuple[Floats, Bools]
"""Values 0–1 and where they are known, both mentees × mentors."""


def style(sides: Sides) -> Values:
    """Compare personality and communication: 0 opposite on every scale, ½ two steps apart on average, 1 the same.

    Only the scales that both answered count.
    """
    mentees, mentors = _styles(sides.mentees), _styles(sides.mentors)
    total, scales = np.zeros(sides.shape), np.zeros(sides.shape)
    for scale in range(STYLE_SCALES):
        apart = np.abs(mentees[:, scale, None] - mentors[None, :, scale])
        known = ~np.isnan(apart)
        total += np.where(known, 1 - apart / WIDTH_OF_SCALE, 0)
        scales += known
    return _divide(total, scales)


def interests(sides: Sides) -> Values:
    """Compare interests: 0 nothing in common, ½ half of what both named (two of four), 1 the same interests."""
    mentees, mentors = sides.sets("interests")
    sizes = mentees.sum(1)[:, None] + mentors.sum(1)[None, :]
    value, _ = _divide(2 * (mentees @ mentors.T), sizes)
    return value, _both(mentees, mentors)


def skills(sides: Sides) -> Values:
    """Weigh what the mentor knows by what the mentee has yet to learn.

    0 the mentor knows nothing of it, ½ the mentor stands half-way up the levels in it, 1 the mentor can teach all.
    Unknown when the mentee has nothing to learn or either side gave no level.
    """
    names = sorted({name for person in (*sides.mentees, *sides.mentors) for name in person.levels})
    missing = np.array(
        [[TOP_LEVEL - person.levels.get(name, TOP_LEVEL) for name in names] for person in sides.mentees], dtype=float
    ).reshape(len(sides.mentees), len(names))
    level = np.array([[person.levels.get(name, 0) for name in names] for person in sides.mentors], dtype=float)
    level = level.reshape(len(sides.mentors), len(names))
    said = np.array([bool(person.levels) for person in sides.mentors], dtype=bool)
    value, known = _divide(missing @ level.T / TOP_LEVEL, np.repeat(missing.sum(1)[:, None], len(said), 1))
    return value, known & said[None, :]


def area(sides: Sides) -> Values:
    """Compare areas of activity: 0 unrelated, ½ related areas (one family), 1 an area in common."""
    mentees, mentors = sides.sets("areas")
    wide_mentees, wide_mentors = Sides(_families(sides.mentees), _families(sides.mentors)).sets("areas")
    same = mentees @ mentors.T > 0
    related = wide_mentees @ wide_mentors.T > 0
    return np.where(same, 1.0, np.where(related, 0.5, 0.0)), _both(mentees, mentors)


def needs(sides: Sides) -> Values:
    """Compare the help that is needed and offered, and how closely the mentor works with how closely the mentee wishes.

    Help: 0 none of it offered, ½ half, 1 all. Closeness: 0 opposite, ½ two steps apart, 1 the same. Mean of the known.
    """
    wanted, given = sides.figures("guidance")
    apart = np.abs(wanted[:, None] - given[None, :])
    closeness = np.where(np.isnan(apart), 0, 1 - apart / WIDTH_OF_SCALE), ~np.isnan(apart)
    return _mean(_covered(sides, "support"), closeness)


def experience(sides: Sides) -> Values:
    """Weigh the mentor's experience and the shared motives.

    Experience: 0 first time, ½ one group before, 1 two or more. Motives: the share of the changes the mentee wants
    that the mentor wants to help with (0 none, ½ half, 1 all). Mean of the known.
    """
    groups = sides.figures("experience")[1]
    value = np.clip(np.nan_to_num(groups) / MUCH_EXPERIENCE, 0, 1)
    shape = sides.shape
    practice = np.broadcast_to(value, shape), np.broadcast_to(~np.isnan(groups), shape)
    return _mean(practice, _covered(sides, "motives"))


def culture(sides: Sides) -> Values:
    """Compare language and life: the mean of what both sides told.

    Language: 0 none in common, ½ one in common, 1 the same first language. Life situations: the share of the mentee's
    that the mentor knows from their own life. Culture, ethnicity, religion: 1 the same word, 0 another; they are only
    known where both sides gave them with consent.
    """
    words = [_same(sides, name) for name in ("culture", "ethnicity", "religion")]
    return _mean(_language(sides), _covered(sides, "contexts"), *words)


def age(sides: Sides) -> Values:
    """Compare ages: 0 the mentor is ten or more years younger, ½ the same age, 1 ten or more years older."""
    mentees, mentors = sides.figures("birth_year")
    older = mentees[:, None] - mentors[None, :]
    known = ~np.isnan(older)
    return np.where(known, np.clip(0.5 + np.nan_to_num(older) / (2 * YEARS_OF_DIFFERENCE), 0, 1), 0), known


def gender(sides: Sides) -> Values:
    """Compare genders: 0 another where the mentee would rather not, ½ another and the mentee agreed, 1 the same."""
    same, known = _same(sides, "gender")
    agreed = np.array([person.mixed_gender == "yes" for person in sides.mentees], dtype=bool)
    return np.where(same > 0, 1.0, np.where(agreed[:, None], 0.5, 0.0)) * known, known


def place(sides: Sides) -> Values:
    """Compare free hours, way of meeting, and accessibility: the mean of what both sides told.

    Hours in common: 0 none, ½ two hours a week, 1 four or more. Meeting: 0 no way in common or only in person in
    different towns, ½ only in person with a town not known, 1 online or in the same town. Accessibility: the share
    of the mentee's needs that the mentor can meet; a mentee without such needs is not compared.
    """
    mentees, mentors = sides.sets("hours")
    hours = np.clip(mentees @ mentors.T / ENOUGH_HOURS, 0, 1), _both(mentees, mentors)
    return _mean(hours, _meeting(sides), _covered(sides, "access"))


def objectives(sides: Sides) -> Values:
    """Compare goals of the programme: the share of the mentee's that the mentor can work on (0 none, ½ half, 1 all)."""
    return _covered(sides, "objectives")


FACTORS: dict[str, Callable[[Sides], Values]] = {
    "style": style,
    "interests": interests,
    "skills": skills,
    "area": area,
    "needs": needs,
    "experience": experience,
    "culture": culture,
    "age": age,
    "gender": gender,
    "place": place,
    "objectives": objectives,
}

DEFAULT_WEIGHTS: dict[str, int] = {
    "style": 5,
    "interests": 4,
    "skills": 4,
    "area": 2,
    "needs": 5,
    "experience": 3,
    "culture": 2,
    "age": 1,
    "gender": 1,
    "place": 3,
    "objectives": 4,
}


UNKNOWN = -1


@dataclass(frozen=True)
class Part:
    """One factor's part in a score. ``value`` is 0–1 or None where it is not known; ``points`` are millionths.

    ``most`` is what it could have given: the weights of unknown factors are shared out in it.
    """

    factor: str
    weight: int
    value: float | None
    points: int
    most: int


@dataclass(frozen=True)
class Scored:
    """Scores of all pairs in millionths, with each factor's ``values`` (−1: not known) and ``points`` behind them.

    ``values`` and ``points`` are factors × mentees × mentors, in the order of ``FACTORS``.
    """

    scores: Integers
    values: Integers
    points: Integers


def score(sides: Sides, weights: Mapping[str, int]) -> Integers:
    """Return the score of every mentee × mentor in millionths, in little memory.

    Raises ``ValueError`` when a weight is not a whole number of 0–5 or no factor has weight.
    """
    scores = np.empty(sides.shape, dtype=np.int64)
    for start in range(0, len(sides.mentees), TILE):
        rows = slice(start, start + TILE)
        scores[rows] = score_with_parts(sides.rows(rows), weights).scores
    return scores


def score_with_parts(sides: Sides, weights: Mapping[str, int]) -> Scored:
    """Return the scores and what they are made of; raises ``ValueError`` as ``score`` does."""
    _check(weights)
    weight = np.array([weights.get(name, 0) for name in FACTORS], dtype=np.int64)[:, None, None]
    values = np.array([_millionths(*compare(sides)) for compare in FACTORS.values()])
    known_weight = (weight * (values != UNKNOWN)).sum(0)
    points = np.where(values == UNKNOWN, 0, weight * values) // np.maximum(known_weight, 1)
    return Scored(np.where(known_weight > 0, points.sum(0), NEUTRAL), values, points)


def parts(values: Sequence[int], points: Sequence[int], weights: Mapping[str, int]) -> list[Part]:
    """Name the parts of one pair's score, out of its column of ``Scored.values`` and ``Scored.points``."""
    known_weight = sum(weights.get(name, 0) for name, value in zip(FACTORS, values, strict=True) if value != UNKNOWN)
    return [
        Part(
            factor=name,
            weight=weights.get(name, 0),
            value=None if value == UNKNOWN else value / ONE,
            points=given,
            most=0 if value == UNKNOWN else weights.get(name, 0) * ONE // max(known_weight, 1),
        )
        for name, value, given in zip(FACTORS, values, points, strict=True)
    ]


def _millionths(value: Floats, known: Bools) -> Integers:
    return np.where(known, np.rint(value * ONE), UNKNOWN).astype(np.int64)


def _check(weights: Mapping[str, int]) -> None:
    unknown = set(weights) - set(FACTORS)
    if unknown:
        raise ValueError(f"No such factor: {', '.join(sorted(unknown))}")
    if any(not 0 <= weight <= MAX_WEIGHT or weight != int(weight) for weight in weights.values()):
        raise ValueError(f"Weights are whole numbers from 0 to {MAX_WEIGHT}")
    if not any(weights.values()):
        raise ValueError("At least one factor needs a weight")


def _styles(people: Sequence[Facts]) -> Floats:
    rows = [[np.nan if step is None else step for step in person.styles] for person in people]
    return np.array(rows, dtype=float).reshape(len(people), STYLE_SCALES)


def _divide(amount: Floats, by: Floats) -> Values:
    known = by > 0
    return np.divide(amount, by, out=np.zeros_like(amount), where=known), known


def _both(mentees: Floats, mentors: Floats) -> Bools:
    return np.asarray((mentees.sum(1) > 0)[:, None] & (mentors.sum(1) > 0)[None, :])


def _mean(*values: Values) -> Values:
    total = sum((np.where(known, value, 0.0) for value, known in values), np.zeros(values[0][0].shape))
    return _divide(total, sum((known.astype(float) for _, known in values), np.zeros(total.shape)))


def _covered(sides: Sides, name: str) -> Values:
    mentees, mentors = sides.sets(name)
    wanted = np.repeat(mentees.sum(1)[:, None], len(mentors), 1)
    return _divide(mentees @ mentors.T, wanted)[0], _both(mentees, mentors)


def _same(sides: Sides, name: str) -> Values:
    mentees, mentors = sides.words(name)
    known = (mentees >= 0)[:, None] & (mentors >= 0)[None, :]
    return (known & (mentees[:, None] == mentors[None, :])).astype(float), known


def _language(sides: Sides) -> Values:
    first, _ = _same(sides, "first_language")
    mentees, mentors = sides.sets("languages")
    common = mentees @ mentors.T > 0
    return np.where(first > 0, 1.0, np.where(common, 0.5, 0.0)), _both(mentees, mentors)


def _meeting(sides: Sides) -> Values:
    (mentee_online, mentor_online), (mentee_here, mentor_here) = sides.figures("online"), sides.figures("in_person")
    online = (mentee_online == 1)[:, None] & (mentor_online == 1)[None, :]
    here = (mentee_here == 1)[:, None] & (mentor_here == 1)[None, :]
    same_town, town_known = _same(sides, "town")
    in_town = np.where(town_known, same_town, 0.5)
    known = ~np.isnan(mentee_online)[:, None] & ~np.isnan(mentor_online)[None, :]
    return np.where(online, 1.0, np.where(here, in_town, 0.0)), known


def _families(people: Sequence[Facts]) -> list[Facts]:
    """Keep of each area only its family."""
    return [replace(person, areas=frozenset(code.partition(".")[0] for code in person.areas)) for person in people]
