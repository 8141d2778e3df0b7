"""What all changes by hand did to a run together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import Change, MatchRun, Proposal
from mentoring_ext.matching.reports.figures import of_hundred, signed


@dataclass(frozen=True)
class ByHand:
    """The total in points with its sign, how many have a mentor more or fewer, and the weakest match.

    ``weakest`` is before and after, where the run is fair to the weakest and it is another one.
    """

    total: str
    placed: int
    weakest: tuple[int, int] | None = None

    @property
    def fewer(self) -> int:
        """How many mentees fewer have a mentor."""
        return max(0, -self.placed)


def moves_of(run: MatchRun) -> QuerySet[Change]:
    """Return the moves by hand that are not undone."""
    return Change.objects.filter(run=run, kind=Change.Kind.MOVED, undone_at=None).order_by()


def by_hand_in(run: MatchRun, proposals: Sequence[Proposal]) -> ByHand | None:
    """Return what the moves that are not undone came to, one query; None where there are none.

    The points are the difference of the two totals that stand beside it, before and after.
    """
    costs = list(moves_of(run).values_list("cost", flat=True))
    if not costs:
        return None
    scores = [proposal.score for proposal in proposals if proposal.mentor_id]
    # Of who was erased no score is left.
    is_whole = len(proposals) == run.people
    points = of_hundred(sum(scores)) - of_hundred(run.total) if is_whole else of_hundred(sum(costs))
    weakest = (run.weakest or 0, min(scores, default=0))
    fair = Options.of(run.options).objective == "fair" and weakest[0] != weakest[1]
    shown = (of_hundred(weakest[0]), of_hundred(weakest[1])) if fair else None
    return ByHand(signed(points), len(scores) - run.placed, shown)
