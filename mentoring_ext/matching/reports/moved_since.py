"""Who of a published pairing has another mentor since, by a request for another match that was accepted."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.people.models import User
from mentoring_ext.matching.models import MatchRequest, MatchRun, Proposal


@dataclass(frozen=True)
class MovedSince:
    """One who moved when ``request`` was accepted; nobody is named who was erased since."""

    request: MatchRequest
    mentee: User
    former: User | None
    mentor: User | None


def moved_since(run: MatchRun, proposals: Sequence[Proposal]) -> list[MovedSince]:
    """Return the mentees of a published run who moved since, the first move first; two queries."""
    mentees = {proposal.mentee_id: proposal.mentee for proposal in proposals}
    accepted = MatchRequest.objects.filter(group__cohort=run.cohort_id, state=MatchRequest.State.ACCEPTED)
    accepted = accepted.filter(answered_at__gte=run.published_at).select_related("group").order_by("answered_at", "pk")
    # A request that was answered by another one's moves keeps the same moves.
    first = {tuple(move): request for request in reversed(accepted) for move in request.moves}
    people = User.objects.in_bulk({key for move in first for key in move[1:] if key})
    rows = [
        MovedSince(request, mentees[mentee], people.get(former), people.get(mentor))
        for (mentee, former, mentor), request in first.items()
        if mentee in mentees
    ]
    return sorted(rows, key=lambda row: row.request.answered_at or run.made_at)
