"""Where a mentee could go by hand, and what each move does: to the whole, the weakest, the groups and their hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.models import User
from mentoring_ext.matching.actions.running import is_large
from mentoring_ext.matching.board import Board
from mentoring_ext.matching.explain import next_best
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import Proposal, RunMentor
from mentoring_ext.matching.naming import by_number, handle_of
from mentoring_ext.matching.reports.figures import change_of, of_hundred, signed
from mentoring_ext.matching.reports.now import SECONDS, now_of, standing_in
from mentoring_ext.matching.reports.outcome import outcome_in_words
from mentoring_ext.matching.words import rules_as_text, slot_in_words

SOLVED = 3
"""So many mentors at most are solved for, where something is asked of the groups."""


@dataclass(frozen=True)
class Place:
    """Where a mentee could go: with a mentor, in exchange with ``partner`` or to a free place; ``cost`` in points.

    ``why_not`` names the rules that forbid it. ``warnings`` is what the move would leave behind, ``notes`` what else
    changes; ``around`` says what comes of it when everybody else is paired anew around the move.
    """

    mentor: User | None
    partner: User | None
    score: int
    cost: int
    why_not: str = ""
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    around: str = ""

    @property
    def key(self) -> str:
        """The value of the choice in a form."""
        if self.mentor is None:
            return "none"
        mentor = handle_of(self.mentor.pk)
        return f"{mentor}-{handle_of(self.partner.pk)}" if self.partner else mentor

    @property
    def button(self) -> str:
        """The place as a button on the mentor's card says it."""
        if self.why_not:
            return _("Not possible: %(why)s") % {"why": self.why_not}
        names = {"mentee": self.partner, "cost": signed(self.cost)}
        if self.partner:
            text = _("Put here, in exchange with %(mentee)s (%(cost)s)")
        else:
            text = _("Put here (%(cost)s)") if self.mentor else _("Leave without a mentor (%(cost)s)")
        return " ".join([f"{text % names}.", *self.warnings]) if self.warnings else text % names

    @property
    def words(self) -> str:
        """The place by itself."""
        names = {"mentor": self.mentor, "mentee": self.partner, "score": self.score}
        if self.mentor is None:
            return _("Without a mentor")
        if self.partner:
            return _("%(mentor)s, in exchange with %(mentee)s – fits %(score)s of 100") % names
        return _("%(mentor)s, a free place – fits %(score)s of 100") % names

    @property
    def label(self) -> SafeString:
        """The place with all that the move does, as a choice in a form says it."""
        whole = _("The whole changes by %(cost)s.") % {"cost": signed(self.cost)}
        does = " ".join([whole, *self.warnings, *self.notes])
        around = format_html("<br><small>{}</small>", self.around) if self.around else ""
        return format_html("<span>{}<br><small>{}</small>{}</span>", self.words, does, around)


def places_for(board: Board, proposal: Proposal, *, mentor: int | None = None) -> list[Place]:
    """Return every place that a mentee could go to, free ones first, then exchanges, the best for the whole first.

    With ``mentor`` only the places with that mentor.
    """
    rows = [row for key, row in board.mentors.items() if mentor in (None, key) and key != proposal.mentor_id]
    rows = by_number(rows, lambda row: row.mentor_id)
    move = _Move.of(board, proposal)
    found = [place for row in rows for place in _places_with(move, row)]
    found.sort(key=lambda place: (place.partner is not None, -place.cost))
    if proposal.mentor_id and mentor is None:
        cost = change_of(board.scores_of(proposal.mentee_id, None))
        why_not = rules_as_text(board.against(proposal.mentee_id, None))
        warnings, notes = tuple(move.warnings(None, None)), tuple(move.notes(None, None))
        found.append(Place(None, None, 0, cost, why_not, warnings, notes))
    return found


