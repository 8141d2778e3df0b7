"""Whether a run treats groups of mentees alike, told so that nobody's own details can be worked out.

* A group of fewer than five is not shown. Where the hidden mentees of a row are together fewer than five, or one
  group alone, the smallest shown group is hidden too: what all and the shown groups have in common tells of no group.
* Means are whole points. In place of the worst score stands a threshold, in steps of five points, under which the
  group's worst lies and at least five mentees of the whole run: it points at nobody.
* How many are left over is told of groups only when at least five are left over in all, or nobody is.
* Figures are worked out once and kept (``EqualityReport``), and nobody is counted in two reports of a cohort. Scores of
  single pairs stand on the board: from several reports about the same people one could work out who is in a group.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import mean
from typing import Any

from django.utils.translation import gettext as _

from lms.people.countries import country_name
from lms.people.models import User
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

    best_total: int
    fair_total: int
    exact: bool

    @property
    def price(self) -> int:
        """The best total minus the fair one."""
        return self.best_total - self.fair_total


def figures_of(run: MatchRun) -> dict[str, Any]:
    """Return how all mentees of a run fare, and the groups by each attribute, in codes; raises ``Refused``."""
    scores = {p.mentee_id: p.score if p.mentor_id else None for p in run.proposals.all()}
    given = kept_input(run)
    people = [Person(each, scores[each.key]) for each in given.sides.mentees if each.key in scores]
    countries = dict(User.objects.filter(pk__in=scores).values_list("pk", "organisation__country"))
    year = run.made_at.year
    attributes: dict[str, Callable[[Facts], str]] = {
        "gender": lambda facts: facts.gender,
        "age": lambda facts: _band(facts, year),
        "language": lambda facts: facts.first_language,
        "country": lambda facts: countries.get(facts.key) or UNKNOWN,
    }
    return {
        "everybody": asdict(_row(UNKNOWN, people, people)),
        "attributes": [_attribute(name, people, of) for name, of in attributes.items()],
    }


def in_words(figures: dict[str, Any]) -> tuple[GroupRow, list[Attribute]]:
    """Return kept figures with the names of attributes and groups in the reader's language."""
    everybody = GroupRow(**figures["everybody"] | {"name": _("All mentees")})
    names = {"gender": _("Gender"), "age": _("Age"), "language": _("First language"), "country": _("Country")}
    return everybody, [
        Attribute(
            names[each["name"]],
            [GroupRow(**row | {"name": _word(each["name"], row["name"])}) for row in each["rows"]],
            each["hidden"],
        )
        for each in figures["attributes"]
    ]


def _word(attribute: str, code: str) -> Text:
    if not code:
        return _("not told")
    if attribute == "age":
        return _band_in_words(int(code))
    if attribute == "country":
        return country_name(code)
    choices = Gender.choices if attribute == "gender" else Language.choices
    return dict(choices).get(code, code)


def price_of_fairness(run: MatchRun) -> dict[str, Any]:
    """Solve the run's input for the best total and for the weakest; nothing where that takes long.

    Raises ``Refused``.
    """
    given = kept_input(run)
    if takes_long(given):
        return {}
    best, fair = (_total(given, objective) for objective in ("total", "fair"))
    return {"best": best[0], "fair": fair[0], "exact": best[1] and fair[1]}


def fairness_in_points(kept: dict[str, Any]) -> Fairness | None:
    """Return a kept price in points, None where it was not worked out."""
    if not kept:
        return None
    return Fairness(of_hundred(kept["best"]), of_hundred(kept["fair"]), kept["exact"])


def _total(given: RunInput, objective: str) -> tuple[int, bool]:
    options = replace(given.options, objective="fair" if objective == "fair" else "total")
    _tables, answer = answer_for(replace(given, options=options), seconds=SECONDS_AT_ONCE)
    return round(answer.total * ONE), answer.optimal


def _band(facts: Facts, year: int) -> str:
    """Return the first year of life of the band, as text."""
    if facts.birth_year is None:
        return UNKNOWN
    age = year - facts.birth_year
    return str(next((least for least, most in BANDS if least <= age <= most), BANDS[-1][0]))


def _band_in_words(least: int) -> str:
    most = dict(BANDS)[least]
    if least == 0:
        return _("under 25")
    return _("65 and over") if most == BANDS[-1][1] else f"{least}–{most}"


def _attribute(name: str, people: Sequence[Person], of: Callable[[Facts], str]) -> dict[str, Any]:
    groups: dict[str, list[Person]] = {}
    for person in people:
        groups.setdefault(of(person.facts), []).append(person)
    shown = to_show({key: len(members) for key, members in groups.items()})
    rows = [asdict(_row(key, groups[key], people)) for key in shown]
    return {"name": name, "rows": rows, "hidden": sum(len(all_) for key, all_ in groups.items() if key not in shown)}


def to_show(sizes: dict[str, int]) -> list[str]:
    """Return the groups that can be shown, the largest first, so that no hidden one follows from the rest."""
    shown = sorted((key for key, size in sizes.items() if size >= FEWEST), key=lambda key: (-sizes[key], key))
    hidden = [key for key in sizes if key not in shown]
    while hidden and shown and (len(hidden) == 1 or sum(sizes[key] for key in hidden) < FEWEST):
        hidden.append(shown.pop())
    return shown


def _row(name: str, members: Sequence[Person], everybody: Sequence[Person]) -> GroupRow:
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
