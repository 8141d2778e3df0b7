"""The result file: who goes to whom and why, with everything that repeats the proof beside the two files."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mentoring_ext.matching.encoding import HOURS_OF_DAY
from mentoring_ext.matching.factors import ONE, Part, explain
from mentoring_ext.matching.files.columns import ENGLISH_DAYS
from mentoring_ext.matching.files.matching import Options, Task, shuffled
from mentoring_ext.matching.files.reading import People
from mentoring_ext.matching.files.weights import Weights, read_weights
from mentoring_ext.matching.personal import PERSONAL
from mentoring_ext.matching.rules import RULES
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, Certificate, Refused, versions

FORM = "kyklos pairing 1"
TOGETHER = "personal"
"""Factors that read what people told in confidence stand together, and only with their points."""
PROVEN = ("form", "weights", "options", "digest", "total", "bound", "optimal", "pairs", "groups", "unused", "left_over")
"""What ``check_result`` computes again and compares."""


@dataclass(frozen=True)
class Given:
    """What a result depends on: the people, the weights, the options, and the fingerprints of the two files."""

    people: People
    weights: Weights
    options: Options
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The SHA-256 of files, weights and options."""
        return fingerprint(_line([dict(self.files), self.weights.as_data(), self.options.as_data()]).encode())

    def task(self) -> Task:
        """Return the task for the solver, people in the order that the seed gives."""
        sides = shuffled(self.people.sides, self.options.seed)
        return Task.of(sides, self.people.ties, dict(self.weights.weights), self.options)


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def make_result(given: Given, *, seconds: float | None = None) -> dict[str, Any]:
    """Pair the people and return the result with its proof; raises ``Infeasible`` when fixed pairs cannot be kept."""
    task = given.task()
    answer = task.solve(seconds=seconds)
    return _result(given, task, answer) | {"versions": versions(), "files": dict(given.files), "proof": _proof(answer)}


def check_result(result: Mapping[str, Any], given: Given) -> None:
    """Repeat the proof of a result from the files; raises ``Refused`` that says what is wrong."""
    if result.get("digest") != given.digest:
        raise Refused("Not proven: files, weights or options are not those of which the result has the fingerprint")
    task = given.task()
    try:
        answer = _answer(result)
        task.verify(answer)
        expected = _result(given, task, answer)
    except Refused:
        raise
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise Refused(f"Not proven: the result cannot be read ({error})") from error
    # Through JSON, so that a list is compared with a list.
    expected = json.loads(_line(expected))
    for name in PROVEN:
        if result.get(name) != expected[name]:
            raise Refused(f"Not proven: {name} does not follow from the files")


def read_settings(result: Mapping[str, Any]) -> tuple[Weights, Options]:
    """Return weights and options of a result; raises ``Refused`` when it is none."""
    if result.get("form") != FORM:
        raise Refused("Not proven: this is no result of a pairing")
    try:
        return read_weights(json.dumps(result["weights"])), Options(**result["options"])
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(f"Not proven: weights or options cannot be read ({error})") from error


def _line(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def _proof(answer: Assignment) -> dict[str, Any]:
    return {
        "mentor_of": answer.mentor_of.tolist(),
        "slot_of": None if answer.slot_of is None else answer.slot_of.tolist(),
        "certificate": None if answer.certificate is None else answer.certificate.as_json(),
    }


def _answer(result: Mapping[str, Any]) -> Assignment:
    proof = result["proof"]
    mentor_of = np.array(proof["mentor_of"])
    slots, kept = proof["slot_of"], proof["certificate"]
    return Assignment(
        mentor_of=mentor_of,
        total=result["total"] / ONE,
        bound=result["bound"] / ONE,
        optimal=result["optimal"],
        certificate=None if kept is None else Certificate.from_json(kept),
        left_over=np.flatnonzero(mentor_of == LEFT_OVER).tolist(),
        seconds=0,
        slot_of=None if slots is None else np.array(slots),
    )


def _result(given: Given, task: Task, answer: Assignment) -> dict[str, Any]:
    total, bound = task.points(answer)
    return {
        "form": FORM,
        "weights": given.weights.as_data(),
        "options": given.options.as_data(),
        "digest": given.digest,
        "total": total,
        "bound": bound,
        "optimal": answer.optimal,
        "pairs": _pairs(given, task, answer),
        "groups": _groups(given, task, answer),
        "unused": [
            given.people.labels[mentor.key]
            for column, mentor in enumerate(task.sides.mentors)
            if not (answer.mentor_of == column).any()
        ],
        "left_over": [_left_over(given, task, answer, row) for row in answer.left_over],
    }


def _pairs(given: Given, task: Task, answer: Assignment) -> list[dict[str, Any]]:
    found = []
    for row in np.flatnonzero(answer.mentor_of != LEFT_OVER).tolist():
        column = int(answer.mentor_of[row])
        found.append(
            {
                "mentee": given.people.labels[task.sides.mentees[row].key],
                "mentor": given.people.labels[task.sides.mentors[column].key],
                "score": int(task.scores[row, column]),
                "parts": _parts(explain(task.sides, given.weights.weights, row, column)),
            }
        )
    return found


def _parts(parts: Sequence[Part]) -> list[dict[str, Any]]:
    shown = [_part(part) for part in parts if part.factor not in PERSONAL]
    together = [part for part in parts if part.factor in PERSONAL]
    points = sum(part.points for part in together)
    return [*shown, {"factor": TOGETHER, "weight": sum(part.weight for part in together), "points": points}]


def _part(part: Part) -> dict[str, Any]:
    value = None if part.value is None else round(part.value, 6)
    return {"factor": part.factor, "weight": part.weight, "value": value, "points": part.points, "most": part.most}


def _groups(given: Given, task: Task, answer: Assignment) -> list[dict[str, Any]]:
    """Return the groups with the weakest match first."""
    found = []
    for column, mentor in enumerate(task.sides.mentors):
        rows = np.flatnonzero(answer.mentor_of == column).tolist()
        if not rows:
            continue
        slot = None if answer.slot_of is None else int(answer.slot_of[column])
        found.append(
            {
                "mentor": given.people.labels[mentor.key],
                "mentees": [given.people.labels[task.sides.mentees[row].key] for row in rows],
                "weakest": int(task.scores[rows, column].min()),
                "slot": slot,
                "slot_in_words": "" if slot is None else slot_in_words(slot, given.options.hours),
            }
        )
    return sorted(found, key=lambda group: (group["weakest"], group["mentor"]))


def slot_in_words(slot: int, hours: int) -> str:
    """Say a slot, such as “Tuesday 17:00–19:00”."""
    day, hour = divmod(slot, HOURS_OF_DAY)
    return f"{ENGLISH_DAYS[day]} {hour}:00–{hour + hours}:00"


def _left_over(given: Given, task: Task, answer: Assignment, row: int) -> dict[str, Any]:
    """Say why somebody has no mentor: how many mentors each rule excludes, and the crowd around the others."""
    broken = task.possible.broken[row]
    counted = Counter(name for bit, name in enumerate(RULES) for _ in range(int((broken >> bit & 1).sum())))
    found: dict[str, Any] = {
        "mentee": given.people.labels[task.sides.mentees[row].key],
        "excluded_by": dict(counted),
        "mentors_left": int((broken == 0).sum()),
    }
    proof = answer.certificate
    if proof is not None and row in proof.crowd and proof.places:
        places = int(task.sides.capacity[proof.places].sum())
        found["crowd"] = {"mentees": len(proof.crowd), "mentors": len(proof.places), "places": places}
    return found
