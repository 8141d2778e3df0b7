"""`python -m bench.pairing [--sizes 15x5,300x100] [--cases total,slots] [--seconds 100]`: measure pairing.

A whole run (at most 20 minutes) writes bench/PAIRING.md anew; chosen sizes or cases are added to it as a part of their
own. Every case runs in a process of its own, whose peak memory is read, and its row is written as soon as it is known.
Beside it, in another process, SciPy's ``linear_sum_assignment`` solves the same pairs with a column for every place;
``--seconds`` is its time limit.
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
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.__main__ import processor
from bench.goals import Size, judged, ratio_goal, search_seconds, verdicts
from bench.invented import invented_sides
from mentoring_ext.matching import rules
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, score
from mentoring_ext.matching.solver import assign, verify

RESULTS = Path(__file__).with_name("PAIRING.md")
PLACES = 3
SMALLEST = 2
HOURS = 2
"""Free hours in a row that a session takes."""
SIZES: list[Size] = [(15, 5), (300, 100), (3_000, 1_000), (15_000, 5_000)]
CASES = ["total", "fair", "stay", "minimum", "few alone", "few alone slots", "slots", "slots in 1 s", "fair slots"]
FEW_PEOPLE = 300
SPARE = 90
"""Seconds that a case may take beside its search: to load, score, verify."""
NOT_ALLOWED = -1e6
SEARCHED = {"minimum", "preferred", "mentee_slots"}
ROUNDS = 15
ENVIRONMENT = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
"""As the site sets it: see ``lms.settings.base``."""
Measured = dict[str, Any]


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--sizes", help="only these sizes, such as 15x5,300x100")
    words.add_argument("--cases", help=f"only these of {', '.join(CASES)}")
    words.add_argument("--seconds", type=float, default=100, help="time limit of SciPy")
    words.add_argument("--one", nargs=4, help="one case, in this process")
    words.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    given = words.parse_args()
    if given.one:
        what, mentees, mentors, wide = given.one
        sys.stdout.write(json.dumps(measure(what, (int(mentees), int(mentors)), wide == "wide")))
        return
    sizes = [(int(mentees), int(mentors)) for mentees, mentors in _split(given.sizes, "x")] or SIZES
    cases = given.cases.split(",") if given.cases else CASES
    part = bool(given.sizes or given.cases) and given.out.exists()
    with given.out.open("a" if part else "w", encoding="utf-8", buffering=1) as out:
        for text in texts(sizes, cases, given.seconds, part=part):
            for target in (out, sys.stdout):
                target.write(text)
                target.flush()


def _split(words: str | None, between: str) -> list[list[str]]:
    return [word.split(between) for word in words.split(",")] if words else []


def texts(sizes: list[Size], cases: list[str], limit: float, *, part: bool) -> Iterator[str]:
    """Return the results piece by piece, as they become known."""
    yield head(limit, part=part)
    yield from rows_of(sizes, cases, limit)
    yield f"\nLoad {os.getloadavg()[0]:.1f} when it ended, {datetime.now(UTC):%H:%M} UTC.\n"


def head(limit: float, *, part: bool) -> str:
    """Return what stands above the rows; only of a whole run with what everything means."""
    about = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f} when it began.\n"
    title = (
        f"\n## A part, {about}"
        if part
        else f"# Pairing\n\nWritten by `python -m bench.pairing`, {about}{about_all(limit)}"
    )
    columns = (
        "people|allowed|case|scored|solved|goal|processor|SciPy|ratio|goal|kind|gap|goal|verified|MB|goal|left over"
    )
    names = columns.split("|")
    return f"{title}\n| {' | '.join(names)} |\n|{'---|' * len(names)}\n"


def about_all(limit: float) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "ortools"))
    return f"""{os.cpu_count()} cores ({processor()}), Python {platform.python_version()}, {packages}.
Invented people (`bench/invented.py`), {PLACES} places a mentor. Seconds; those under one are medians. Each case runs in
a process of its own, which also scores the people (`scored`: processor) and proves the answer (`verified`).
`solved` is by the clock. `SciPy` is `linear_sum_assignment` over the table with a column for every place, without
making that table, cut after {limit:.0f} seconds of the whole process; `SciPy` and `ratio` are of processor seconds.

