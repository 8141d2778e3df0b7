"""What people do with groups: open one, keep its documents, and close it."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from forum.boards.actions import open_board, set_board_members
from forum.boards.models import Board
from forum.chat.actions import open_room, set_room_members
from forum.chat.models import Room
from lms.files.actions import store_upload
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.groups.errors import (
    AlreadyInGroup,
    GroupClosed,
    NotInCohort,
    NotInGroup,
    NotReady,
    SessionsMissing,
    WrongSize,
)
from mentoring_ext.groups.models import Document, GroupMember, MentoringGroup
from mentoring_ext.programmes.actions import complete_mentees, readiness, start_phase
from mentoring_ext.programmes.models import Cohort, CohortMembership, Phase, Role

DOCUMENT_KINDS = ("pdf", "docx", "xlsx", "odt", "png", "jpeg", "webp")
BEFORE_GROUPS = {Phase.Code.LAUNCH, Phase.Code.PREPARATION, Phase.Code.MATCHING}


@transaction.atomic
def open_group(
    cohort: Cohort,
    *,
    mentor: User,
    mentees: Sequence[User],
    actor: User,
    at: datetime,
    by_letter: bool = False,
) -> MentoringGroup:
    """Open a group with its own chat room and its own closed board, and tell everybody in it.

    ``by_letter``: a letter of its own goes to them, so that the notice stands on the site only. The first group takes
    the cohort into the phase "introduction". Raises ``WrongSize``, ``NotInCohort``, ``NotReady`` and
    ``AlreadyInGroup``.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("programme", "phase").get(pk=cohort.pk)
    if not 1 <= len(set(mentees)) <= cohort.programme.group_size:
        raise WrongSize
    _check_members(cohort, mentor, mentees)
    if GroupMember.objects.present().filter(group__in=cohort.groups.active().order_by(), user__in=mentees).exists():
        raise AlreadyInGroup
    name, people = _free_name(cohort, mentor), [mentor, *mentees]
    group = MentoringGroup.objects.create(
        cohort=cohort,
        name=name,
        mentor=mentor,
        room=open_room(name, actor=actor, kind=Room.Kind.GROUP, members=people),
        board=open_board(name, actor=actor, access=Board.Access.CLOSED, members=mentees, moderators=[mentor]),
        opened_at=at,
    )
    GroupMember.objects.bulk_create(GroupMember(group=group, user=mentee, joined_at=at) for mentee in mentees)
    record("created", group, actor=actor, context=cohort, data={"people": [p.pk for p in people]}, at=at)
    text = _("You are in the “%(group)s”. Meet the others there.") % {"group": group}
    kind = "group_opened_by_letter" if by_letter else "group_opened"
    notify(people, kind, text, group.get_absolute_url(), exclude=actor)
    if cohort.phase.code in BEFORE_GROUPS:
        start_phase(cohort, cohort.programme.phases.get(code=Phase.Code.INTRODUCTION), actor=actor)
    return group


def _check_members(cohort: Cohort, mentor: User, mentees: Sequence[User]) -> None:
    found = {(r.member.user_id, r.member.role): r for r in readiness(cohort, [mentor, *mentees])}
    wanted = [(mentor.pk, Role.MENTOR), *((mentee.pk, Role.MENTEE) for mentee in mentees)]
    if any(key not in found or found[key].member.state != CohortMembership.State.ACTIVE for key in wanted):
        raise NotInCohort
    if not all(found[key].ready for key in wanted):
        raise NotReady


