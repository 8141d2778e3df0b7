"""What changed among the people since a run was made."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from lms.people.models import User
from mentoring_ext.matching.facts import Facts, Sides
from mentoring_ext.matching.kept import Options, RunInput
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.people import Pool, pool_of
from mentoring_ext.matching.protocol import input_of_run
from mentoring_ext.matching.solving import broken_in
from mentoring_ext.matching.words import rules_as_text


@dataclass(frozen=True)
class Stale:
    """Somebody of whom the run does not know the newest, and what is new."""

    user: User
    text: str


def stale_in(run: MatchRun, pool: Pool | None = None) -> list[Stale]:
    """Return who left, came, changed a sheet or made a group offline since, and which pairs a rule forbids by now."""
    given = input_of_run(run)
    if given is None:
        return []
    pool = pool or pool_of(run.cohort)
    both = {asked.name for asked in given.sides.further} & {asked.name for asked in pool.sides.further}
    before, now = _by_key(given.sides, both), _by_key(pool.sides, both)
    words = {key: _("is not ready any more, or has a group") for key in before.keys() - now.keys()}
    words |= {key: _("is ready now, and was not then") for key in now.keys() - before.keys()}
    words |= {key: _("changed the sheet") for key in before.keys() & now.keys() if before[key] != now[key]}
    words |= _broken(run, given, pool)
    placed = dict(run.proposals.values_list("mentee", "mentor"))
    words |= {
        mentee: _("is in a group made offline") for mentee, mentor in pool.offline if placed.get(mentee) != mentor
    }
    people = User.objects.in_bulk(list(words))
    told = by_number(sorted(words.items()), lambda row: row[0])
    return [Stale(people[key], text) for key, text in told if key in people]


def _by_key(sides: Sides, further: set[str]) -> dict[int, Facts]:
    """Return what everybody told, of further factors only these: one that came or went is nobody's change."""

    def facts(person: Facts) -> Facts:
        return replace(person, name="", extra={name: told for name, told in person.extra.items() if name in further})

    return {person.key: facts(person) for person in (*sides.mentees, *sides.mentors)}


def _broken(run: MatchRun, given: RunInput, pool: Pool) -> dict[int, str]:
    """Return the mentees whose pair a rule forbids by now."""
    if (given.sides, given.settled) == (pool.sides, pool.settled):
        return {}
    placed = {
        (proposal.mentee_id, proposal.mentor_id or 0): proposal.mentor
        for proposal in run.proposals.exclude(mentor=None).select_related("mentor")
    }
    broken = broken_in(RunInput(pool.sides, run.weights, Options.of(run.options), pool.settled), placed)
    text = _("cannot be with %(mentor)s any more: %(why)s")
    return {pair[0]: text % {"mentor": placed[pair], "why": rules_as_text(why)} for pair, why in broken.items()}
