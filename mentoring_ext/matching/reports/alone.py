"""Why a mentee is alone with a mentor: in words on the group's card, and at length beside the pair's reasons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.models import User
from mentoring_ext.matching.alone import Alone
from mentoring_ext.matching.explain import joining
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.protocol import input_of_run
from mentoring_ext.matching.reports.now import SECONDS, Now, standing_in
from mentoring_ext.matching.reports.outcome import outcome_in_words
from mentoring_ext.matching.solver import LEFT_OVER
from mentoring_ext.matching.solving import Tables
from mentoring_ext.matching.words import rules_as_text

TRIED = 3
"""So many others are tried with the mentor; for the rest the rules alone are told."""
NAMED = 6


@dataclass(frozen=True)
class Company:
    """Another mentee who could come to the mentor, and in words what that would do to the whole."""

    mentee: User
    words: str


@dataclass(frozen=True)
class Barred:
    """How many others a rule keeps from the mentor, and the first few of them."""

    rules: str
    number: int
    people: list[User]

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.number - len(self.people)


@dataclass(frozen=True)
class WhyAlone:
    """Why one mentee is alone with a mentor: ``why`` in words, who could come, ``others`` untried, and who cannot."""

    why: str
    could: list[Company] = field(default_factory=list)
    others: int = 0
    barred: list[Barred] = field(default_factory=list)


class AloneWords:
    """Says of groups with one mentee why it is so; ``tables`` of very large runs are not at hand."""

    def __init__(self, run: MatchRun, tables: Tables | None) -> None:
        self.run, self.tables, self.options = run, tables, Options.of(run.options)

    @cached_property
    def then(self) -> Collection[int]:
        """The mentors with one mentee in the solver's answer, by key; one query."""
        kept = np.array(self.run.certificate.get("mentor_of", []), dtype=np.int64)
        sizes = np.bincount(kept[kept != LEFT_OVER]) if len(kept) else np.zeros(0, dtype=np.int64)
        columns = self.run.mentors.exclude(mentor=None).values_list("column", "mentor")
        return {key for column, key in columns if key and column < len(sizes) and sizes[column] == 1}

    def of(self, proposal: Proposal, places: int) -> str:
        """Say why this mentee is alone with the mentor, who has so many places."""
        mentor = proposal.mentor_id or 0
        if places == 1:
            return _("One mentee, because this mentor has no other free place.")
        if proposal.is_moved or mentor not in self.then:
            return _("One mentee alone, since changes by hand.")
        if not self.options.avoid_alone:
            return _("One mentee alone. This pairing did not avoid that.")
        others = self._others(mentor, proposal.mentee_id or 0)
        if others is not None and not others:
            return _("One mentee alone: the rules let nobody else go to this mentor.")
        if others is not None and self.locked.issuperset(others):
            return _("One mentee alone: all others who could come are locked elsewhere.")
        return _("One mentee alone: with somebody else here, fewer would have a mentor, or others be alone.")

    @cached_property
    def locked(self) -> set[int]:
        """The mentees who were locked to a mentor when the run was made."""
        given = input_of_run(self.run)
        return set(given.settled.fixed) if given else set()

    def _others(self, mentor: int, mentee: int) -> list[int] | None:
        """Return who else may go to a mentor by the rules; None where nobody knows any more."""
        tables = self.tables
        return None if tables is None or not tables.keeps(mentor) else _others_allowed(tables, mentor, mentee)


def alone_in_words(run: MatchRun) -> str:
    """Say what the pairing would come to with nobody alone; nothing where nobody is, or it is not avoided."""
    kept = Alone.of(run.alone)
    if kept is None or not kept.number:
        return ""
    if kept.fewer is None:
        return _("With nobody alone the locked pairs could not all be kept.")
    if not kept.is_exact:
        return _("The search ended for want of time: perhaps fewer mentees need to be alone.")
    text = ngettext(
        "With nobody alone %(number)d mentee fewer would have a mentor.",
        "With nobody alone %(number)d mentees fewer would have a mentor.",
        kept.fewer,
    )
    return text % {"number": kept.fewer}


def why_alone(run: MatchRun, proposal: Proposal, now: Now, people: Mapping[int, Proposal]) -> WhyAlone | None:
    """Return why a mentee is alone with the mentor; None for who is not, or of whom nothing is kept."""
    tables, mentor = now.tables, proposal.mentor_id or 0
    together = [key for key, each in people.items() if each.mentor_id == mentor]
    if not (tables.keeps(proposal.mentee_id) and tables.keeps(mentor)) or together != [proposal.mentee_id]:
        return None
    places = int(tables.capacity[tables.column(mentor)])
    words = AloneWords(run, tables).of(proposal, places)
    if places == 1:
        return WhyAlone(words)
    locked = now.given.settled.fixed
    allowed = _others_allowed(tables, mentor, proposal.mentee_id)
    could = [key for key in allowed if key not in locked]
    tried = _tried(now, proposal, could, people)
    why = " ".join(filter(None, (words, alone_in_words(run))))
    barred = [*_barred(tables, mentor, people), *_locked(allowed, locked, people)]
    return WhyAlone(why, tried, len(could) - len(tried), barred)


def _others_allowed(tables: Tables, mentor: int, mentee: int) -> list[int]:
    """Return the other mentees who may go to a mentor, the best match first."""
    column = tables.column(mentor)
    rows = np.flatnonzero(tables.allowed[:, column])
    order = rows[np.argsort(-tables.scores[rows, column], kind="stable")]
    return [tables.mentees[row] for row in order if tables.mentees[row] != mentee]


def _locked(allowed: list[int], locked: Mapping[int, int], people: Mapping[int, Proposal]) -> list[Barred]:
    """Return those who may go to the mentor by the rules and are locked to another one."""
    keys = [key for key in allowed if key in locked and key in people]
    named = [people[key].mentee for key in by_number(keys, lambda key: key)[:NAMED]]
    return [Barred(_("locked to another mentor"), len(keys), named)] if keys else []


def _tried(now: Now, proposal: Proposal, could: list[int], people: Mapping[int, Proposal]) -> list[Company]:
    known = [key for key in could if key in people][:TRIED]
    if now.answer is None:
        return []
    standing = standing_in(now.tables, dict(people))
    found = joining(now.given, now.tables, now.answer, standing, proposal.mentee_id, known, seconds=SECONDS / TRIED)
    return [Company(people[key].mentee, outcome_in_words(outcome)) for key, outcome in found if people[key].mentee]


def _barred(tables: Tables, mentor: int, people: Mapping[int, Proposal]) -> list[Barred]:
    column, by_rules = tables.column(mentor), dict[str, list[int]]()
    for row in np.flatnonzero(~tables.allowed[:, column]).tolist():
        key = tables.mentees[row]
        by_rules.setdefault(rules_as_text(tables.rules_against(key, mentor)), []).append(key)
    found = [
        Barred(
            rules, len(keys), [people[key].mentee for key in by_number(keys, lambda key: key) if key in people][:NAMED]
        )
        for rules, keys in by_rules.items()
        if rules
    ]
    return sorted(found, key=lambda barred: (-barred.number, barred.rules))
