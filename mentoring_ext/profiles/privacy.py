"""What this room keeps of a person, for one's own data and for erasure."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.files.actions import delete_file
from lms.people.models import User
from lms.plugins import Held, PrivacyHandler
from mentoring_ext.profiles.models import (
    ContactRequest,
    GraduateInvitation,
    HoursTold,
    MenteeProfile,
    MentorNote,
    MentorProfile,
    SavedView,
    SensitiveDetails,
    SheetDraft,
)

ONE_EACH = (MentorProfile, MenteeProfile, SensitiveDetails, GraduateInvitation)
MODELS = (*ONE_EACH, SheetDraft, HoursTold, ContactRequest, MentorNote, SavedView)


STAFF = "It names a colleague; what that colleague wrote is told."
REPORT = "Who reports something is protected; the coordinators deal with it."

HELD = (
    *(Held(f"mentoring_profiles.{model.__name__}") for model in ONE_EACH),
    Held("mentoring_profiles.PublicProfile", about="mentor__user"),
    Held("mentoring_profiles.SheetDraft"),
    Held("mentoring_profiles.HoursTold"),
    Held(
        "mentoring_profiles.ContactRequest",
        about=("sender", "mentor__user"),
        left_out={"report": REPORT, "reported_by": REPORT, "reported_at": REPORT, "settled_by": REPORT},
    ),
    Held("mentoring_profiles.MentorNote", about=("mentor__user", "author"), left_out={"author": STAFF}),
    Held("mentoring_profiles.SavedView", about="owner"),
)


def handler() -> PrivacyHandler:
    """Return the room's privacy handler."""
    return PrivacyHandler(
        name="profiles",
        models=[f"mentoring_profiles.{model.__name__}" for model in MODELS],
        export=None,
        erase=erase,
        label=_("Your sheets"),
        held=HELD,
    )


def erase(user: User) -> None:
    """Delete what is the person's own; what they did for others loses its name."""
    for profile in MentorProfile.objects.filter(user=user).exclude(picture=None).select_related("picture"):
        if profile.picture:
            delete_file(profile.picture, actor=None)
    for kind in ONE_EACH:
        kind._default_manager.filter(user=user).delete()
    SheetDraft.objects.filter(user=user).delete()
    HoursTold.objects.filter(user=user).delete()
    SavedView.objects.filter(owner=user).delete()
    ContactRequest.objects.filter(Q(sender=user) | Q(mentor__user=user)).delete()
    GraduateInvitation.objects.filter(invited_by=user).update(invited_by=None)
    MentorNote.objects.filter(author=user).update(author=None)
    ContactRequest.objects.filter(reported_by=user).update(reported_by=None)
    ContactRequest.objects.filter(settled_by=user).update(settled_by=None)
