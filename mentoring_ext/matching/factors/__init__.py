"""How well a mentee and a mentor fit: the eleven factors, further ones of the coordinator, and the weighted score.

``eleven`` says what 0, ½ and 1 mean of each factor and why, ``comparing`` how tables of people
are compared, ``weighing`` how values and weights become a score in whole millionths and how its parts add up to it.

Products of small matrices gain nothing from threads that wait for each other: ``OPENBLAS_NUM_THREADS=1``, which the
settings set before NumPy is loaded, takes a thirtieth of the processor's time where other processes run too.
"""

from mentoring_ext.matching.factors.eleven import DEFAULT_WEIGHTS, FACTORS
from mentoring_ext.matching.factors.weighing import (
    MAX_WEIGHT,
    NEUTRAL,
    ONE,
    UNKNOWN,
    Millionths,
    Part,
    Prepared,
    Scored,
    as_units,
    explain,
    parts,
    score,
    score_with_parts,
    weigh,
)

__all__ = [
    "DEFAULT_WEIGHTS",
    "FACTORS",
    "MAX_WEIGHT",
    "NEUTRAL",
    "ONE",
    "UNKNOWN",
    "Millionths",
    "Part",
    "Prepared",
    "Scored",
    "as_units",
    "explain",
    "parts",
    "score",
    "score_with_parts",
    "weigh",
]
