"""What people of a group say to their match: confirm it, ask for another one, take the request back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.groups.errors import GroupClosed
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching import errors
from mentoring_ext.matching.models import Confirmation, MatchRequest, MatchRun
from mentoring_ext.programmes.models import CohortMembership, Role

FIRST_FIXED = 3
"""From this session on a group stays as it is."""
MOST_REQUESTS = 3
"""So often somebody can ask for another match of the same mentee within ``A_WHILE``: each one calls coordinators."""
A_WHILE = timedelta(days=1)


def begun(at: datetime) -> Q:
    """Return the filter of sessions after which a match stays: session 3 or later, held or begun."""
    return Q(number__gte=FIRST_FIXED) & (Q(state="held") | Q(starts_at__lte=at))


def check_changeable(group: MentoringGroup, at: datetime) -> None:
    """Raise ``GroupClosed``, ``TooLateToChange`` or ``NotPublished`` where the match cannot change."""
    if group.is_closed:
        raise GroupClosed
    if group.sessions.filter(begun(at)).exists():
        raise errors.TooLateToChange
    if not group.cohort.match_runs.filter(state=MatchRun.State.PUBLISHED).exists():
        raise errors.NotPublished


@transaction.atomic
def confirm_match(group: MentoringGroup, *, actor: User, at: datetime) -> Confirmation:
    """Confirm the match as mentor or mentee of the group; a second time changes nothing.

    An own request for another match that waits is taken back by it, and one that was declined is over. Raises as
    ``check_changeable`` does, and ``NotInThisGroup``.
    """
    group = _locked(group)
    check_changeable(group, at)
    if actor not in group.people():
        raise errors.NotInThisGroup
    for request in MatchRequest.objects.waiting().filter(group=group, asked_by=actor):
        withdraw_request(request, actor=actor, at=at)
    asked = MatchRequest.objects.filter(group=group, asked_by=actor).order_by("-asked_at").first()
    if asked is not None:
        Confirmation.objects.filter(group=group, user=actor, confirmed_at__lt=asked.asked_at).delete()
    found, is_new = Confirmation.objects.get_or_create(group=group, user=actor, defaults={"confirmed_at": at})
    if is_new:
        record("confirmed", found, actor=actor, context=group, at=at)
    return found


@transaction.atomic
def ask_for_change(
    group: MentoringGroup, mentee: User, *, actor: User, kind: str, words: str, at: datetime
) -> MatchRequest:
    """Ask for another mentor for a mentee of the group, as the mentee or as the mentor; the coordinators are told.

    Nobody else hears of it, and no notice holds the reason. An earlier confirmation stays: the others of the group see
    how many have confirmed. Raises as ``check_changeable`` does, ``ReasonMissing``, ``NotInThisGroup``,
    ``AskedAlready`` and ``AskedTooOften``.
    """
    group = _locked(group)
    check_changeable(group, at)
    if not words.strip():
        raise errors.ReasonMissing(field="words")
    if actor not in (mentee, group.mentor) or not group.members.present().filter(user=mentee).exists():
        raise errors.NotInThisGroup
    if MatchRequest.objects.waiting().filter(group=group, mentee=mentee, asked_by=actor).exists():
        raise errors.AskedAlready
    lately = MatchRequest.objects.filter(mentee=mentee, asked_by=actor, asked_at__gt=at - A_WHILE)
    if lately.count() >= MOST_REQUESTS:
        raise errors.AskedTooOften
    asked = {"group": group, "mentee": mentee, "asked_by": actor, "asked_at": at}
    request = MatchRequest.objects.create(kind=kind, words=words.strip(), **asked)
    record("proposed", request, actor=actor, context=group.cohort, at=at)
    text = _("Somebody of “%(group)s” asks for another match.") % {"group": group}
    notify(_coordinators(group), "match_asked", text, request.get_absolute_url(), exclude=actor)
    return request


@transaction.atomic
def withdraw_request(request: MatchRequest, *, actor: User, at: datetime) -> MatchRequest:
    """Take an own request back. Raises ``AlreadyAnswered``."""
    request = MatchRequest.objects.select_for_update(of=("self",)).select_related("group__cohort").get(pk=request.pk)
    if not request.is_waiting:
        raise errors.AlreadyAnswered
    request.state = MatchRequest.State.WITHDRAWN
    request.save(update_fields=["state"])
    record("withdrew", request, actor=actor, context=request.group.cohort, at=at)
    return request


def page_of(group: MentoringGroup) -> str:
    """Return the address at which people of the group confirm, ask, and read the answer."""
    return reverse("mentoring_matching:match_say", args=[group.pk])


def _coordinators(group: MentoringGroup) -> list[User]:
    there = group.cohort.memberships.in_role(Role.COORDINATOR).filter(state=CohortMembership.State.ACTIVE)
    return [membership.user for membership in there.select_related("user")]


def _locked(group: MentoringGroup) -> MentoringGroup:
    groups = MentoringGroup.objects.select_for_update(of=("self",)).select_related("cohort__programme", "mentor")
    return groups.get(pk=group.pk)
