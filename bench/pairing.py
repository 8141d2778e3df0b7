"""`python -m bench.pairing [--seconds 300]`: measure scores, solver and proof, and write bench/PAIRING.md.

Every case runs in a process of its own, whose peak memory is read. Beside it, in another process, SciPy's
``linear_sum_assignment`` solves the same pairs with a column for every place; ``--seconds`` is its time limit.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.__main__ import processor
from bench.invented import invented_sides
from mentoring_ext.matching import rules
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, score
from mentoring_ext.matching.solver import assign, verify

RESULTS = Path(__file__).with_name("PAIRING.md")
PLACES = 3
SIZES = [(15, 5), (300, 100), (3_000, 1_000), (15_000, 5_000)]
OBJECTIVES = ["total", "fair", "stay"]
NOT_ALLOWED = -1e6
ROUNDS = 15
ENVIRONMENT = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
"""As the site sets it: see ``lms.settings.base``."""
Measured = dict[str, Any]


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--seconds", type=float, default=300, help="time limit of SciPy")
    words.add_argument("--case", nargs=4, help="one case, in this process")
    given = words.parse_args()
    if given.case:
        what, mentees, mentors, wide = given.case
        sys.stdout.write(json.dumps(CASES[what](*tables(int(mentees), int(mentors), wide == "wide"))))
        return
    rows = [row for size in SIZES for wide in ("narrow", "wide") for row in rows_of(size, wide, given.seconds)]
    RESULTS.write_text(report(rows, given.seconds), encoding="utf-8")
    sys.stdout.write(RESULTS.read_text())


def rows_of(size: tuple[int, int], wide: str, limit: float) -> list[str]:
    """Return the lines of one size: every objective, beside SciPy."""
    scipy = run("scipy", size, wide, limit)
    return [line(size, name, run(name, size, wide, None), scipy, limit) for name in OBJECTIVES]


def run(what: str, size: tuple[int, int], wide: str, limit: float | None) -> Measured | None:
    """Measure one case in a new process; None when the time limit ended it."""
    command = [sys.executable, "-m", "bench.pairing", "--case", what, *map(str, size), wide]
    try:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=limit, env=ENVIRONMENT)
    except subprocess.TimeoutExpired:
        return None
    found: Measured = json.loads(done.stdout)
    return found


def tables(mentees: int, mentors: int, wide: bool) -> tuple[Any, Any, Any, Measured]:
    """Return scores, allowed pairs and places of invented people, and what making them took."""
    sides = invented_sides(mentees, mentors, wide=wide)
    took: Measured = {}
    scores, took["score"] = timed(lambda: score(sides, DEFAULT_WEIGHTS))
    allowed, took["rules"] = timed(lambda: rules.check(sides).allowed)
    took["share"] = float(allowed.mean())
    return scores, allowed, np.full(mentors, PLACES), took


def timed(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """Return what the work gives, and its seconds by the clock and of the processor."""
    clock, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, (time.perf_counter() - clock, time.process_time() - cpu)


def measured(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """Return the medians of as many rounds as take about a second; a first round that loads libraries is left out."""
    found, first = timed(work)
    if first[0] > 1:
        return found, first
    rounds = [timed(work)[1] for _ in range(ROUNDS if first[0] < 0.2 else 3)]
    clock, cpu = (statistics.median(column) for column in zip(*rounds, strict=True))
    return found, (clock, cpu)


def solver_case(objective: str) -> Callable[..., Measured]:
    def measure(scores: Any, allowed: Any, capacity: Any, took: Measured) -> Measured:
        wish: Measured = {"objective": "fair" if objective == "fair" else "total"}
        if objective == "stay":
            present = np.random.default_rng(1).integers(-1, len(capacity), len(scores))
            wish["stay"] = (present, 0.05)
        answer, took["assign"] = measured(lambda: assign(scores, allowed, capacity, **wish))
        _, took["verify"] = measured(lambda: verify(scores, allowed, capacity, answer, **wish))
        left_over = len(answer.left_over)
        return took | {"peak": peak(), "total": answer.total, "optimal": answer.optimal, "left_over": left_over}

    return measure


def scipy_case(scores: Any, allowed: Any, capacity: Any, took: Measured) -> Measured:
    worth = np.where(allowed, scores / 1e6, NOT_ALLOWED)[:, np.repeat(np.arange(len(capacity)), capacity)]
    (rows, chosen), took["assign"] = measured(lambda: linear_sum_assignment(worth, maximize=True))
    kept = worth[rows, chosen]
    return took | {"peak": peak(), "total": float(kept[kept > NOT_ALLOWED].sum())}


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


CASES = {name: solver_case(name) for name in OBJECTIVES} | {"scipy": scipy_case}


def line(size: tuple[int, int], name: str, ours: Measured | None, scipy: Measured | None, limit: float) -> str:
    assert ours
    theirs = f"{scipy['assign'][1]:.3g}" if scipy else f"cut at {limit:.0f}"
    ratio = ours["assign"][1] / (scipy["assign"][1] if scipy else limit)
    if name == "total" and scipy:
        assert abs(scipy["total"] - ours["total"]) < 1e-4, "SciPy found another total"
    cells = [
        f"{size[0]:,} × {size[1]:,}",
        f"{ours['share']:.0%}",
        name,
        f"{ours['score'][1] + ours['rules'][1]:.3g}",
        *(f"{seconds:.3g}" for seconds in (*ours["assign"], ours["verify"][0])),
        f"{ours['peak']:.0f}",
        theirs,
        f"{'' if scipy else '< '}{ratio:.2g}",
        "yes" if ours["optimal"] else "no",
        str(ours["left_over"]),
    ]
    return f"| {' | '.join(cells)} |"


def report(rows: list[str], limit: float) -> str:
    """Return the results as Markdown."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "ortools"))
    table = "\n".join(rows)
    return f"""# Pairing

Written by `python -m bench.pairing` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.
{os.cpu_count()} cores ({processor()}), load {os.getloadavg()[0]:.1f} when it ended.
Python {platform.python_version()}, {packages}. Invented people (`bench/invented.py`), {PLACES} places a mentor.
Seconds; each case in a process of its own, which also makes the scores. Rounds under a second: medians.
SciPy: `linear_sum_assignment` over the table with a column for every place, without making that table,
cut after {limit:.0f} seconds of the whole process. Ratios are of processor seconds.

Goals: 15 × 5 in 0.005 s, 300 × 100 in 0.03 s, 3,000 × 1,000 in 0.6 s (fair: 2 s);
15,000 × 5,000 scored and proven in 15 s and 700 MB.
Ratio to SciPy at 3,000 × 1,000 ≤ 0.10 (15 % allowed) and ≤ 0.25 (85 %), at 15,000 × 5,000 ≤ 0.05 and ≤ 0.10,
never above 1.5 from 300 × 100 on.

| people | allowed | objective | scored | solved | processor | verified | MB | SciPy | ratio | best | left over |
|---|---|---|---|---|---|---|---|---|---|---|---|
{table}
"""


if __name__ == "__main__":
    main()
