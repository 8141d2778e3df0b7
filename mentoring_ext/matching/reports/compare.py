"""Two runs side by side."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import MatchRun, Proposal, RunMentor
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.reports.figures import of_hundred
from mentoring_ext.matching.words import LONE_WORDS, in_order, words_of


@dataclass(frozen=True)
class Figures:
    """What a run came to: total and weakest match in points, how many are placed and left over."""

    run: MatchRun
    total: int
    weakest: int | None
    placed: int
    left_over: int
    together: int
    """Groups that have an hour in common."""
    groups: int
    options: Options
    alone: int = 0
    """Mentees alone with a mentor who has more places."""


@dataclass(frozen=True)
class Moved:
    """A mentee who has another mentor in the second run."""

    mentee: User
    first: User | None
    second: User | None
    first_score: int
    second_score: int


@dataclass(frozen=True)
class Comparison:
    """Two runs: their figures, the weights that differ, who moves, and who is in one of them only."""

    first: Figures
    second: Figures
    weights: list[tuple[Text, int, int]]
    moved: list[Moved]
    only_first: list[User]
    only_second: list[User]

    @property
    def rows(self) -> list[tuple[Text, object, object]]:
        """The figures, and what was chosen differently, as rows of a table."""
        one, two = self.first, self.second
        found: list[tuple[Text, object, object]] = [
            (_("Total score"), one.total, two.total),
            (_("Weakest match"), _shown(one.weakest), _shown(two.weakest)),
            (_("Mentees placed"), one.placed, two.placed),
            (_("Without a mentor"), one.left_over, two.left_over),
            (_("Groups"), one.groups, two.groups),
            (_("Mentees alone with a mentor"), one.alone, two.alone),
            (_("Groups with a common hour"), one.together, two.together),
        ]
        choices = (
            (_("Most mentees in a group"), "size"),
            (_("Fewest mentees in a group"), "minimum"),
            (_("What is best"), "objective"),
            (_("Common hour asked for"), "common_slot"),
            (_("A way to meet asked for"), "meeting"),
            (_("Everybody online"), "online"),
        )
        pairs = [(name, _said(getattr(one.options, key)), _said(getattr(two.options, key))) for name, key in choices]
        pairs.insert(0, (_("Lone mentees"), LONE_WORDS[one.options.lone], LONE_WORDS[two.options.lone]))
        found += [row for row in pairs if row[1] != row[2]]
        return found + [(_("Weight: %(factor)s") % {"factor": name}, old, new) for name, old, new in self.weights]


SAID = {True: gettext_lazy("yes"), False: gettext_lazy("no")}
OBJECTIVES = {"total": gettext_lazy("the highest total"), "fair": gettext_lazy("fair to the weakest")}


def _shown(value: int | None) -> object:
    return "–" if value is None else value


def _said(value: object) -> object:
    if isinstance(value, bool):
        return SAID[value]
    return OBJECTIVES.get(str(value), value)


def compare(first: MatchRun, second: MatchRun) -> Comparison:
    """Compare two runs of a cohort in four queries."""
    one, two = _proposals(first), _proposals(second)
    both = [key for key in one if key in two]
    return Comparison(
        _figures(first, list(one.values())),
        _figures(second, list(two.values())),
        [
            (words_of(name)[0], first.weights.get(name, 0), weight)
            for name, weight in in_order(second.weights)
            if first.weights.get(name, 0) != weight
        ],
        [
            Moved(
                one[key].mentee,
                one[key].mentor,
                two[key].mentor,
                of_hundred(one[key].score),
                of_hundred(two[key].score),
            )
            for key in both
            if one[key].mentor_id != two[key].mentor_id
        ],
        [one[key].mentee for key in one if key not in two],
        [two[key].mentee for key in two if key not in one],
    )


def _proposals(run: MatchRun) -> dict[int, Proposal]:
    rows = run.proposals.select_related("mentee", "mentor").order_by("mentee__last_name", "mentee__first_name", "pk")
    return {row.mentee_id: row for row in by_number(rows, lambda row: row.mentee_id)}


def _figures(run: MatchRun, proposals: list[Proposal]) -> Figures:
    placed = [proposal.score for proposal in proposals if proposal.mentor_id]
    used = {proposal.mentor_id for proposal in proposals if proposal.mentor_id}
    mentors = list(run.mentors.all())
    together = sum(row.slot is not None for row in mentors if row.mentor_id in used)
    return Figures(
        run,
        of_hundred(sum(placed)),
        of_hundred(min(placed)) if placed else None,
        len(placed),
        len(proposals) - len(placed),
        together,
        len(used),
        Options.of(run.options),
        _alone(mentors, proposals),
    )


def _alone(mentors: list[RunMentor], proposals: list[Proposal]) -> int:
    """Count the mentees who are alone with a mentor of more places."""
    groups = Counter(proposal.mentor_id for proposal in proposals)
    return sum(groups[row.mentor_id] == 1 < row.places for row in mentors if row.mentor_id)
