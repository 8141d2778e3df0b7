"""Who may see, plan and register sessions."""

import rules
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import Person, describe
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.groups.permissions import coordinates, is_member, is_mentor_of, is_open
from mentoring_ext.sessions.models import Session


@rules.predicate
def sees_group(user: Person, session: Session) -> bool:
    """The person is in the session's group or coordinates it."""
    return bool((is_member | coordinates).test(user, session.group))


@rules.predicate
def was_there(user: Person, session: Session) -> bool:
    """The person stands on the session's form, or wrote it as the group's mentor of then."""
    return Session.objects.filter(pk=session.pk).lived_through_by(user).exists()


def is_changed_since(user: Person, session: Session) -> bool:
    """Return whether the form was written anew after ``user`` had left the group: that is not for them any more."""
    left = GroupMember.objects.filter(group=session.group_id, user=user.pk).values_list("left_at", flat=True).first()
    return left is not None and session.registered_at is not None and session.registered_at > left


@rules.predicate
def leads(user: Person, session: Session) -> bool:
    """The person is the mentor or the coordinator of the session's group, which is open."""
    return bool(((is_mentor_of | coordinates) & is_open).test(user, session.group))


@rules.predicate
def reads_in_confidence(user: Person, session: Session) -> bool:
    """The person coordinates the group without being in it, so reading the form is noted."""
    return bool(coordinates.test(user, session.group)) and not is_member.test(user, session.group)


rules.add_perm("mentoring_sessions.schedule_sessions", (is_mentor_of | coordinates) & is_open)
rules.add_perm("mentoring_sessions.view_session", sees_group | was_there)
rules.add_perm("mentoring_sessions.move_session", leads)
rules.add_perm("mentoring_sessions.register_session", leads)

describe(
    "mentoring_sessions.schedule_sessions", _("set the dates of a group’s sessions"), MentoringGroup.objects.visible_to
)
describe("mentoring_sessions.view_session", _("see when a session is and how it went"), Session.objects.visible_to)
describe("mentoring_sessions.move_session", _("move a session to another day"), Session.objects.visible_to)
describe("mentoring_sessions.register_session", _("fill in the form of a session"), Session.objects.visible_to)
