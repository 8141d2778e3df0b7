"""What a group's space shows: its sessions as beads, the next one, the agreement, and how much is new elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forum.boards.models import Board
from forum.chat.models import Room
from lms.people.models import User
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.groups.models import Document, MentoringGroup
from mentoring_ext.groups.permissions import coordinates, is_member, is_mentor_of
from mentoring_ext.sessions.beads import Bead, beads_of
from mentoring_ext.sessions.models import Session


@dataclass(frozen=True)
class Space:
    """A group's space as one person sees it; what belongs to the members only is empty for a coordinator."""

    inside: bool
    leads: bool
    coordinates: bool
    reads_all_pairs: bool
    beads: list[Bead]
    next_session: Session | None
    to_register: Session | None
    agreement: Agreement | None
    waits_for_me: bool
    unread_messages: int
    unread_topics: int
    documents: Sequence[Document]


def space_of(group: MentoringGroup, user: User, at: datetime) -> Space:
    """Read everything that the space shows in a fixed number of queries."""
    sessions = list(group.sessions.select_related("plan"))
    agreement = group.agreements.current().with_parties().first()
    inside = is_member.test(user, group)
    coordinating = bool(coordinates.test(user, group))
    room = Room.objects.filter(pk=group.room_id).with_unread(user).first() if inside else None
    board = Board.objects.filter(pk=group.board_id).with_newest(user).first() if inside else None
    return Space(
        inside=inside,
        leads=(coordinating or is_mentor_of.test(user, group)) and not group.is_closed,
        coordinates=coordinating and not group.is_closed,
        reads_all_pairs=coordinating or is_mentor_of.test(user, group),
        beads=beads_of(sessions, at),
        next_session=next((s for s in sessions if not s.is_held and s.ends_at > at), None),
        to_register=next((s for s in sessions if not s.is_held and s.ends_at <= at), None),
        agreement=agreement,
        waits_for_me=agreement is not None and agreement.waits_for(user),
        unread_messages=getattr(room, "unread_count", 0),
        unread_topics=getattr(board, "unread_count", 0),
        documents=list(group.documents.select_related("file", "added_by")[:20]) if inside else [],
    )
