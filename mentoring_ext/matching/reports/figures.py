"""Figures for people."""

from mentoring_ext.matching.factors import ONE

HUNDREDTH = ONE // 100
PERSONAL = frozenset({"culture", "age", "gender"})
"""Factors that read what people told in confidence: pages show them together, without saying how well they fit."""


def of_hundred(score: int) -> float:
    """Return millionths as points of a hundred with one decimal."""
    return round(score / HUNDREDTH, 1)


def signed(points: float) -> str:
    """Return points with their sign, a real minus among them."""
    return f"{points:+}".replace("-", "−")
