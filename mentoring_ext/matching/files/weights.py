"""The weights file: how much each factor counts, and which further factors there are."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lms.tables.columns import heading_key
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, FACTORS, MAX_WEIGHT
from mentoring_ext.matching.facts import Further
from mentoring_ext.matching.files.columns import mentee_columns, mentor_columns

RULES = ("same", "shared", "covered", "near")
MOST_APART = 1_000_000_000
LEAST_APART = 0.001


@dataclass(frozen=True)
class Weights:
    """Weights by factor, and the further factors among them."""

    weights: Mapping[str, int]
    further: tuple[Further, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the weights as the file has them; ``read_weights`` reads them."""
        rules = {
            asked.name: {key: value for key, value in asdict(asked).items() if key != "name"} for asked in self.further
        }
        return {
            name: {"weight": weight, **rules[name]} if name in rules else weight
            for name, weight in self.weights.items()
        }


def read_weights(text: str) -> Weights:
    """Read ``{"style": 5, "driving": {"weight": 3, "rule": "same"}}``: the eleven by number, further ones with a rule.

    A factor of the eleven that is not named has its default. Raises ``ValueError`` that says what is wrong.
    """
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("The file is nested too deep") from error
    if not isinstance(found, dict):
        raise ValueError('Weights look like this: {"style": 5, "age": 0}')
    further = tuple(_further(name, given) for name, given in found.items() if isinstance(given, dict))
    columns = (*mentor_columns(), *mentee_columns())
    taken = set(map(heading_key, FACTORS)).union(*(column.headings() for column in columns))
    weights = {name: given["weight"] if isinstance(given, dict) else given for name, given in found.items()}
    for asked in further:
        if not heading_key(asked.name):
            raise ValueError("A further factor needs a name with a letter or a number")
        if heading_key(asked.name) in taken:
            raise ValueError(f"{asked.name}: a column or factor has this name already; choose another")
        taken.add(heading_key(asked.name))
    for name, weight in weights.items():
        if name not in FACTORS and name not in {asked.name for asked in further}:
            raise ValueError(f"{name}: there is no such factor; a further one needs a weight and a rule")
        if type(weight) is not int or not 0 <= weight <= MAX_WEIGHT:
            raise ValueError(f"{name}: a weight is a whole number from 0 to {MAX_WEIGHT}")
    if not any((DEFAULT_WEIGHTS | weights).values()):
        raise ValueError("At least one factor needs a weight")
    return Weights(DEFAULT_WEIGHTS | weights, further)


def _further(name: str, given: dict[str, Any]) -> Further:
    unknown = set(given) - {"weight", "rule", "far"}
    far = given.get("far", 1)
    if unknown or "weight" not in given:
        raise ValueError(f"{name}: a further factor has weight, rule and, for near, far")
    if given.get("rule", "same") not in RULES:
        raise ValueError(f"{name}: the rule is one of {', '.join(RULES)}")
    if type(far) not in (int, float) or not LEAST_APART <= far <= MOST_APART:
        raise ValueError(f"{name}: far is a number from {LEAST_APART} to {MOST_APART}")
    return Further(name, given.get("rule", "same"), far)
