"""Filling in sheets, entering mentors into the database, and inviting graduates to become mentors."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.profiles.errors import AlreadyAnswered, AlreadyInvited, AlreadyMentor, NotCompleted
from mentoring_ext.profiles.models import (
    GraduateInvitation,
    MenteeProfile,
    MentorProfile,
    SensitiveDetails,
    Sheet,
    SheetState,
)
from mentoring_ext.programmes.models import CohortMembership, Role

Profile = MentorProfile | MenteeProfile

CARRIED_OVER = [
    "first_language", "languages", "area", "interests", "motives", "objectives", "digital_level", "style_words",
    "style_plan", "style_group", "style_pace", "availability", "online", "in_person", "place", "access",
]  # fmt: skip
"""What a graduate's sheet as mentee has in common with the sheet as mentor."""


@transaction.atomic
def save_sheet(
    profile: Profile,
    *,
    actor: User,
    values: Mapping[str, Any],
    sensitive: Mapping[str, Any] | None = None,
    at: datetime,
) -> Profile:
    """Keep what was typed on one step; the sheet stays a draft or complete as it was.

    ``sensitive`` (None: not asked on this step) is kept only with its ``sensitive_consent``.
    """
    return _save(profile, actor=actor, values=values, sensitive=sensitive, at=at)


@transaction.atomic
def finish_sheet(
    profile: Profile,
    *,
    actor: User,
    values: Mapping[str, Any],
    sensitive: Mapping[str, Any] | None = None,
    at: datetime,
) -> Profile:
    """Keep the checked values and mark the sheet as complete, with the consent to be matched by it.

    A mentor of a cohort who was not in the mentors' database yet stands there from now on.
    """
    profile.state = SheetState.COMPLETE
    profile.consented_at = profile.consented_at or at
    _save(profile, actor=actor, values=values, sensitive=sensitive, at=at)
    if isinstance(profile, MentorProfile):
        enter_mentor(profile.user, origin=profile.origin, actor=actor, at=at)
        profile.refresh_from_db()
    return profile


def _save(
    profile: Profile, *, actor: User, values: Mapping[str, Any], sensitive: Mapping[str, Any] | None, at: datetime
) -> Profile:
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save()
    if sensitive is not None:
        _save_sensitive(profile.user, sensitive, at=at)
    record("completed" if profile.is_complete else "changed", profile, actor=actor, at=at)
    return profile


def _save_sensitive(user: User, values: Mapping[str, Any], *, at: datetime) -> None:
    """Keep the sensitive details only with consent; without it everything told before is removed."""
    if not values.get("sensitive_consent"):
        SensitiveDetails.objects.filter(user=user).delete()
        return
    known = {name: value for name, value in values.items() if name != "sensitive_consent"}
    SensitiveDetails.objects.update_or_create(user=user, defaults=known, create_defaults={**known, "consented_at": at})


@transaction.atomic
def enter_mentor(
    user: User,
    *,
    origin: str,
    actor: User | None,
    at: datetime,
    known: Mapping[str, Any] | None = None,
) -> MentorProfile:
    """Put a person into the mentors' database and ask for the sheet; a second time changes nothing.

    ``origin`` is one of ``MentorProfile.Origin``. ``known`` fills fields of a new sheet, say from an application.
    """
    profile, new = MentorProfile.objects.select_for_update().get_or_create(
        user=user, defaults={"origin": origin, **(known or {})}
    )
    if profile.entered_at is not None:
        return profile
    profile.entered_at = at
    if not new:
        profile.origin = origin
    profile.save()
    record("joined", profile, actor=actor, at=at, data={"origin": origin})
    text = _("You are in the mentors' database. Please fill in your sheet.")
    notify([user], "mentor_entered", text, reverse("mentoring_profiles:mentor_sheet"), exclude=actor)
    return profile


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


def sheet_of(user: User, kind: type[Sheet]) -> Profile:
    """Return the person's sheet of that kind, or a new one that is not saved yet."""
    if kind is MentorProfile:
        return MentorProfile.objects.filter(user=user).first() or MentorProfile(user=user, origin=_origin_of(user))
    return MenteeProfile.objects.filter(user=user).first() or MenteeProfile(user=user)


def _origin_of(user: User) -> str:
    in_house = user.organisation_id is not None
    return MentorProfile.Origin.IN_HOUSE if in_house else MentorProfile.Origin.EXTERNAL