Cases: `total`; `fair`; `stay` (re-match); `minimum` (groups of {SMALLEST} at least);
`few alone` (smaller ones only where nothing else places as many); `slots` (a common start for
{HOURS} hours). `kind` and `gap`: how the answer is proven, and by how much a better one could exceed it at most.
"""


def rows_of(sizes: list[Size], cases: list[str], limit: float) -> Iterator[str]:
    """Measure size after size, every case beside SciPy, and return a line each."""
    for size, wide in product(sizes, ("narrow", "wide")):
        scipy = run("scipy", size, wide, limit)
        for case in cases:
            if size[0] <= FEW_PEOPLE or case not in ("fair slots", "slots in 1 s"):
                yield line(size, wide, case, run(case, size, wide, search_seconds(case, size) + SPARE), scipy, limit)


def run(what: str, size: Size, wide: str, limit: float) -> Measured | None:
    """Measure one case in a new process; None when the time limit ended it."""
    command = [sys.executable, "-m", "bench.pairing", "--one", what, *map(str, size), wide]
    try:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=limit, env=ENVIRONMENT)
    except subprocess.TimeoutExpired:
        return None
    found: Measured = json.loads(done.stdout)
    return found


def measure(what: str, size: Size, wide: bool) -> Measured:
    """Measure one case on invented people: scoring, solving, proving."""
    sides = invented_sides(*size, wide=wide)
    took: Measured = {}
    scores, took["score"] = timed(lambda: score(sides, DEFAULT_WEIGHTS))
    allowed, took["rules"] = timed(lambda: rules.check(sides).allowed)
    took["share"] = float(allowed.mean())
    capacity = np.full(size[1], PLACES)
    if what == "scipy":
        return took | by_scipy(scores, allowed, capacity)
    wish = wishes(what, sides, size)
    assign(np.ones((2, 1)), np.ones((2, 1), dtype=bool), np.ones(1, dtype=np.int64))  # loads the libraries
    limited: Measured = {"seconds": search_seconds(what, size)} if SEARCHED & wish.keys() else {}
    answer, took["assign"] = measured(lambda: assign(scores, allowed, capacity, **wish, **limited))
    _, took["verify"] = measured(lambda: verify(scores, allowed, capacity, answer, **wish))
    took["kind"] = answer.certificate.kind if answer.certificate else ""
    took["gap"] = 0.0 if answer.optimal else max(1e-9, (answer.bound - answer.total) / max(1.0, answer.total))
    return took | {"peak": peak(), "total": answer.total, "left_over": len(answer.left_over)}


def wishes(what: str, sides: Any, size: Size) -> Measured:
    """Return what a case asks of the solver."""
    wish: Measured = {"objective": "fair" if what.startswith("fair") else "total"}
    if what == "stay":
        wish["stay"] = (np.random.default_rng(1).integers(-1, size[1], size[0]), 0.05)
    if what == "minimum":
        wish["minimum"] = np.full(size[1], SMALLEST)
    if what.startswith("few alone"):
        wish["preferred"] = np.full(size[1], SMALLEST)
    if "slots" in what:
        wish["mentee_slots"], wish["mentor_slots"] = sides.starts(HOURS)
    return wish


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


def by_scipy(scores: Any, allowed: Any, capacity: Any) -> Measured:
    worth = np.where(allowed, scores / 1e6, NOT_ALLOWED)[:, np.repeat(np.arange(len(capacity)), capacity)]
    (rows, chosen), took = measured(lambda: linear_sum_assignment(worth, maximize=True))
    kept = worth[rows, chosen]
    return {"assign": took, "peak": peak(), "total": float(kept[kept > NOT_ALLOWED].sum())}


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def line(size: Size, wide: str, case: str, ours: Measured | None, scipy: Measured | None, limit: float) -> str:
    people = f"{size[0]:,} × {size[1]:,}"
    if ours is None:
        return (
            f"| {people} | {wide} | {case} |{' |' * 8} cut after {search_seconds(case, size) + SPARE:.0f} |{' |' * 5}\n"
        )
    if case == "total" and scipy and abs(scipy["total"] - ours["total"]) > 1e-4:
        raise AssertionError("SciPy found another total")
    theirs = scipy["assign"][1] if scipy else limit
    ratio = ours["assign"][1] / theirs
    met = verdicts(case, size, ours)
    cells = [
        people,
        f"{ours['share']:.0%}",
        case,
        f"{ours['score'][1] + ours['rules'][1]:.3g}",
        f"{ours['assign'][0]:.3g}",
        met["seconds"],
        f"{ours['assign'][1]:.3g}",
        f"{theirs:.3g}" if scipy else f"cut at {limit:.0f}",
        f"{'' if scipy else '< '}{ratio:.2g}",
        judged(ratio, ratio_goal(size, wide)) if case == "total" else "",
        ours["kind"],
        f"{ours['gap']:.2%}",
        met["gap"],
        f"{ours['verify'][0]:.3g}",
        f"{ours['peak']:.0f}",
        met["memory"],
        str(ours["left_over"]),
    ]
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    main()
