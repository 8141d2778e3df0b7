"""What people agree to with their sheets, and what happens at once when they no longer do."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import ConsentPurpose
from mentoring_ext.profiles.actions.public import hide_profile
from mentoring_ext.profiles.models import (
    HoursTold,
    MenteeProfile,
    MentorProfile,
    SensitiveDetails,
    SheetDraft,
    SheetState,
)

FOLDER = Path(__file__).parent


def purposes() -> list[ConsentPurpose]:
    """Return the three consents of this room."""
    return [
        ConsentPurpose(
            name="matching",
            label=_("Being matched by your sheet"),
            offered_to=has_sheet,
            texts=FOLDER / "matching.yaml",
            ended=stop_matching,
            order=10,
        ),
        ConsentPurpose(
            name="sensitive",
            label=_("Using your sensitive details"),
            offered_to=has_details,
            texts=FOLDER / "sensitive.yaml",
            ended=forget_details,
            order=20,
        ),
        ConsentPurpose(
            name="public_profile",
            label=_("Showing your profile as a mentor"),
            offered_to=is_mentor,
            texts=FOLDER / "public_profile.yaml",
            ended=stop_showing,
            order=30,
        ),
    ]


def has_sheet(user: User) -> bool:
    """Return whether the person has filled in a sheet that could be matched."""
    return any(
        kind._default_manager.filter(user=user, state="complete").exists() for kind in (MentorProfile, MenteeProfile)
    )


def has_details(user: User) -> bool:
    """Return whether the person told something sensitive."""
    return SensitiveDetails.objects.filter(user=user).exists()


def is_mentor(user: User) -> bool:
    """Return whether the person stands in the mentors' database, or mentors somewhere."""
    return has_role(user, "mentor") or MentorProfile.objects.entered().filter(user=user).exists()


def stop_matching(user: User, at: datetime) -> None:
    """Make the person's sheets drafts again: no pairing takes them until they are sent with a new consent.

    What they told before goes.
    """
    HoursTold.objects.filter(user=user).delete()
    for kind in (MentorProfile, MenteeProfile):
        kind._default_manager.filter(user=user).update(state=SheetState.DRAFT)


def forget_details(user: User, at: datetime) -> None:
    """Remove the sensitive details, drafts of them too: nothing may be kept of them without consent."""
    SensitiveDetails.objects.filter(user=user).delete()
    SheetDraft.objects.filter(user=user, step="about").update(data={})


def stop_showing(user: User, at: datetime) -> None:
    """Take the person's public profile away from everybody."""
    mentor = MentorProfile.objects.filter(user=user).first()
    if mentor is not None:
        hide_profile(mentor, actor=user, at=at)