def on_card(places: Sequence[Place]) -> dict[str, str]:
    """Return the first of a mentor's ``places`` that is possible, as the mentor's card offers it, else why none is.

    What forbids an exchange may concern either of the two, so the card names who would be exchanged.
    """
    best = min(places, key=lambda place: bool(place.why_not))
    words = best.button
    if best.why_not and best.partner:
        why = "; ".join(f"{place.partner}: {place.why_not}" for place in places)
        words = _("No exchange is possible here. %(why)s.") % {"why": why}
    return {"key": best.key, "words": words, "why_not": best.why_not}


def with_outcomes(board: Board, proposal: Proposal, places: list[Place], *, mentor: int | None = None) -> list[Place]:
    """Return the places, with what comes of each mentor when everybody else is paired anew around the move.

    Exact at once where nothing is asked of the groups; else a few are solved, each for a limited time, and what is not
    proven by then stands between limits. Nothing is told of large runs.
    """
    now = None if is_large(len(board.proposals) * len(board.mentors)) else now_of(board.run)
    if now is None or now.answer is None or not now.tables.keeps(proposal.mentee_id):
        return places
    known = dict.fromkeys(place.mentor.pk for place in places if place.mentor and not place.why_not)
    columns = [now.tables.column(key) for key in known if now.tables.keeps(key)]
    among = columns if mentor is None else [column for column in columns if now.tables.mentors[column] == mentor]
    standing, row = standing_in(now.tables, board.proposals), now.tables.row(proposal.mentee_id)
    found = next_best(
        now.given, now.tables, now.answer, standing, row, limit=SOLVED, seconds=SECONDS / SOLVED, among=among
    )
    around = {
        now.tables.mentors[each.mentor]: outcome_in_words(each.outcome, beside=(proposal.score, each.score))
        for each in found
    }
    return [replace(place, around=_around(around, place)) for place in places]


def _around(around: dict[int, str], place: Place) -> str:
    words = around.get(place.mentor.pk) if place.mentor and not place.why_not else None
    return _("When all others are paired anew around this: %(words)s") % {"words": words} if words else ""


def _places_with(move: "_Move", row: RunMentor) -> list[Place]:
    """Return the free place with a mentor, or the exchanges with the mentees there; nothing for who is not kept."""
    board, proposal = move.board, move.proposal
    key, mentor = row.mentor_id or 0, row.mentor
    try:
        against = rules_as_text(board.rules_against(proposal.mentee_id, key))
    except ValueError:
        return []
    score = of_hundred(board.score(proposal.mentee_id, key))
    here = board.mentees_of(key)
    in_exchange = proposal.mentor_id is None or board.tables.keeps(proposal.mentor_id)
    known = [mentee for mentee in here if in_exchange and board.tables.keeps(mentee)]
    partners: list[int | None] = [None] if len(here) < row.places else []
    if against:
        return [Place(mentor, None, score, 0, against)]
    found = []
    for partner in [*partners, *by_number(known, lambda mentee: mentee)]:
        why_not = rules_as_text(board.against(proposal.mentee_id, key, partner))
        cost = change_of(board.scores_of(proposal.mentee_id, key, partner))
        person = board.proposals[partner].mentee if partner else None
        warnings, notes = tuple(move.warnings(key, partner)), tuple(move.notes(key, partner))
        found.append(Place(mentor, person, score, cost, why_not, warnings, notes))
    return found


