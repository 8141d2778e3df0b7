"""The cheapest flow through a network, by ortools."""

from collections.abc import Sequence

import numpy as np

from mentoring_ext.matching.facts import Integers


def cheapest_flow(
    tails: Sequence[Integers],
    heads: Sequence[Integers],
    room: Sequence[Integers],
    costs: Sequence[Integers],
    supplies: Integers,
    *,
    most: bool = False,
) -> Integers:
    """Return how much flows through each arc at the least cost; tails, heads, room and costs come in pieces.

    ``supplies``: what each node gives (above zero) or takes, zero in sum; with ``most``, what it could give or take,
    of which as much flows as can. Raises ``RuntimeError`` where not all of it can flow.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    flow = SimpleMinCostFlow()
    numbers = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate(tails).astype(np.int32),
        np.concatenate(heads).astype(np.int32),
        np.concatenate(room).astype(np.int64),
        np.concatenate(costs).astype(np.int64),
    )
    flow.set_nodes_supplies(np.arange(len(supplies), dtype=np.int32), supplies.astype(np.int64))
    status = flow.solve_max_flow_with_min_cost() if most else flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow was not solved: {status}")
    flows: Integers = flow.flows(numbers)
    return flows
