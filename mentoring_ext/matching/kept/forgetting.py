"""Kept bytes without what tells of some people, and of whom they tell."""

import zlib
from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any

from mentoring_ext.matching.facts import Facts
from mentoring_ext.matching.kept.packing import read
from mentoring_ext.matching.kept.plain import FACTS, TABLES, json_of, plain

CONFIDENTIAL = ("contexts", "culture", "ethnicity", "religion", "birth_year", "gender")
"""Facts that are kept only as long as the person's consent to them stands."""
_EMPTY = Facts(key=0)


def without(kept: bytes, people: Collection[int]) -> bytes:
    """Return the kept bytes without anything that tells of ``people``."""
    found = read(kept)
    if found.get("form") == FACTS:
        found["sides"] |= {
            side: [facts for facts in found["sides"][side] if facts["key"] not in people]
            for side in ("mentees", "mentors")
        }
        found["settled"] = {
            name: [pair for pair in pairs if not {*pair} & {*people}] for name, pairs in found["settled"].items()
        }
        _forget_hours(found, people)
    elif found.get("form") == TABLES:
        found = _table_without(found, people)
    return zlib.compress(json_of(found), 6)


def without_sheets(kept: bytes, people: Collection[int]) -> bytes:
    """Return the kept bytes with nothing of ``people`` but that they were there, and a mentor's places.

    So stand those who made their pair themselves in a run without a sheet.
    """
    found = read(kept)
    if found.get("form") == FACTS:
        for side in ("mentees", "mentors"):
            found["sides"][side] = [
                plain(asdict(replace(_EMPTY, key=facts["key"], capacity=facts["capacity"])))
                if facts["key"] in people
                else facts
                for facts in found["sides"][side]
            ]
        _forget_hours(found, people)
    return zlib.compress(json_of(found), 6)


def _forget_hours(found: dict[str, Any], people: Collection[int]) -> None:
    """Take out what these people told of their hours before."""
    if "before" in found:
        found["before"] = {
            side: [[key, hours] for key, hours in told if key not in people] for side, told in found["before"].items()
        }


def without_details(kept: bytes, people: Collection[int]) -> bytes:
    """Return the kept bytes without what ``people`` told in confidence."""
    found = read(kept)
    if found.get("form") == FACTS:
        for facts in (*found["sides"]["mentees"], *found["sides"]["mentors"]):
            if facts["key"] in people:
                facts.update({name: plain(getattr(_EMPTY, name)) for name in CONFIDENTIAL})
    return zlib.compress(json_of(found), 6)


def people_in(kept: bytes) -> set[int]:
    """Return the keys of all people of whom kept bytes tell."""
    found = read(kept)
    if found.get("form") == FACTS:
        return {facts["key"] for side in ("mentees", "mentors") for facts in found["sides"][side]}
    return {*found.get("mentees", []), *found.get("mentors", [])}


def _table_without(found: dict[str, Any], people: Collection[int]) -> dict[str, Any]:
    rows = [at for at, key in enumerate(found["mentees"]) if key not in people]
    columns = [at for at, key in enumerate(found["mentors"]) if key not in people]
    tables = {
        name: [[found[name][row][column] for column in columns] for row in rows]
        for name in ("scores", "values", "points", "rules")
    }
    keys = {
        "mentees": [found["mentees"][row] for row in rows],
        "mentors": [found["mentors"][column] for column in columns],
    }
    return found | tables | keys
