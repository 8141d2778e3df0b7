"""What changed among the people since a run was made."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from lms.people.models import User
from mentoring_ext.matching.facts import Facts
from mentoring_ext.matching.kept import Options, RunInput
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.naming import by_number
from mentoring_ext.matching.people import Pool, pool_of
from mentoring_ext.matching.protocol import input_of_run
from mentoring_ext.matching.solving import tables_for
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
    before, now = _by_key(given), _by_key(RunInput(pool.sides, run.weights))
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


def _by_key(given: RunInput) -> dict[int, Facts]:
    everybody = (*given.sides.mentees, *given.sides.mentors)
    return {person.key: replace(person, name="") for person in everybody}


def _broken(run: MatchRun, given: RunInput, pool: Pool) -> dict[int, str]:
    """Return the mentees whose pair a rule forbids by now."""
    if (given.sides, given.settled) == (pool.sides, pool.settled):
        return {}
    tables = tables_for(RunInput(pool.sides, run.weights, Options.of(run.options), pool.settled))
    found = {}
    for proposal in run.proposals.exclude(mentor=None).select_related("mentor"):
        if proposal.mentee_id in tables.mentees and proposal.mentor_id in tables.mentors:
            why = rules_as_text(tables.rules_against(proposal.mentee_id, proposal.mentor_id or 0))
            if why:
                names = {"mentor": proposal.mentor, "why": why}
                found[proposal.mentee_id] = _("cannot be with %(mentor)s any more: %(why)s") % names
    return found
