"""Better prices by groups: the best shares of the groups known so far price the mentees, the prices ask for new groups.

New groups are asked for at prices between those and the best ones known, which keeps the prices from jumping. Ends
when no group is missing any more, or the bound is near enough. *Source:* Wentges, "Weighted Dantzig–Wolfe
decomposition for linear mixed-integer programming" (1997).
"""

import numpy as np

from mentoring_ext.matching.facts import Floats
from mentoring_ext.matching.solver.groups.ascent import Prices
from mentoring_ext.matching.solver.groups.columns import Columns
from mentoring_ext.matching.solver.groups.master import NoShares, Rules, Shares, share_out
from mentoring_ext.matching.solver.groups.rows import Rows
from mentoring_ext.matching.solver.groups.tops import Tops, Wishes
from mentoring_ext.matching.solver.watch import Watch

ROUNDS = 120
NEARNESS = (0.7, 0.4, 0.0)
NEAR = 3e-5
"""What of the bound lies between it and the shares and is not worth another round."""


def generate(
    rows: Rows, start: Prices, columns: Columns, rules: Rules, watch: Watch, *, enough: float = -np.inf
) -> tuple[Prices, Columns]:
    """Return prices whose bound is the best there is, or nearly so, and the groups that came up.

    ``columns`` have to hold groups with which the rules can be kept; a bound of ``enough`` is low enough.
    """
    best = start
    columns = columns.and_also(_wanted(rows, start.net)[1])
    for _ in range(ROUNDS):
        shares = None if watch.is_over or best.bound <= enough else _shares(columns, rules)
        if shares is None or best.bound - shares.total <= NEAR * abs(best.bound):
            break
        known = len(columns)
        for near in NEARNESS:
            prices = _between(best, shares, near)
            wishes, groups = _wanted(rows, prices.net)
            prices.bound = _bound(prices, wishes, rules)
            best = prices if prices.bound < best.bound else best
            columns = columns.and_also(groups)
            if len(columns) > known:
                break
        else:
            break
    return best, columns


def _shares(columns: Columns, rules: Rules) -> Shares | None:
    try:
        return share_out(columns, rules)
    except NoShares:
        return None


def _between(best: Prices, shares: Shares, near: float) -> Prices:
    prices: Floats = near * best.prices + (1 - near) * shares.prices
    return Prices(prices, near * best.premium + (1 - near) * shares.premium, np.inf, best.often)


def _wanted(rows: Rows, net: Floats) -> tuple[Wishes, Columns]:
    tops = Tops.of(rows, net)
    wishes = tops.wishes(net)
    used = wishes.row[wishes.row >= 0]
    return wishes, Columns.of(rows.pool, rows.mentors[used], tops.groups(net, used))


def _bound(prices: Prices, wishes: Wishes, rules: Rules) -> float:
    placed = rules.count or 0
    return float(prices.prices[rules.reachable].sum() + wishes.gains.sum()) - prices.premium * placed