def _free_name(cohort: Cohort, mentor: User) -> str:
    wanted = _("Group of %(mentor)s") % {"mentor": mentor}
    taken = set(cohort.groups.filter(name__startswith=wanted).values_list("name", flat=True))
    names = (wanted, *(f"{wanted} ({number})" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


@transaction.atomic
def add_document(
    group: MentoringGroup, *, actor: User, title: str, upload: "UploadedFile[bytes]", at: datetime
) -> Document:
    """Put a file into the group's space and tell the others.

    Raises ``GroupClosed``, and what ``lms.files.actions.store_upload`` raises.
    """
    if group.is_closed:
        raise GroupClosed
    stored = store_upload(upload, actor=actor, kinds=DOCUMENT_KINDS)
    document = Document.objects.create(group=group, file=stored, title=title, added_by=actor, added_at=at)
    record("uploaded", document, actor=actor, context=group, at=at)
    text = _("%(person)s added “%(title)s” to your group.") % {"person": actor, "title": title}
    notify(group.people(), "document_added", text, group.get_absolute_url(), exclude=actor)
    return document


@transaction.atomic
def close_group(group: MentoringGroup, *, actor: User, at: datetime, because: str = "") -> MentoringGroup:
    """Close a group. When all its sessions are registered, its mentees have completed the programme.

    Before the last session it needs a reason; then the mentees stay in the cohort and can join another group.
    What the group wrote stays readable for its members. Raises ``GroupClosed`` and ``SessionsMissing``.
    """
    group = MentoringGroup.objects.select_for_update(of=("self",)).select_related("cohort", "mentor").get(pk=group.pk)
    if group.is_closed:
        raise GroupClosed
    finished = MentoringGroup.objects.finished().filter(pk=group.pk).exists()
    if not finished and not because.strip():
        raise SessionsMissing
    group.state, group.closed_at = MentoringGroup.State.CLOSED, at
    group.save(update_fields=["state", "closed_at"])
    people = group.people()
    if finished:
        complete_mentees(group.cohort, people[1:], at=at)
    record("completed" if finished else "changed", group, actor=actor, context=group.cohort, data={"because": because})
    text = _("The “%(group)s” is closed. You can still read everything in it.") % {"group": group}
    notify(people, "group_closed", text, group.get_absolute_url(), exclude=actor)
    return group


@transaction.atomic
def change_mentor(group: MentoringGroup, *, mentor: User, actor: User, at: datetime) -> MentoringGroup:
    """Give a group to another mentor of its cohort: room, board and sessions go along, and everybody is told.

    A group that was called after its mentor is called after the new one. Raises ``GroupClosed``, ``NotInCohort`` and
    ``NotReady``.
    """
    group = MentoringGroup.objects.select_for_update(of=("self",)).select_related("cohort", "mentor").get(pk=group.pk)
    if group.is_closed:
        raise GroupClosed
    _check_members(group.cohort, mentor, [])
    before, mentees = group.mentor, group.people()[1:]
    if group.name.startswith(_("Group of %(mentor)s") % {"mentor": before}):
        group.name = _free_name(group.cohort, mentor)
    group.mentor = mentor
    group.save(update_fields=["mentor", "name"])
    _move_places(group, mentees, actor)
    record("handed_over", group, actor=actor, context=group.cohort, data={"from": before.pk, "to": mentor.pk}, at=at)
    text = _("%(mentor)s is now the mentor of “%(group)s”.") % {"mentor": mentor, "group": group}
    notify([mentor, *mentees], "group_opened", text, group.get_absolute_url(), exclude=actor)
    return group


@transaction.atomic
def leave_group(group: MentoringGroup, mentee: User, *, actor: User, at: datetime) -> GroupMember:
    """Take a mentee out of a group; the place in its history and all records stay, and the others are told.

    Raises ``GroupClosed`` and ``NotInGroup``.
    """
    group = _locked(group)
    member = group.members.present().filter(user=mentee).select_related("user").first()
    if member is None:
        raise NotInGroup
    member.left_at = at
    member.save(update_fields=["left_at"])
    others = group.people()
    _move_places(group, others[1:], actor)
    record("left", group, actor=actor, context=group.cohort, data={"person": mentee.pk}, at=at)
    text = _("%(person)s is not in “%(group)s” any more.") % {"person": mentee, "group": group}
    notify(others, "group_changed", text, group.get_absolute_url(), exclude=actor)
    return member


@transaction.atomic
def join_group(group: MentoringGroup, mentee: User, *, actor: User, at: datetime) -> GroupMember:
    """Take a mentee into a running group, and tell everybody in it; who comes back has the former row again.

    Raises ``GroupClosed``, ``AlreadyInGroup``, ``WrongSize``, ``NotInCohort`` and ``NotReady``.
    """
    group = _locked(group)
    if GroupMember.objects.present().filter(group__in=group.cohort.groups.active().order_by(), user=mentee).exists():
        raise AlreadyInGroup
    before = group.people()
    if len(before) > group.cohort.programme.group_size:
        raise WrongSize
    _check_members(group.cohort, group.mentor, [mentee])
    member, _new = GroupMember.objects.update_or_create(
        group=group, user=mentee, defaults={"left_at": None}, create_defaults={"joined_at": at}
    )
    _move_places(group, [*before[1:], mentee], actor)
    record("joined", group, actor=actor, context=group.cohort, data={"person": mentee.pk}, at=at)
    text = _("%(person)s is in “%(group)s” now.") % {"person": mentee, "group": group}
    notify(before, "group_changed", text, group.get_absolute_url(), exclude=actor)
    text = _("You are in the “%(group)s”. Meet the others there.") % {"group": group}
    notify([mentee], "group_opened", text, group.get_absolute_url(), exclude=actor)
    return member


def _locked(group: MentoringGroup) -> MentoringGroup:
    groups = MentoringGroup.objects.select_for_update(of=("self",)).select_related("cohort__programme", "mentor")
    group = groups.get(pk=group.pk)
    if group.is_closed:
        raise GroupClosed
    return group


def _move_places(group: MentoringGroup, mentees: list[User], actor: User) -> None:
    set_room_members(group.room, [group.mentor, *mentees], actor=actor)
    set_board_members(group.board, mentees, actor=actor, moderators=[group.mentor])
    Room.objects.filter(pk=group.room_id).update(title=group.name)
    Board.objects.filter(pk=group.board_id).update(title=group.name)
