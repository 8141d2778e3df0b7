"""What fewer free hours did in a run, for its pages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.models import User
from lms.plugins import Text
from mentoring_ext.matching.honesty import BETTER, MENTEES, MENTORS, SAME, WORSE
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.solver import LEFT_OVER


@dataclass(frozen=True)
class FewerHours:
    """Somebody who no longer tells all hours, and what came of it."""

    user: User
    text: Text


@dataclass(frozen=True)
class Honest:
    """How many no longer tell all hours that they told before, and what came of it; ``rows`` names them."""

    number: int
    better: int
    worse: int
    same: int
    is_exact: bool
    rows: list[FewerHours]

    @property
    def sentence(self) -> str:
        """Who told fewer hours, in one sentence."""
        if not self.number:
            return _("Everybody still tells all free hours that they told before.")
        return ngettext(
            "%(number)d person tells fewer free hours than before.",
            "%(number)d people tell fewer free hours than before.",
            self.number,
        ) % {"number": self.number}

    @property
    def result(self) -> str:
        """What came of it, in one or two sentences; nothing where nobody told fewer."""
        if not self.number:
            return ""
        if not self.better:
            return _("Nobody got a better place through it.")
        return ngettext(
            "%(number)d of them got a better place through it.",
            "%(number)d of them got a better place through it.",
            self.better,
        ) % {"number": self.better}


def honesty_of(run: MatchRun) -> Honest | None:
    """Return what fewer hours did in a run, None where it was not measured."""
    kept = run.honesty
    if not kept:
        return None
    people = User.objects.in_bulk([key for _side, key, _together, _alone in kept["people"]])
    placed = zip(run.certificate.get("mentees", []), run.certificate.get("mentor_of", []), strict=True)
    left = {key for key, mentor in placed if mentor == LEFT_OVER}
    rows = [
        FewerHours(people[key], _words(side, alone or together, has_place=side == MENTORS or key not in left))
        for side, key, together, alone in kept["people"]
        if key in people
    ]
    shown = by_number(rows, lambda row: row.user.pk)
    return Honest(kept["number"], kept[BETTER], kept[WORSE], kept[SAME], kept["exact"], shown)


def _words(side: str, outcome: str, *, has_place: bool) -> str:
    """Say what fewer hours did for a mentee's match, or a mentor's group."""
    if outcome == BETTER:
        return _("a better match by it") if side == MENTEES else _("a better group by it")
    if outcome == WORSE and not has_place:
        return _("no mentor because of it")
    if outcome == WORSE:
        return _("a weaker match by it") if side == MENTEES else _("a weaker group, or none, by it")
    return _("no difference")
