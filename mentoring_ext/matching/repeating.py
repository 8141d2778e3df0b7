"""The protocol of a run, and working it out once more from what it keeps."""

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from mentoring_ext.matching.honesty import measure
from mentoring_ext.matching.kept import FACTS, RunInput, read, unpack
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.naming import are_numbers_used, by_number, handle_of
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.reports.naming import decided_how
from mentoring_ext.matching.solver import Assignment, Refused
from mentoring_ext.matching.solving import Progress, solve

FORMAT = 1


@dataclass(frozen=True)
class Repeated:
    """What came of working a run out again: how many mentees have another mentor than the solver gave them then."""

    different: int
    total: int
    total_then: int
    is_honesty_same: bool = True

    @property
    def is_same(self) -> bool:
        """Whether every mentee has the same mentor, the total is the same, and so is what fewer hours did."""
        return self.different == 0 and self.total == self.total_then and self.is_honesty_same


def kept_input(run: MatchRun) -> RunInput:
    """Return the input that a run keeps. Raises ``Refused`` when it was changed, or is not there any more."""
    try:
        found = read(bytes(run.input))
        if not run.repeatable or found.get("form") != FACTS:
            raise Refused("Not proven: the run does not keep everything that it depended on")
        given = unpack(bytes(run.input))
    except Refused:
        raise
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise Refused("Not proven: the kept input cannot be read") from error
    if given.digest != run.digest:
        raise Refused("Not proven: the input is not the one of which the run keeps the fingerprint")
    return given


def repeat_run(run: MatchRun, *, progress: Progress | None = None) -> Repeated:
    """Verify a run's proof, work it out again from its kept input, and compare the pairs.

    What ``progress`` raises stops it. Raises ``Refused`` for an input that was changed, and for a proof that does not
    hold.
    """
    given = kept_input(run)
    verify_run(run)
    # The tables go before fewer hours are measured, which needs some of its own.
    answer = solve(given, progress=progress)[1]
    then = np.array(run.certificate["mentor_of"], dtype=np.int64)
    different = int((answer.mentor_of != then).sum())
    honest = _honest_as_then(run, given, answer, progress)
    return Repeated(different, round(answer.total * 1_000_000), run.total, honest)


def _honest_as_then(run: MatchRun, given: RunInput, answer: Assignment, progress: Progress | None) -> bool:
    """Whether fewer hours did the same as then; where a search ended for want of time, nobody can say."""
    if not run.honesty.get("exact"):
        return True
    alone = any(own is not None for _side, _key, _together, own in run.honesty["people"])
    now = measure(given, answer, alone=alone, progress=progress).as_json()
    return bool(now == run.honesty)


def protocol_of(run: MatchRun) -> dict[str, Any]:
    """Return everything that says how a run came about and how it is proven, as plain data without names or facts."""
    decided = decided_how(run)
    return {
        "format": FORMAT,
        "run": run.pk,
        "cohort": run.cohort_id,
        "made_at": run.made_at.isoformat(),
        "made_by": run.made_by_id,
        "input_sha256": run.digest,
        "repeatable": run.repeatable,
        "weights": run.weights,
        "options": run.options,
        "seed": None,
        "versions": run.versions,
        "result": {
            "people": run.people,
            "placed": run.placed,
            "total_millionths": run.total,
            "bound_millionths": run.bound,
            "optimal": run.optimal,
            "weakest_millionths": run.weakest,
            "alone": run.alone,
            **_pairs_of(run),
        },
        "certificate": _proof_of(run),
        "fewer_hours": {name: value for name, value in run.honesty.items() if name != "people"},
        "names": decided.as_json,
        "changes_with_names": decided.with_names,
        "changes_by_hand": [
            {"kind": change.kind, "at": change.made_at.isoformat(), "by": change.made_by_id, "cost": change.cost}
            for change in run.changes.filter(undone_at=None).order_by("made_at", "pk")
        ],
    }


def _pairs_of(run: MatchRun) -> dict[str, Any]:
    """Return the mentor of each mentee, by rows and columns; by numbers in their order while names are hidden."""
    kept = run.certificate
    if not are_numbers_used():
        return {
            "mentees": kept.get("mentees", []),
            "mentor_of": kept.get("mentor_of", []),
            "slot_of": kept.get("slot_of"),
        }
    mentors = dict(run.mentors.values_list("column", "mentor"))
    placed = zip(kept.get("mentees", []), kept.get("mentor_of", []), strict=True)
    pairs = by_number(placed, lambda pair: pair[0])
    return {
        "mentees": [handle_of(mentee) for mentee, _column in pairs],
        "mentor_of": [handle_of(mentors.get(column) or 0) for _mentee, column in pairs],
    }


def _proof_of(run: MatchRun) -> dict[str, Any]:
    """Return the certificate; only its fingerprint while names are hidden: it stands in the order of the accounts."""
    proof = {name: value for name, value in run.certificate.items() if name not in ("mentees", "mentor_of", "slot_of")}
    if not are_numbers_used():
        return proof
    written = json.dumps(proof, sort_keys=True).encode()
    return {"kind": proof.get("kind"), "sha256": hashlib.sha256(written).hexdigest()}
