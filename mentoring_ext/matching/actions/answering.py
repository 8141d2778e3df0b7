"""How a coordinator answers requests for another match: people move, or it stays and a reason is given."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.agreements.actions import renew_agreement
from mentoring_ext.groups.actions import close_group, join_group, leave_group, open_group
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.matching import errors
from mentoring_ext.matching.actions.asking import check_changeable, page_of
from mentoring_ext.matching.models import MatchRequest, PairRule
from mentoring_ext.matching.rematching import Plan, Step, plan_for
from mentoring_ext.programmes.models import Cohort


def _opened(request: MatchRequest) -> MatchRequest:
    """Return the request, locked together with its cohort: two coordinators answer one after the other."""
    Cohort.objects.select_for_update().get(pk=request.group.cohort_id)
    locked = MatchRequest.objects.select_for_update(of=("self",)).select_related(
        "group__cohort__programme", "group__mentor", "mentee", "asked_by"
    )
    request = locked.get(pk=request.pk)
    if not request.is_waiting:
        raise errors.AlreadyAnswered
    return request


@transaction.atomic
def accept_request(request: MatchRequest, *, actor: User, at: datetime, seen: str | None = None) -> MatchRequest:
    """Move the fewest people who have to move so that the mentee comes to another mentor, and tell those concerned.

    ``seen`` is the key of the plan that the coordinator looked at. From now on the two are not paired again. Raises
    ``AlreadyAnswered``, ``NotInThisGroup``, ``PlanChanged``, ``NoOtherPlace``, and as ``check_changeable``,
    ``plan_for`` and the actions of groups do.
    """
    request = _opened(request)
    check_changeable(request.group, at)
    if not request.group.members.present().filter(user=request.mentee).exists():
        raise errors.NotInThisGroup
    plan = plan_for(request, at)
    if seen not in (None, plan.key):
        raise errors.PlanChanged
    if not plan.is_possible:
        raise errors.NoOtherPlace
    _part(request, actor=actor, at=at)
    _carry_out(plan, actor=actor, at=at)
    request.moves = [[step.mentee.pk, step.former.mentor_id, step.mentor.pk] for step in plan.steps]
    _answer(request, MatchRequest.State.ACCEPTED, "", actor=actor, at=at)
    _tell_accepted(request, actor=actor)
    _close_others(request, actor=actor, at=at)
    return request


@transaction.atomic
def decline_request(request: MatchRequest, *, actor: User, answer: str, at: datetime) -> MatchRequest:
    """Let the match stay and tell who asked why. Raises ``AlreadyAnswered`` and ``ReasonMissing``."""
    request = _opened(request)
    if not answer.strip():
        raise errors.ReasonMissing(field="answer")
    _answer(request, MatchRequest.State.DECLINED, answer.strip(), actor=actor, at=at)
    text = _("Your coordinator answered your request for another match.")
    notify([request.asked_by], "match_answered", text, page_of(request.group), exclude=actor)
    return request


def _answer(request: MatchRequest, state: str, answer: str, *, actor: User, at: datetime) -> None:
    request.state, request.answer = state, answer
    request.answered_by, request.answered_at = actor, at
    request.save(update_fields=["state", "answer", "answered_by", "answered_at", "moves"])
    data = {"moves": request.moves}
    record(str(state), request, actor=actor, context=request.group.cohort, data=data, at=at)


def _part(request: MatchRequest, *, actor: User, at: datetime) -> None:
    """Keep the two apart in later pairings of the cohort; the confidential reason stays with the request."""
    pair = {"cohort": request.group.cohort, "mentee": request.mentee, "mentor": request.group.mentor}
    PairRule.objects.filter(**pair, kind=PairRule.Kind.FIXED).delete()
    kind = PairRule.Kind.FORBIDDEN if request.by_mentor else PairRule.Kind.VETOED
    PairRule.objects.get_or_create(**pair, kind=kind, defaults={"made_by": actor, "made_at": at})


def _carry_out(plan: Plan, *, actor: User, at: datetime) -> None:
    for step in plan.steps:
        leave_group(step.former, step.mentee, actor=actor, at=at)
    joined = [step for step in plan.steps if step.group is not None]
    for step in joined:
        join_group(step.group or step.former, step.mentee, actor=actor, at=at)
    for mentor, steps in _new_groups(plan.steps).items():
        mentees = [step.mentee for step in steps]
        open_group(steps[0].former.cohort, mentor=mentor, mentees=mentees, actor=actor, at=at)
    touched = {group.pk: group for step in plan.steps for group in (step.former, step.group) if group}
    for group in touched.values():
        _settle(group, actor=actor, at=at)


def _new_groups(steps: Sequence[Step]) -> dict[User, list[Step]]:
    found: dict[User, list[Step]] = {}
    for step in steps:
        if step.group is None:
            found.setdefault(step.mentor, []).append(step)
    return found


def _settle(group: MentoringGroup, *, actor: User, at: datetime) -> None:
    """Close a group that has become empty; else its agreement waits for those who are in it now."""
    if group.members.present().exists():
        renew_agreement(group, actor=actor, at=at)
    else:
        close_group(group, actor=actor, at=at, because=_("All its mentees are in other groups now."))


def _close_others(request: MatchRequest, *, actor: User, at: datetime) -> None:
    """Answer what else was asked about people who have moved by now."""
    moved = {mentee: former for mentee, former, _mentor in request.moves}
    for other in MatchRequest.objects.waiting().filter(mentee__in=moved, group__cohort=request.group.cohort):
        if other.group.mentor_id == moved[other.mentee_id]:
            other.moves = request.moves
            _answer(other, MatchRequest.State.ACCEPTED, "", actor=actor, at=at)
            _tell_accepted(other, actor=actor)


def _tell_accepted(request: MatchRequest, *, actor: User) -> None:
    """Tell who asked that the request was accepted, and a mentee who the mentor is now."""
    now = MentoringGroup.objects.active().filter(cohort=request.group.cohort).with_people()
    group = now.filter(members__in=GroupMember.objects.present().filter(user=request.mentee)).get()
    names = {"mentee": request.mentee, "mentor": group.mentor}
    if request.by_mentor:
        text = _("Your request was accepted: %(mentee)s has another mentor now.") % names
        notify([request.asked_by], "match_answered", text, page_of(request.group), exclude=actor)
    else:
        text = _("Your request for another match was accepted. Your mentor is %(mentor)s now.") % names
        notify([request.asked_by], "match_answered", text, group.get_absolute_url(), exclude=actor)
