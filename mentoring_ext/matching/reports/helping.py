"""The small changes that would place somebody, in words, with what the coordinator can do about each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from lms.people.models import User
from mentoring_ext.matching.changes import Help, SmallChange
from mentoring_ext.matching.facts import Facts
from mentoring_ext.matching.kept import RunInput
from mentoring_ext.matching.models import MatchRun, SheetQuestion
from mentoring_ext.matching.reports.outcome import outcome_in_words
from mentoring_ext.matching.words import hours_in_words


@dataclass(frozen=True)
class Suggestion:
    """One small change: what, by whom, what it does to the whole, and what to do about it.

    ``ask`` are the people who can be asked, with what ``said`` of the last question to each; ``without`` names what the
    run could be asked no longer; ``advice`` says what else to do. ``for_group`` is a change so that a group can meet.
    """

    what: str
    effect: str
    kind: str
    hours: Sequence[int] = ()
    ask: list[tuple[User, SheetQuestion | None]] = field(default_factory=list)
    without: str = ""
    advice: str = ""
    is_exact: bool = True
    for_group: bool = False


@dataclass(frozen=True)
class Suggesting:
    """Everything that the words for suggestions need: people by key, their facts, and what was asked of them."""

    run: MatchRun
    people: Mapping[int, User]
    facts: Mapping[int, Facts]
    size: int
    questions: Mapping[tuple[int, str, tuple[int, ...]], SheetQuestion]

    @classmethod
    def of(cls, run: MatchRun, given: RunInput, people: Mapping[int, User]) -> "Suggesting":
        """Read what was asked, in one query."""
        # Who was asked and then not needed can be asked again.
        taken_back = SheetQuestion.State.WITHDRAWN
        asked = SheetQuestion.objects.filter(cohort=run.cohort_id).exclude(state=taken_back).order_by("asked_at", "pk")
        everybody = (*given.sides.mentees, *given.sides.mentors)
        return cls(
            run,
            people,
            {person.key: person for person in everybody},
            given.options.size,
            {(each.person_id, each.kind, tuple(each.hours)): each for each in asked},
        )

    def in_words(self, helps: Iterable[Help]) -> list[Suggestion]:
        """Return the changes in words; those of people who are not there any more are left out."""
        return [self._suggestion(each) for each in helps if self._is_known(each.change)]

    def _is_known(self, change: SmallChange) -> bool:
        return all(key in self.people for key in (change.person, change.other) if key)

    def _suggestion(self, given: Help) -> Suggestion:
        change = given.change
        found = Suggestion(
            self._what(change), outcome_in_words(given.outcome), change.kind, is_exact=given.outcome.is_exact
        )
        if change.kind == "option":
            return replace(found, without=change.option)
        if change.kind == "place" and self.facts[change.person].capacity >= self.size:
            return replace(found, advice=self._about_size())
        keys = (change.person, change.other) if change.both else (change.person,)
        ask = [(self.people[key], self.questions.get((key, change.kind, change.hours))) for key in keys]
        return replace(found, ask=ask, hours=change.hours)

    def _about_size(self) -> str:
        """Say what stands in the way where it is not the mentor's sheet."""
        most = self.run.cohort.programme.group_size
        if self.size < most:
            text = _("The groups of this pairing have at most %(size)d mentees. Allow more when you run the next one.")
            return text % {"size": self.size}
        text = _("The programme allows at most %(size)d mentees in a group. Only who looks after it can change that.")
        return text % {"size": most}

    def _what(self, change: SmallChange) -> str:
        names = {"person": self.people.get(change.person), "other": self.people.get(change.other)}
        if change.kind == "place":
            return _("One more place with %(person)s") % names
        if change.kind == "hours":
            hours = {**names, "hours": hours_in_words(change.hours)}
            return _("%(person)s is also free on %(hours)s, for %(other)s") % hours
        if change.kind == "online_hours":
            both = {**names, "hours": hours_in_words(change.hours)}
            return _("%(person)s can meet online, and is also free on %(hours)s, for %(other)s") % both
        if change.both:
            return _("%(person)s and %(other)s can meet online") % names
        if change.kind == "online":
            return _("%(person)s can meet online") % names
        return _without(change.option)


def _without(option: str) -> str:
    return {
        "minimum": _("A mentee may be alone where nothing else is possible"),
        "common_slot": _("A group needs no hour at which all are free"),
        "minimum+common_slot": _("A mentee may be alone where nothing else helps, and a group needs no common hour"),
        "meeting": _("Pairs without a way to meet stay in"),
    }[option]