@dataclass(frozen=True)
class _Move:
    """A mentee who may go somewhere, and the lowest scores of all: a move changes two of them at most."""

    board: Board
    proposal: Proposal
    options: Options
    lowest: list[tuple[int, int]]

    @classmethod
    def of(cls, board: Board, proposal: Proposal) -> "_Move":
        scores = ((each.score, key) for key, each in board.proposals.items() if each.mentor_id)
        return cls(board, proposal, Options.of(board.run.options), nsmallest(3, scores))

    def warnings(self, mentor: int | None, partner: int | None) -> Iterator[str]:
        """Say what a move would leave behind: a weaker match, a group that is too small, or one without an hour."""
        before, after = self._weakest(mentor, partner)
        if before is not None and after is not None and after < before:
            yield _("The weakest match would be %(after)s, now %(before)s.") % {"before": before, "after": after}
        for group, people in self._groups(mentor, partner):
            if people and self._loses_hour(group, people):
                yield _("The group of %(mentor)s would have no hour in common.") % {"mentor": self._name(group)}
            least = min(self.options.minimum, self.board.mentors[group].places)
            if 0 < len(people) < least:
                text = ngettext(
                    "%(mentor)s would have %(number)d mentee only, and you asked for %(least)d at least.",
                    "%(mentor)s would have %(number)d mentees only, and you asked for %(least)d at least.",
                    len(people),
                )
                yield text % {"mentor": self._name(group), "number": len(people), "least": least}
            elif self.options.avoid_alone and len(people) == 1 < self.board.mentors[group].places:
                yield _("One mentee would be alone with %(mentor)s.") % {"mentor": self._name(group)}

    def notes(self, mentor: int | None, partner: int | None) -> Iterator[str]:
        """Say what else changes: the weakest match, how large the groups are, and when the new group could meet."""
        if partner is not None:
            yield self._of_partner(mentor, partner)
        before, after = self._weakest(mentor, partner)
        if before is not None and after is not None and after > before:
            yield _("The weakest match would be %(after)s, now %(before)s.") % {"before": before, "after": after}
        elif after == before and after is not None and self.options.objective == "fair":
            yield _("The weakest match stays %(score)s.") % {"score": after}
        for group, people in self._groups(mentor, partner):
            if partner is None:
                text = ngettext(
                    "%(mentor)s would have %(number)d mentee.", "%(mentor)s would have %(number)d mentees.", len(people)
                )
                yield text % {"mentor": self._name(group), "number": len(people)}
            yield from self._hour(group, people)

    def _of_partner(self, mentor: int | None, partner: int) -> str:
        """Say where the other one of an exchange would be, and how it fits there and now."""
        *_own, (before, after) = self.board.scores_of(self.proposal.mentee_id, mentor, partner)
        other, former = self.board.proposals[partner].mentee, self.proposal.mentor
        names = {"mentee": other, "mentor": former, "before": of_hundred(before), "after": of_hundred(after)}
        if former is None:
            return _("%(mentee)s, who fits with %(before)s now, would be without a mentor.") % names
        return _("%(mentee)s would fit %(mentor)s with %(after)s, now %(before)s.") % names

    def _hour(self, group: int, people: list[int]) -> Iterator[str]:
        """Say when a group could meet, where that is at another hour than now."""
        starts = self.board.tables.common_starts(group, people) if people else []
        if starts and self.board.mentors[group].slot not in starts:
            hour = slot_in_words(starts[0], self.options.hours)
            yield _("The group of %(mentor)s could meet on %(hour)s.") % {"mentor": self._name(group), "hour": hour}

    def _groups(self, mentor: int | None, partner: int | None) -> Iterator[tuple[int, list[int]]]:
        for group in (mentor, self.proposal.mentor_id):
            if group in self.board.mentors:
                yield group, self.board.after(group, self.proposal.mentee_id, mentor, partner)

    def _weakest(self, mentor: int | None, partner: int | None) -> tuple[int | None, int | None]:
        """Return the lowest score now and after the move in points, None where nobody is placed."""
        moved, former = self.proposal.mentee_id, self.proposal.mentor_id
        rest = [score for score, key in self.lowest if key not in (moved, partner)]
        gone = [self.board.score(moved, mentor)] if mentor else []
        gone += [self.board.score(partner, former)] if partner and former else []
        now, then = [score for score, _key in self.lowest[:1]], rest[:1] + gone
        return (of_hundred(min(now)) if now else None), (of_hundred(min(then)) if then else None)

    def _loses_hour(self, group: int, people: list[int]) -> bool:
        """Whether these people have no hour in common, where the group has one now or is new."""
        tables = self.board.tables
        if tables.starts is None or tables.common_starts(group, people):
            return False
        before = self.board.mentees_of(group)
        return not before or bool(tables.common_starts(group, before))

    def _name(self, group: int) -> str:
        return str(self.board.mentors[group].mentor)
