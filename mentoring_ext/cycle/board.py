"""The evidence board: the rows of every evidence source, by aspect, the weakest aspect first."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.plugins import EVIDENCE_SOURCES, EvidenceRow, EvidenceSource, Text, ask_each
from mentoring_ext.cycle.models import PUBLIC_SOURCES
from mentoring_ext.evaluation.models import Aspect

FEW_PEOPLE = 5
"""Below so many people, nothing is said about who gave a piece of evidence."""


@dataclass(frozen=True)
class BoardRow:
    """A row of evidence with the source that it comes from."""

    source: EvidenceSource
    row: EvidenceRow

    @property
    def percent(self) -> int | None:
        """The strength in hundredths; None when the row only tells."""
        return None if self.row.strength is None else round(self.row.strength * 100)

    @property
    def is_comment(self) -> bool:
        """Whether somebody wrote it in confidence, so that the words matter more than their title."""
        return bool(self.row.quote) and not self.is_public

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it anyway."""
        return self.source.name in PUBLIC_SOURCES

    @property
    def is_few(self) -> bool:
        """Whether so few people stand behind it that one could guess who they are."""
        return self.row.people < FEW_PEOPLE


@dataclass(frozen=True)
class AspectOnBoard:
    """All evidence of one aspect: figures first, the weakest on top, then what people tell."""

    aspect: Aspect
    rows: list[BoardRow]

    @property
    def label(self) -> Text:
        return self.aspect.label

    @property
    def people(self) -> int:
        """The number of different people behind the evidence."""
        known = {author for row in self.rows for author in row.row.author_ids}
        return max([len(known), *(row.row.people for row in self.rows)])

    @property
    def strength(self) -> float | None:
        """The mean of the figures, each weighted with the number of its people; None where nothing was measured."""
        measured = [(row.row.strength, row.row.people) for row in self.rows if row.row.strength is not None]
        people = sum(weight for _strength, weight in measured)
        return sum(strength * weight for strength, weight in measured) / people if people else None

    @property
    def percent(self) -> int | None:
        """The strength in hundredths."""
        return None if self.strength is None else round(self.strength * 100)

    @property
    def chip(self) -> str:
        """The kind of chip that says how the aspect does: late, soon or done."""
        if self.strength is None:
            return "plain"
        return "late" if self.strength < 0.5 else "soon" if self.strength < 0.75 else "done"


def rows_of(cohort_ids: Sequence[int]) -> list[BoardRow]:
    """Return every piece of evidence that these cohorts gave."""
    sources = EVIDENCE_SOURCES.collect()
    found = ask_each(sources, lambda source: [BoardRow(source, row) for row in source.rows_for(cohort_ids)])
    return [row for rows in found for row in rows]


def only_figures(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Return what somebody may see who reads figures but not what people wrote in confidence."""
    return [row for row in rows if row.row.strength is not None or row.is_public]


def by_aspect(rows: Sequence[BoardRow]) -> list[AspectOnBoard]:
    """Group rows by aspect, the weakest aspect first; what was not measured stands after what was."""
    groups = [AspectOnBoard(aspect, _rows_about(aspect, rows)) for aspect in Aspect]
    return sorted((group for group in groups if group.rows), key=_weakest_first)


def _rows_about(aspect: Aspect, rows: Sequence[BoardRow]) -> list[BoardRow]:
    about = [row for row in rows if _aspect_of(row.row) == aspect]
    return sorted(about, key=_figures_first)


def _figures_first(row: BoardRow) -> tuple[bool, float, bool, int]:
    return (row.row.strength is None, row.row.strength or 0.0, not row.is_public, -row.row.people)


def _aspect_of(row: EvidenceRow) -> Aspect:
    return Aspect(row.aspect) if row.aspect in Aspect.values else Aspect.OTHER


def _weakest_first(group: AspectOnBoard) -> tuple[bool, float]:
    return (group.strength is None, group.strength or 0.0)
