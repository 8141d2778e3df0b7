"""What a run keeps of its result, so that it can be read, repeated and verified again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from mentoring_ext.matching.factors import ONE
from mentoring_ext.matching.kept import FACTS, RunInput, read, unpack
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, Certificate, Refused, verify
from mentoring_ext.matching.solving import Tables, check, tables_for, tables_of


def certificate_as_json(answer: Assignment, mentees: Sequence[int]) -> dict[str, Any]:
    """Return the answer and its proof; ``mentees`` are the keys in the order of the rows."""
    proof = answer.certificate
    if proof is None:
        return {}
    slots = answer.slot_of
    return proof.as_json() | {
        "mentees": list(mentees),
        "mentor_of": answer.mentor_of.tolist(),
        "slot_of": None if slots is None else slots.tolist(),
        "seconds": round(answer.seconds, 4),
    }


def kept_answer(run: MatchRun) -> Assignment:
    """Return the solver's answer as the run keeps it, with the proof; raises ``Refused`` where that is no answer."""
    try:
        return _answer_in(run, run.certificate)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refused("Not proven: the kept result cannot be read") from error


def _answer_in(run: MatchRun, kept: Mapping[str, Any]) -> Assignment:
    mentor_of = np.array(kept["mentor_of"], dtype=np.int64)
    slots = kept.get("slot_of")
    return Assignment(
        mentor_of=mentor_of,
        total=run.total / ONE,
        bound=run.bound / ONE,
        optimal=run.optimal,
        certificate=Certificate.from_json(kept),
        left_over=np.flatnonzero(mentor_of == LEFT_OVER).tolist(),
        seconds=kept["seconds"],
        slot_of=None if slots is None else np.array(slots, dtype=np.int64),
    )


def verify_run(run: MatchRun) -> None:
    """Check the kept result and its proof again; raises ``solver.Refused`` for any fault."""
    found = read(bytes(run.input))
    if not run.repeatable or not run.certificate:
        raise Refused("Not proven: facts of somebody were erased since")
    if found.get("form") == FACTS:
        given = unpack(bytes(run.input))
        if given.digest != run.digest:
            raise Refused("Not proven: the input is not the one of which the run keeps the fingerprint")
        check(given, tables_for(given), kept_answer(run))
    else:
        _verify_kept_tables(run, tables_of(bytes(run.input)))


def _verify_kept_tables(run: MatchRun, tables: Tables) -> None:
    places = {row.mentor_id: row.places for row in run.mentors.all()}
    tables = replace(tables, capacity=np.array([places.get(key, 0) for key in tables.mentors], dtype=np.int64))
    if tables.mentees != run.certificate["mentees"]:
        raise Refused("Not proven: somebody of this run was erased since")
    verify(tables.scores, tables.allowed, tables.capacity, kept_answer(run))


def input_of_run(run: MatchRun) -> RunInput | None:
    """Return the run's input, None for runs of the first version."""
    found = read(bytes(run.input))
    return unpack(bytes(run.input)) if found.get("form") == FACTS else None
