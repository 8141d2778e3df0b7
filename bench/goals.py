"""What pairing has to reach, by size and case, and whether a measurement does (see ``bench.pairing``)."""

from typing import Any

Size = tuple[int, int]

SECONDS: dict[Size, dict[str, float]] = {
    (15, 5): {"total": 0.005, "fair": 0.005, "stay": 0.005, "few alone": 0.05},
    (300, 100): {"total": 0.03, "fair": 0.03, "stay": 0.03, "minimum": 3, "few alone": 3, "slots": 30},
    (3_000, 1_000): {"total": 0.6, "fair": 2, "stay": 0.6, "slots": 60},
    (15_000, 5_000): {"total": 15, "slots": 180},
}
"""By the clock; the total at 15,000 × 5,000 includes scores, rules and proof."""
GAPS: dict[Size, dict[str, float]] = {
    (300, 100): {"minimum": 0, "few alone": 0, "slots": 0, "slots in 1 s": 0.005},
    (3_000, 1_000): {"slots": 0.01},
    (15_000, 5_000): {"slots": 0.01},
}
MEMORY: dict[Size, dict[str, float]] = {(15_000, 5_000): {"total": 700, "slots": 1000}}
RATIOS: dict[tuple[Size, str], float] = {
    ((300, 100), "narrow"): 1.5,
    ((300, 100), "wide"): 1.5,
    ((3_000, 1_000), "narrow"): 0.10,
    ((3_000, 1_000), "wide"): 0.25,
    ((15_000, 5_000), "narrow"): 0.05,
    ((15_000, 5_000), "wide"): 0.10,
}
WHOLE = (15_000, 5_000)
OTHERWISE = 20.0
SHARE = 0.95
"""The search gets so much of its goal, so that what follows has time, too."""


def search_seconds(case: str, size: Size) -> float:
    """Return the time limit of a case's search."""
    if case == "slots in 1 s":
        return SHARE
    goal = SECONDS.get(size, {}).get(case, OTHERWISE) if case in ("slots", "minimum") else OTHERWISE
    return SHARE * max(goal, OTHERWISE)


def ratio_goal(size: Size, wide: str) -> float | None:
    """Return how much of SciPy's time the total may take."""
    return RATIOS.get((size, wide))


def verdicts(case: str, size: Size, ours: dict[str, Any]) -> dict[str, str]:
    """Return for seconds, gap and memory whether the goal is met; nothing where there is none."""
    seconds = ours["assign"][0]
    if size == WHOLE and case == "total":
        seconds += ours["score"][0] + ours["rules"][0] + ours["verify"][0]
    return {
        "seconds": judged(seconds, SECONDS.get(size, {}).get(case)),
        "gap": judged(ours["gap"], GAPS.get(size, {}).get(case), percent=True),
        "memory": judged(ours["peak"], MEMORY.get(size, {}).get(case)),
    }


def judged(figure: float, goal: float | None, *, percent: bool = False) -> str:
    """Return the goal and whether the figure is within it."""
    if goal is None:
        return ""
    shown = f"{goal:.1%}" if percent else f"{goal:g}"
    return f"≤ {shown} {'met' if figure <= goal else '**missed**'}"
