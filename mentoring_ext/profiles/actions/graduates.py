"""Inviting graduates to become mentors, and their answers."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.profiles.actions.entering import enter_mentor
from mentoring_ext.profiles.errors import AlreadyAnswered, AlreadyInvited, AlreadyMentor, NotCompleted
from mentoring_ext.profiles.models import GraduateInvitation, MenteeProfile, MentorProfile
from mentoring_ext.programmes.models import CohortMembership, Role

CARRIED_OVER = [
    "first_language", "languages", "area", "interests", "motives", "objectives", "digital_level", "style_words",
    "style_plan", "style_group", "style_pace", "availability", "online", "in_person", "place", "access",
]  # fmt: skip
"""What a graduate's sheet as mentee has in common with the sheet as mentor."""


@transaction.atomic
def invite_graduate(user: User, *, actor: User, at: datetime) -> GraduateInvitation:
    """Invite a mentee who completed the programme to become a mentor.

    Raises ``NotCompleted``, ``AlreadyMentor`` or ``AlreadyInvited``. Who said no may be asked again.
    """
    if not has_completed(user):
        raise NotCompleted
    if MentorProfile.objects.entered().filter(user=user).exists():
        raise AlreadyMentor
    if GraduateInvitation.objects.filter(user=user, answered_at=None).exists():
        raise AlreadyInvited
    invitation, _new = GraduateInvitation.objects.update_or_create(
        user=user, defaults={"invited_by": actor, "invited_at": at, "answered_at": None, "accepted": None}
    )
    record("invited", invitation, actor=actor, at=at)
    text = _("You completed the programme. Would you like to become a mentor?")
    notify([user], "graduate_invited", text, invitation.get_absolute_url())
    return invitation


def has_completed(user: User) -> bool:
    """Return whether the person completed a cohort as a mentee."""
    completed = CohortMembership.State.COMPLETED
    return CohortMembership.objects.filter(user=user, role=Role.MENTEE, state=completed).exists()


@transaction.atomic
def accept_graduate_invitation(invitation: GraduateInvitation, *, actor: User, at: datetime) -> MentorProfile:
    """Enter the graduate as a mentor with the sheet carried over; raise ``AlreadyAnswered`` the second time."""
    _answer(invitation, accepted=True, actor=actor, at=at)
    sheet = MenteeProfile.objects.filter(user=invitation.user).first()
    known = {name: getattr(sheet, name) for name in CARRIED_OVER} if sheet else {}
    profile = enter_mentor(
        invitation.user, origin=MentorProfile.Origin.GRADUATE, actor=actor, at=at, known={**known, "groups_before": 0}
    )
    _tell_inviter(invitation, _("%(name)s said yes and is in the mentors' database now."), profile.get_absolute_url())
    return profile


@transaction.atomic
def decline_graduate_invitation(invitation: GraduateInvitation, *, actor: User, at: datetime) -> GraduateInvitation:
    """Keep that the graduate does not want to be a mentor now; raise ``AlreadyAnswered`` the second time."""
    _answer(invitation, accepted=False, actor=actor, at=at)
    _tell_inviter(
        invitation, _("%(name)s does not want to be a mentor now."), reverse("mentoring_profiles:mentor_list")
    )
    return invitation


def _answer(invitation: GraduateInvitation, *, accepted: bool, actor: User, at: datetime) -> None:
    answered = GraduateInvitation.objects.filter(pk=invitation.pk, answered_at=None)
    if not answered.update(answered_at=at, accepted=accepted):
        raise AlreadyAnswered
    invitation.answered_at, invitation.accepted = at, accepted
    record("accepted" if accepted else "declined", invitation, actor=actor, at=at)


def _tell_inviter(invitation: GraduateInvitation, text: str, url: str) -> None:
    if invitation.invited_by:
        notify([invitation.invited_by], "graduate_answered", text % {"name": invitation.user}, url)
