"""Figures for people."""

from collections.abc import Sequence

from mentoring_ext.matching.factors import ONE

HUNDREDTH = ONE // 100


def of_hundred(score: int) -> int:
    """Return millionths as whole points of a hundred: finer figures of a pair would tell what stands on no page."""
    return round(score / HUNDREDTH)


def signed(points: int) -> str:
    """Return points with their sign, a real minus among them."""
    return f"{points:+}".replace("-", "−") if points else "0"


def in_whole_points(parts: Sequence[int]) -> list[int]:
    """Return parts of a score in whole points that add up to it as it is shown: those cut off most are rounded up."""
    found = [part // HUNDREDTH for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda at: parts[at] % HUNDREDTH, reverse=True)
    for at in by_rest[: of_hundred(sum(parts)) - sum(found)]:
        found[at] += 1
    return found
