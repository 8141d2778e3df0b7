"""Publishing a run: groups, notices and letters. Before this nobody hears of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.jobs.actions import start_job
from lms.jobs.models import Job
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.groups.actions import open_group
from mentoring_ext.matching.actions.letters import send_letters
from mentoring_ext.matching.actions.moving import open_run
from mentoring_ext.matching.errors import NamesStillHidden, NothingToPublish, PeopleChanged
from mentoring_ext.matching.kept import Options, RunInput
from mentoring_ext.matching.leading import leading_in
from mentoring_ext.matching.models import Letter, MatchRun, RunMentor
from mentoring_ext.matching.naming import are_names_hidden
from mentoring_ext.matching.people import Pool, pool_of
from mentoring_ext.matching.solving import broken_in
from mentoring_ext.matching.words import rules_as_text
from mentoring_ext.programmes.models import Cohort

MOST_AT_ONCE = 50
"""So many groups are opened while the coordinator waits."""
JOB = "publish_pairing"
Counted = Callable[[int, int], None]


def start_publishing(run: MatchRun, *, actor: User, at: datetime, seen: int | None = None) -> Job:
    """Publish a run with many groups as a job with progress."""
    title = _("Publish the groups of %(cohort)s") % {"cohort": run.cohort}
    return start_job(JOB, actor=actor, title=title, data={"run": run.pk, "seen": seen}, at=at)


def groups_to_open(run: MatchRun) -> dict[RunMentor, list[User]]:
    """Return the mentors of a run who have mentees, with these mentees, in two queries."""
    rows = {row.mentor_id: row for row in run.mentors.select_related("mentor").exclude(mentor=None)}
    groups: dict[RunMentor, list[User]] = {}
    for proposal in run.proposals.exclude(mentor=None).select_related("mentee").order_by("row"):
        groups.setdefault(rows[proposal.mentor_id], []).append(proposal.mentee)
    return groups


def left_to_tell(run: MatchRun) -> list[User]:
    """Return the mentees without a mentor who still wait for one, and have not been told so before."""
    told = Letter.objects.about_waiting(run.cohort).values_list("recipient", flat=True)
    without = list(run.proposals.filter(mentor=None).exclude(mentee__in=told).select_related("mentee").order_by("row"))
    still = {facts.key for facts in pool_of(run.cohort).sides.mentees} if without else set()
    return [proposal.mentee for proposal in without if proposal.mentee_id in still]


@transaction.atomic
def publish_run(
    run: MatchRun,
    *,
    actor: User,
    at: datetime,
    seen: int | None = None,
    count: Counted = lambda done, total: None,
) -> MatchRun:
    """Open a group for each mentor with mentees, and write to both sides and to mentees without a mentor.

    Other open runs are replaced by this one. ``count`` hears of each group and may raise to stop: then nothing is
    written. Raises as ``open_run`` does, ``NamesStillHidden``, ``NothingToPublish``,
    ``PeopleChanged`` and what ``groups.actions.open_group`` raises.
    """
    # Two runs of a cohort are published one after the other, and not each waiting for the other.
    Cohort.objects.select_for_update().get(pk=run.cohort_id)
    run = open_run(run, seen=seen, closed=True)
    if are_names_hidden(run.cohort):
        raise NamesStillHidden
    groups = groups_to_open(run)
    if not groups:
        raise NothingToPublish
    _check_still_possible(run, groups)
    left, led = left_to_tell(run), leading_in(run.cohort, [row.mentor for row in groups])
    run.state, run.published_at, run.published_by = MatchRun.State.PUBLISHED, at, actor
    run.save(update_fields=["state", "published_at", "published_by"])
    opened = []
    for done, (row, mentees) in enumerate(groups.items()):
        count(done, len(groups))
        if row.mentor:
            opened.append(
                open_group(run.cohort, mentor=row.mentor, mentees=mentees, actor=actor, at=at, by_letter=True)
            )
    send_letters(run, groups, opened, left=left, led=led, actor=actor, at=at)
    text = _("There is no mentor for you yet. Your coordinator goes on looking.")
    notify(left, "left_over", text, reverse("mentoring_profiles:mentee_sheet"), exclude=actor)
    others = MatchRun.objects.filter(cohort=run.cohort, state=MatchRun.State.PROPOSED)
    others.update(state=MatchRun.State.SUPERSEDED)
    data = {"groups": len(groups), "told_to_wait": len(left)}
    record("published", run, actor=actor, context=run.cohort, at=at, data=data)
    return run


def _check_still_possible(run: MatchRun, groups: Mapping[RunMentor, Sequence[User]]) -> None:
    """Raise ``PeopleChanged`` when somebody left, joined a group, or does not fit any more by the newest sheets."""
    pool = pool_of(run.cohort)
    sides = pool.sides
    mentees, mentors = ({person.key for person in side} for side in (sides.mentees, sides.mentors))
    pairs = [(person.pk, row.mentor_id or 0) for row, people in groups.items() for person in people]
    broken = broken_in(RunInput(sides, run.weights, Options.of(run.options), pool.settled), pairs)
    _check_groups_made_offline(pool, groups)
    for row, people in groups.items():
        if row.mentor_id not in mentors or not {person.pk for person in people} <= mentees:
            raise PeopleChanged
        for person in people:
            why = broken.get((person.pk, row.mentor_id or 0))
            if why:
                names = {"mentee": person, "mentor": row.mentor, "why": rules_as_text(why)}
                text = _("%(mentee)s and %(mentor)s do not fit any more: %(why)s. Solve again, or move %(mentee)s.")
                raise PeopleChanged(text % names)


def _check_groups_made_offline(pool: Pool, groups: Mapping[RunMentor, Sequence[User]]) -> None:
    """Raise ``PeopleChanged`` when somebody who waits is in a group made offline that the run does not hold."""
    placed = {person.pk: row.mentor_id for row, people in groups.items() for person in people}
    elsewhere = [mentee for mentee, mentor in pool.offline if placed.get(mentee) != mentor]
    if elsewhere:
        text = _("%(mentee)s is in a group made offline by now. Run the pairing again.")
        raise PeopleChanged(text % {"mentee": User.objects.get(pk=min(elsewhere))})
