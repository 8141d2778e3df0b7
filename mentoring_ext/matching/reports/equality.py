"""Whether a run treats groups of mentees alike, told so that nobody's own details can be worked out.

* A group of fewer than five is not shown. Where the hidden mentees of a row are together fewer than five, or one
  group alone, the smallest shown group is hidden too: what all and the shown groups have in common tells of no group.
* Means are whole points. In place of the worst score stands a threshold, in steps of five points, under which the
  group's worst lies and at least five mentees of the whole run: it points at nobody.
* How many are left over is told of groups only when at least five are left over in all, or nobody is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from django.utils.translation import gettext as _

from lms.plugins import Text
from mentoring_ext.matching.actions.running import SECONDS_AT_ONCE, answer_for, takes_long
from mentoring_ext.matching.factors import ONE
from mentoring_ext.matching.facts import Facts
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.repeating import kept_input
from mentoring_ext.matching.reports.figures import HUNDREDTH, of_hundred
from mentoring_ext.profiles.choices import Gender, Language

FEWEST = 5
STEP = 5
BANDS = ((0, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 200))
UNKNOWN = ""


@dataclass(frozen=True)
class Person:
    """A mentee of the run: what was told, and the score, None for who is left over."""

    facts: Facts
    score: int | None


@dataclass(frozen=True)
class GroupRow:
    """How one group fares: the mean in whole points, a threshold above its worst score, and its left-over rate."""

    name: Text
    people: int
    mean: int | None
    worst_under: int | None
    left_over: int | None


@dataclass(frozen=True)
class Attribute:
    """The groups of one attribute that can be shown, and how many mentees are in those that cannot."""

    name: Text
    rows: list[GroupRow]
    hidden: int


@dataclass(frozen=True)
class Fairness:
    """What it costs the whole to lift the weakest first, in points; ``exact`` when both totals are proven the best."""

    best_total: float
    fair_total: float
    exact: bool

    @property
    def price(self) -> float:
        """The best total minus the fair one."""
        return round(self.best_total - self.fair_total, 1)


def equality_of(run: MatchRun) -> tuple[GroupRow, list[Attribute]]:
    """Return how all mentees of a run fare, and the groups by each attribute; raises ``Refused`` as the input does."""
    scores = {p.mentee_id: p.score if p.mentor_id else None for p in run.proposals.all()}
    given = kept_input(run)
    people = [Person(each, scores[each.key]) for each in given.sides.mentees if each.key in scores]
    year = run.made_at.year
    attributes: list[tuple[Text, Callable[[Facts], str]]] = [
        (_("Gender"), lambda facts: str(dict(Gender.choices).get(facts.gender, facts.gender))),
        (_("Age"), lambda facts: _band(facts, year)),
        (_("First language"), lambda facts: str(dict(Language.choices).get(facts.first_language, UNKNOWN))),
    ]
    return _row(_("All mentees"), people, people), [_attribute(name, people, of) for name, of in attributes]


def fairness_of(run: MatchRun) -> Fairness | None:
    """Solve the run's input for the best total and for the weakest; None where that takes long. Raises ``Refused``."""
    given = kept_input(run)
    if takes_long(given):
        return None
    best, fair = (_total(given, objective) for objective in ("total", "fair"))
    return Fairness(of_hundred(best[0]), of_hundred(fair[0]), best[1] and fair[1])


def _total(given: RunInput, objective: str) -> tuple[int, bool]:
    options = replace(given.options, objective="fair" if objective == "fair" else "total")
    _tables, answer = answer_for(replace(given, options=options), seconds=SECONDS_AT_ONCE)
    return round(answer.total * ONE), answer.optimal


def _band(facts: Facts, year: int) -> str:
    if facts.birth_year is None:
        return UNKNOWN
    age = year - facts.birth_year
    least, most = next(((least, most) for least, most in BANDS if least <= age <= most), BANDS[-1])
    if least == 0:
        return _("under 25")
    return _("65 and over") if most == BANDS[-1][1] else f"{least}–{most}"


def _attribute(name: Text, people: Sequence[Person], of: Callable[[Facts], str]) -> Attribute:
    groups: dict[str, list[Person]] = {}
    for person in people:
        groups.setdefault(of(person.facts), []).append(person)
    shown = to_show({key: len(members) for key, members in groups.items()})
    rows = [_row(key or _("not told"), groups[key], people) for key in shown]
    return Attribute(name, rows, sum(len(members) for key, members in groups.items() if key not in shown))


def to_show(sizes: dict[str, int]) -> list[str]:
    """Return the groups that can be shown, the largest first, so that no hidden one follows from the rest."""
    shown = sorted((key for key, size in sizes.items() if size >= FEWEST), key=lambda key: (-sizes[key], key))
    hidden = [key for key in sizes if key not in shown]
    while hidden and shown and (len(hidden) == 1 or sum(sizes[key] for key in hidden) < FEWEST):
        hidden.append(shown.pop())
    return shown


def _row(name: Text, members: Sequence[Person], everybody: Sequence[Person]) -> GroupRow:
    scores = [person.score for person in members if person.score is not None]
    left = sum(person.score is None for person in everybody)
    told = left == 0 or left >= FEWEST
    return GroupRow(
        name,
        len(members),
        round(mean(scores) / HUNDREDTH) if len(scores) >= FEWEST else None,
        _threshold(min(scores), everybody) if len(scores) >= FEWEST else None,
        round(100 * (len(members) - len(scores)) / len(members)) if told and members else None,
    )


def _threshold(worst: int, everybody: Sequence[Person]) -> int | None:
    """Return the lowest step above ``worst`` under which at least five mentees of the whole run lie."""
    scores = [person.score for person in everybody if person.score is not None]
    steps = range(STEP, 101 + STEP, STEP)
    fit = (s for s in steps if worst < s * HUNDREDTH and sum(score < s * HUNDREDTH for score in scores) >= FEWEST)
    return next(fit, None)
