"""Invented people for trials and measurements: as many as asked for, the same for the same seed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.random import Generator

from mentoring_ext.matching.facts import STYLE_SCALES, Facts, Sides

LANGUAGES = ("en", "el", "de", "es", "it", "cs", "pt", "tr", "sv", "fr", "ar", "uk")
AREAS = tuple(f"{family}.{area}" for family in ("arts", "culture", "people", "office", "service") for area in "abc")
TOPICS = ("information", "content", "collaboration", "marketing", "problems")
TOWNS = ("", "Athens", "Graz", "Linz", "Porto", "Brno", "Malmö", "Izmir")
GENDERS = ("", "woman", "man", "other")
INTERESTS = ("music", "painting", "film", "books", "crafts", "cooking", "garden", "sport", "travel", "games")
SUPPORT = ("steps", "practice", "courage", "feedback", "planning", "contacts", "job", "language")
MOTIVES = ("work", "business", "art", "confidence", "belong", "tasks", "give")
CONTEXTS = ("moved", "children", "care", "out_of_work", "small_place", "illness", "new_start")
ACCESS = ("step_free", "large_print", "sign_language", "captions", "quiet")
OBJECTIVES = ("search", "store", "create", "edit", "talk", "behave", "identity", "promote", "shop", "solve")
UNTOLD = 0.1


@dataclass(frozen=True)
class Habits:
    """Which languages people speak, how many free blocks of hours they have, what they say about another gender."""

    languages: Sequence[str]
    blocks: float
    answers: Sequence[str]


WIDE = Habits(LANGUAGES[:2], 14, ("yes",) * 12 + ("rather_not", "no"))
NARROW = Habits(LANGUAGES[:7], 6.2, ("yes", "rather_not", "no", "no"))
BLOCKS = [day * 24 + hour for day in range(7) for hour in (8, 10, 12, 14, 16, 18, 20)]
"""Where two free hours in a row may begin."""


def invented_sides(mentees: int, mentors: int, *, seed: int = 1, size: int = 3, wide: bool = True) -> Sides:
    """Return people with sheets of a usual fullness; each thing is left untold by about one in ten.

    Each mentor has 1 to ``size`` places. ``wide``: the rules allow about 85 pairs of 100; else people have more
    languages and fewer free hours, and the rules allow about 15. 20,000 people take about a second.
    """
    random = np.random.default_rng(seed)
    habits = WIDE if wide else NARROW
    ours, theirs = _people(random, mentees, 1, habits), _people(random, mentors, mentees + 1, habits)
    places = random.integers(1, size + 1, mentors).tolist()
    return Sides(ours, [replace(person, capacity=free) for person, free in zip(theirs, places, strict=True)])


def _people(random: Generator, count: int, first: int, habits: Habits) -> list[Facts]:
    columns: dict[str, Sequence[Any]] = {
        "styles": [tuple(row) for row in random.integers(1, 6, (count, STYLE_SCALES)).tolist()],
        "interests": _some(random, count, INTERESTS, 4),
        "levels": [dict(zip(TOPICS, row, strict=True)) for row in random.integers(0, 5, (count, len(TOPICS))).tolist()],
        "areas": _some(random, count, AREAS, 1.2),
        "support": _some(random, count, SUPPORT, 3),
        "guidance": random.choice([1, 3, 5], count).tolist(),
        "experience": random.integers(0, 4, count).tolist(),
        "motives": _some(random, count, MOTIVES, 2),
        "contexts": _some(random, count, CONTEXTS, 2),
        "birth_year": random.integers(1950, 2006, count).tolist(),
        "gender": _words(random, count, GENDERS),
        "mixed_gender": _words(random, count, habits.answers),
        "online": random.choice([True, True, True, False], count).tolist(),
        "in_person": random.choice([True, False], count).tolist(),
        "town": _words(random, count, TOWNS),
        "access": _some(random, count, ACCESS, 0.5),
        "objectives": _some(random, count, OBJECTIVES, 3),
    }
    untold = random.random((len(columns), count)) < UNTOLD
    defaults = Facts(0)
    for row, (name, values) in enumerate(columns.items()):
        nothing = getattr(defaults, name)
        kept = zip(values, untold[row].tolist(), strict=True)
        columns[name] = [nothing if left_out else value for value, left_out in kept]
    columns["first_language"] = first_language = _words(random, count, habits.languages)
    more = _some(random, count, habits.languages, 1.2)
    columns["languages"] = [found | {word} for found, word in zip(more, first_language, strict=True)]
    free = _some(random, count, BLOCKS, habits.blocks)
    columns["hours"] = [frozenset(hour for start in found for hour in (start, start + 1)) for found in free]
    rows = zip(*columns.values(), strict=True)
    return [Facts(first + at, **dict(zip(columns, row, strict=True))) for at, row in enumerate(rows)]


def _words(random: Generator, count: int, words: Sequence[str]) -> list[str]:
    return [words[at] for at in random.integers(0, len(words), count).tolist()]


def _some(random: Generator, count: int, words: Sequence[Any], mean: float) -> list[frozenset[Any]]:
    """Choose for each person about ``mean`` of these words."""
    chosen = random.random((count, len(words))) < mean / len(words)
    owners, at = np.nonzero(chosen)
    found: list[list[Any]] = [[] for _ in range(count)]
    for owner, place in zip(owners.tolist(), at.tolist(), strict=True):
        found[owner].append(words[place])
    return [frozenset(each) for each in found]
