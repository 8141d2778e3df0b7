"""The checker: confirms an answer and its proof from the whole input, with NumPy alone."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring_ext.matching.facts import Bools, Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, Assignment, Certificate, refuse_if
from mentoring_ext.matching.solver.checking import Objective
from mentoring_ext.matching.solver.groups.proof import prove_groups
from mentoring_ext.matching.solver.proof import prove_by_prices
from mentoring_ext.matching.solver.rules import check_rules
from mentoring_ext.matching.solver.sizes.proof import prove_sizes
from mentoring_ext.matching.solver.task import Task
from mentoring_ext.matching.solver.wellformed import check_form

Proof = Callable[[Task, Integers, Certificate], int]
"""Gets the task, the pairs (they keep the rules) and the certificate; returns the bound in points that follows from
them, or raises ``Refused``. It also confirms that no more mentees can be placed, and with the fair objective that the
worst placed score cannot be higher, as far as its kind claims to."""

PROOFS: dict[str, Proof] = {"prices": prove_by_prices, "bound": prove_groups, "search": prove_groups}
"""The check of each kind of certificate."""


def verify(
    scores: NDArray[Any],
    allowed: Bools,
    capacity: Integers,
    assignment: Assignment,
    *,
    minimum: Integers | None = None,
    preferred: Integers | None = None,
    fixed: Mapping[int, int] | None = None,
    objective: Objective = "total",
    mentee_slots: Bools | None = None,
    mentor_slots: Bools | None = None,
    stay: tuple[Integers, float] | None = None,
) -> None:
    """Check an assignment and its proof against the input that ``assign`` got.

    Raises ``Refused`` for any fault: a rule broken, a wrong total or bound, a proof that proves nothing; ``ValueError``
    and ``Infeasible`` for a wrong input, as ``assign`` does.
    """
    task = Task.of(
        scores,
        allowed,
        capacity,
        minimum=minimum,
        preferred=preferred,
        fixed=fixed,
        objective=objective,
        mentee_slots=mentee_slots,
        mentor_slots=mentor_slots,
        stay=stay,
    )
    check_form(assignment)
    mentor_of = assignment.mentor_of
    check_rules(task, mentor_of, assignment.slot_of)
    total = task.total_of(mentor_of)
    refuse_if(assignment.total != total / task.scale, "the total is not the sum of the pairs' scores")
    left_over = np.flatnonzero(mentor_of == LEFT_OVER).tolist()
    refuse_if(list(assignment.left_over) != left_over, "the list of those left over is wrong")
    certificate = assignment.certificate
    if certificate is None or certificate.kind not in PROOFS or certificate.scale != task.scale:
        refuse_if(True, "there is no proof, or one of another kind or scale")
        return
    prove = PROOFS[certificate.kind] if task.preferred is None else prove_sizes
    bound = prove(task, mentor_of, certificate)
    refuse_if(assignment.bound != bound / task.scale, "the bound does not follow from the proof")
    is_best = certificate.settled and bound == total
    refuse_if(assignment.optimal != is_best, "the claim to be the best does not follow from the bound")
