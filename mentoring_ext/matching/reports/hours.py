"""Groups without an hour in common: who would have to be free a little more, so that they can meet."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from mentoring_ext.matching.changes.meeting import fewest_hours
from mentoring_ext.matching.encoding import free_starts
from mentoring_ext.matching.facts import Bools, Facts
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.protocol import input_of_run
from mentoring_ext.matching.reports.board import Group
from mentoring_ext.matching.reports.helping import Suggesting, Suggestion
from mentoring_ext.matching.solving import Tables
from mentoring_ext.matching.words import hours_in_words, slot_in_words

SHOWN = 3
"""So many people of a group are suggested, those who would need the fewest hours."""
KIND = "hours"


def with_hours(run: MatchRun, groups: Sequence[Group], tables: Tables | None) -> list[Group]:
    """Return the groups, those without a common hour with what would give them one.

    Without ``tables``, as for very large runs, or where nobody knows the hours any more, they stand as they are.
    """
    given = input_of_run(run) if tables and tables.starts and any(group.has_no_hour for group in groups) else None
    if given is None or tables is None or tables.starts is None:
        return list(groups)
    people = {person.pk: person for group in groups for person in (group.mentor, *(p.mentee for p in group.proposals))}
    words, length = Suggesting.of(run, given, people), given.options.hours
    sides = zip((tables.mentees, tables.mentors), tables.starts, strict=True)
    starts = {key: free for keys, side in sides for key, free in zip(keys, side, strict=True)}
    return [
        replace(group, suggestions=list(_suggestions(group, starts, words, length))) if group.has_no_hour else group
        for group in groups
    ]


def _suggestions(group: Group, starts: dict[int, Bools], words: Suggesting, length: int) -> Iterator[Suggestion]:
    """Return who could be free when, so that all of a group can meet; the fewest hours first."""
    keys = [group.mentor.pk, *(proposal.mentee_id for proposal in group.proposals)]
    known = [key for key in keys if key in starts and key in words.facts]
    found = []
    for key in known:
        others = [starts[other] for other in known if other != key]
        when = others[0].copy()
        for each in others[1:]:
            when &= each
        hours = fewest_hours(words.facts[key].hours, when, length)
        if hours:
            found.append((len(hours), key, hours, when))
    found.sort(key=lambda one: one[0])
    for _size, key, hours, when in found[:SHOWN]:
        yield _suggestion(words, words.facts[key], hours, when, length)


def _suggestion(words: Suggesting, person: Facts, hours: tuple[int, ...], when: Bools, length: int) -> Suggestion:
    free = free_starts([person.hours | set(hours)], length)[0] & when
    names = {"person": words.people[person.key], "hours": hours_in_words(hours)}
    return Suggestion(
        _("%(person)s is also free on %(hours)s") % names,
        _("Then all of the group are free on %(hour)s.") % {"hour": slot_in_words(int(free.argmax()), length)},
        KIND,
        hours,
        ask=[(words.people[person.key], words.questions.get((person.key, KIND, hours)))],
        for_group=True,
    )
