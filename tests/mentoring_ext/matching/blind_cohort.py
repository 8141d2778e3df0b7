"""A cohort in which everything happened that a pairing can show, and everybody has a name of their own."""

import json
import re
from datetime import timedelta
from io import BytesIO
from itertools import count
from zipfile import BadZipFile, ZipFile

from django.utils import timezone

from lms.people.models import User
from mentoring_ext.matching import actions
from mentoring_ext.matching.actions.naming import call_by_numbers
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import FurtherFactor, MatchRun, PairRule
from mentoring_ext.programmes.models import CohortMembership, Role
from tests import make
from tests.mentoring_ext.matching.conftest import add_mentee, add_mentor

KEYS = 73_190_001
"""Accounts get keys from here on, so that no other figure on a page is taken for one."""


def rename_everybody(cohort):
    """Give everybody in the cohort names that stand nowhere else on the site."""
    members = CohortMembership.objects.filter(cohort=cohort, role__in=[Role.MENTOR, Role.MENTEE])
    for place, member in enumerate(members.order_by("user")):
        letters = chr(ord("a") + place)
        member.user.first_name, member.user.last_name = f"Xfirst{letters}q", f"Xlast{letters}q"
        member.user.email, member.user.username = f"xmail{letters}q@example.org", f"xuser{letters}q"
        member.user.organisation = make.make_organisation(name=f"Xhouse{letters}q")
        member.user.save()


def traces_of(cohort):
    """Return what tells who somebody of the cohort is: names, addresses, and the key of the account."""
    people = User.objects.filter(cohort_memberships__cohort=cohort, cohort_memberships__role__in=["mentor", "mentee"])
    told = [
        [
            user.first_name,
            user.last_name,
            user.email,
            user.username,
            user.organisation.name,
            str(user.pk) if user.pk >= KEYS else f"/people/{user.pk}/",
        ]
        for user in people.select_related("organisation")
    ]
    return [trace for traces in told for trace in traces]


def fill(cohort, coordinator):
    """Let a cohort decide without names: runs, a move, a lock, rules, people who are not ready, who left, who changed.

    Returns the objects that addresses name.
    """
    at = timezone.now() - timedelta(hours=2)
    keys = count(KEYS)
    mentors = [add_mentor(cohort, account=next(keys), capacity=places) for places in (2, 1, 2)]
    mentees = [add_mentee(cohort, account=next(keys)) for _place in range(7)]
    for role in (Role.MENTOR, Role.MENTEE):
        make.make_member(cohort, role, pk=next(keys))
    rename_everybody(cohort)
    for user in [*mentors, *mentees]:
        user.refresh_from_db()
    call_by_numbers(cohort, actor=coordinator, at=at)
    factor = FurtherFactor.objects.create(cohort=cohort, label="Has a car", rule=FurtherFactor.Rule.SAME)
    why = f"{mentees[0]} worked for {mentors[0].last_name}."
    rule = {"cohort": cohort, "made_by": coordinator, "made_at": at, "reason": why}
    kept = PairRule.objects.create(mentee=mentees[0], mentor=mentors[1], kind=PairRule.Kind.FAMILY, **rule)
    PairRule.objects.create(mentee=mentees[1], mentor=mentors[2], kind=PairRule.Kind.FIXED, offline=True, **rule)
    first = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=at)
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS | {"area": 4}, at=at, parent=first)
    _change(run, coordinator, why, at)
    _age(cohort, mentees)
    failed = MatchRun.objects.create(
        cohort=cohort, made_by=coordinator, made_at=at, weights={}, state=MatchRun.State.FAILED, problem=why
    )
    check = make.make_sheets_check(coordinator, cohort)
    actions.ask_about_sheet(cohort, mentors[0], kind="hours", hours=[9], actor=coordinator, at=at)
    return {"run": run, "first": first, "failed": failed, "rule": kept, "factor": factor, "why": why, "check": check}


def _change(run, coordinator, why, at):
    """Move, lock, exclude and undo in a run."""
    placed = list(run.proposals.exclude(mentor=None).select_related("mentee", "mentor").order_by("row"))
    free = [each for each in placed if not PairRule.objects.filter(mentee=each.mentee, kind="fixed").exists()]
    actions.move_mentee(run, free[0].mentee, None, actor=coordinator, reason=why, at=at)
    actions.lock_pair(run, free[1], actor=coordinator, reason=why, at=at)
    actions.forbid_pair(run, free[2], actor=coordinator, reason=why, at=at)
    actions.undo_change(run, actor=coordinator, at=at)


def _age(cohort, mentees):
    """Let the run grow old: somebody left, somebody changed the sheet."""
    CohortMembership.objects.filter(cohort=cohort, user=mentees[-1]).update(state=CohortMembership.State.LEFT)
    sheet = mentees[-2].menteeprofile
    sheet.interests = ["games"]
    sheet.save()


def said_in(response):
    """Return everything that an answer and those that led to it say: headers, text, and what is packed in files."""
    parts = [str(response.headers.items()), *(address for address, _status in getattr(response, "redirect_chain", []))]
    parts += [str(cookie) for cookie in response.cookies.values()]
    try:
        with ZipFile(BytesIO(response.content)) as book:
            parts += [book.read(name).decode(errors="replace") for name in book.namelist()]
    except BadZipFile:
        parts.append(response.content.decode(errors="replace"))
    if "json" in response.headers.get("Content-Type", ""):
        parts.append(json.dumps(json.loads(response.content), ensure_ascii=False))
    return "\n".join(parts)


def told(response, traces):
    """Return which traces of people stand in an answer."""
    text = said_in(response)
    return [trace for trace in traces if re.search(re.escape(trace), text, re.IGNORECASE)]
