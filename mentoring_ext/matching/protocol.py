"""What a run keeps, so that it can be read, repeated and verified again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from mentoring_ext.matching.factors import ONE, Scored
from mentoring_ext.matching.facts import Bools, Floats, Integers, Sides
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.rules import Possible
from mentoring_ext.matching.solver import LEFT_OVER, Assignment, Certificate, Refused, verify


def digest_of(sides: Sides, weights: Mapping[str, int]) -> str:
    """Return the SHA-256 of everything that the result depends on; names are left out."""
    people = [[{**asdict(person), "name": ""} for person in side] for side in (sides.mentees, sides.mentors)]
    text = json.dumps([people, dict(weights)], sort_keys=True, default=sorted)
    return hashlib.sha256(text.encode()).hexdigest()


def option_as_json(scored: Scored, possible: Possible, mentee: int, mentor: int) -> dict[str, Any]:
    """Return one pair as ``Proposal.options`` keeps it."""
    return {
        "score": int(scored.scores[mentee, mentor]),
        "values": scored.values[:, mentee, mentor].tolist(),
        "points": scored.points[:, mentee, mentor].tolist(),
        "rules": possible.rules_against(mentee, mentor),
    }


def certificate_as_json(answer: Assignment, mentees: Sequence[int]) -> dict[str, Any]:
    """Return the answer and its proof; ``mentees`` are the ids in the order of the rows."""
    proof = answer.certificate
    if proof is None:
        return {}
    return {
        "kind": proof.kind,
        "scale": proof.scale,
        "mentees": list(mentees),
        "mentor_of": answer.mentor_of.tolist(),
        "mentee_prices": proof.mentee_prices.tolist(),
        "mentor_prices": proof.mentor_prices.tolist(),
        "premium": proof.premium,
        "crowd": proof.crowd,
        "places": proof.places,
        "seconds": round(answer.seconds, 4),
    }


def tables_of(run: MatchRun, proposals: Sequence[Proposal]) -> tuple[Floats, Bools, Integers]:
    """Return scores, allowed pairs and places of a run; rows follow ``proposals``, columns ``run.mentors``."""
    shape = len(proposals), len(run.mentors)
    options = [[proposal.options[str(mentor)] for mentor in run.mentors] for proposal in proposals]
    scores = np.array([[option["score"] / ONE for option in row] for row in options], dtype=float).reshape(shape)
    allowed = np.array([[not option["rules"] for option in row] for row in options], dtype=bool).reshape(shape)
    return scores, allowed, np.array([run.places[str(mentor)] for mentor in run.mentors], dtype=np.int64)


def mentors_now(run: MatchRun, proposals: Sequence[Proposal]) -> Integers:
    """Return each mentee's mentor as a column of ``run.mentors``, −1 where left over."""
    columns = {mentor: column for column, mentor in enumerate(run.mentors)}
    return np.array([columns.get(proposal.mentor_id, LEFT_OVER) for proposal in proposals], dtype=np.int64)


def verify_run(run: MatchRun) -> None:
    """Check the kept result and its proof again; raises ``solver.Refused`` for any fault."""
    kept = run.certificate
    order = {mentee: row for row, mentee in enumerate(kept["mentees"])}
    if run.proposals.count() != len(order):
        raise Refused("Not proven: somebody of this run was erased since")
    proposals = sorted(run.proposals.all(), key=lambda proposal: order[proposal.mentee_id])
    proof = Certificate(
        kind=kept["kind"],
        scale=kept["scale"],
        mentee_prices=np.array(kept["mentee_prices"], dtype=np.int64),
        mentor_prices=np.array(kept["mentor_prices"], dtype=np.int64),
        premium=kept["premium"],
        crowd=kept["crowd"],
        places=kept["places"],
    )
    mentor_of = np.array(kept["mentor_of"], dtype=np.int64)
    answer = Assignment(
        mentor_of=mentor_of,
        total=run.total / ONE,
        bound=run.bound / ONE,
        optimal=run.total == run.bound,
        certificate=proof,
        left_over=np.flatnonzero(mentor_of == LEFT_OVER).tolist(),
        seconds=kept["seconds"],
    )
    verify(*tables_of(run, proposals), answer)
