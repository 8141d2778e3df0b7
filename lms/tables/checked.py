"""What a check of a list found, as a page shows it and a job keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Generic, Self, TypeVar

from lms.tables.columns import CellError

SHOWN = 200
"""So many errors are shown."""
PREVIEW = 25
"""So many good rows are shown."""
Line = TypeVar("Line")


@dataclass(frozen=True, kw_only=True)
class Checked(Generic[Line]):
    """How many rows and errors a list has, and the first of each to show; a room adds what it counts.

    ``line_type`` is the dataclass of a good row in words.
    """

    line_type: ClassVar[type[Any]]

    rows: int
    wrong: int
    errors: list[CellError]
    lines: list[Line]

    @property
    def left_out(self) -> int:
        """How many errors are not shown."""
        return self.wrong - len(self.errors)

    @property
    def more(self) -> int:
        """How many good rows are not shown; every row is good where there are no errors."""
        return self.rows - len(self.lines)

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data for JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return what ``as_data`` gave, also before a count was added that begins with a default."""
        known = {name: data[name] for name in (part.name for part in fields(cls)) if name in data}
        errors = [CellError(**error) for error in data["errors"]]
        return cls(**known | {"errors": errors, "lines": [cls.line_type(**line) for line in data["lines"]]})


def first_errors(errors: Sequence[CellError]) -> dict[str, Any]:
    """Return the parts of a ``Checked`` that tell of errors: how many, and the first of them."""
    return {"wrong": len(errors), "errors": list(errors[:SHOWN])}
