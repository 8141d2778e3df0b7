"""Figures for people."""

from collections.abc import Iterable, Sequence

from mentoring_ext.matching.factors import ONE

HUNDREDTH = ONE // 100


def of_hundred(score: int) -> int:
    """Return millionths as whole points of a hundred: finer figures of a pair would tell what stands on no page."""
    return round(score / HUNDREDTH)


def change_of(pairs: Iterable[tuple[int, int]]) -> int:
    """Return what a change of scores comes to in points, as the scores before and after stand beside it.

    Never a gain where it is a loss in truth, nor the other way round.
    """
    found = list(pairs)
    exact = sum(after - before for before, after in found)
    shown = sum(of_hundred(after) - of_hundred(before) for before, after in found)
    return min(shown, 0) if exact < 0 else max(shown, 0) if exact else 0


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
