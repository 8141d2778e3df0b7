"""Makers of sheets, and of what mentors show of theirs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from lms.people.models import User
from lms.privacy.actions import give_consent
from mentoring_ext.profiles.actions import index_mentor, request_contact, show_profile
from mentoring_ext.profiles.choices import PublicField
from mentoring_ext.profiles.models import (
    ContactRequest,
    MenteeProfile,
    MentorProfile,
    PublicProfile,
    SensitiveDetails,
)
from tests.make.lms import make_user
from tests.make.numbers import numbers
from tests.make.times import AUTUMN

SHEET: dict[str, Any] = {
    "state": "complete",
    "first_language": "el",
    "languages": ["el", "en"],
    "area": "arts.visual",
    "interests": ["music", "film"],
    "motives": ["work", "confidence"],
    "objectives": ["search", "create"],
    "digital_level": {"information": 2, "content": 1, "collaboration": 1, "marketing": 0, "problems": 1},
    "style_words": 3,
    "style_plan": 2,
    "style_group": 4,
    "style_pace": 3,
    "availability": [9, 10, 11, 34, 35],
    "online": True,
    "in_person": False,
    "support": ["steps", "practice"],
    "guidance": 3,
}


def make_mentor_profile(**fields: Any) -> MentorProfile:
    """Make a complete sheet, with its consent, of a mentor who stands in the mentors' database and its index."""
    own: dict[str, Any] = {
        "origin": MentorProfile.Origin.EXTERNAL,
        "entered_at": datetime(2026, 8, 1, 12, tzinfo=UTC) + timedelta(minutes=next(numbers)),
        "country": "GR",
        "headline": "Designer and trainer",
        "competences": ["content", "teaching"],
        "groups_before": 1,
        "capacity": 3,
        "digital_level": {"information": 4, "content": 4, "collaboration": 3, "marketing": 2, "problems": 3},
    }
    fields.setdefault("user", None)
    fields["user"] = fields["user"] or make_user()
    profile = MentorProfile.objects.create(**SHEET | own | fields)
    index_mentor(profile)
    _agree_to_be_matched(profile)
    return profile


def make_mentee_profile(**fields: Any) -> MenteeProfile:
    """Make a complete sheet of a mentee."""
    own: dict[str, Any] = {"goals": "Sell my jewellery on the internet.", "mixed_gender": "yes"}
    fields.setdefault("user", None)
    fields["user"] = fields["user"] or make_user()
    profile = MenteeProfile.objects.create(**SHEET | own | fields)
    _agree_to_be_matched(profile)
    return profile


def _agree_to_be_matched(profile: MentorProfile | MenteeProfile) -> None:
    if profile.is_complete:
        give_consent(profile.user, "matching", at=datetime(2026, 8, 2, 12, tzinfo=UTC))


def make_public_profile(mentor: MentorProfile | None = None, **fields: Any) -> PublicProfile:
    """Make what a mentor shows of the sheet, with the consent: everything, to mentees and staff."""
    mentor = mentor or make_mentor_profile()
    give_consent(mentor.user, "public_profile", at=AUTUMN)
    defaults: dict[str, Any] = {"shown": PublicField.values, "for_everybody": False, "at": AUTUMN}
    return show_profile(mentor, actor=mentor.user, **defaults | fields)


def make_contact_request(profile: PublicProfile, sender: User, **fields: Any) -> ContactRequest:
    """Make a request for contact that waits for the mentor's answer."""
    defaults: dict[str, Any] = {"purpose": "question", "message": "How did you begin?", "at": AUTUMN}
    return request_contact(profile, actor=sender, **defaults | fields)


def make_details(user: User, **told: Any) -> SensitiveDetails:
    """Make a person's sensitive details, with the consent."""
    give_consent(user, "sensitive", at=datetime(2026, 8, 2, 12, tzinfo=UTC))
    return SensitiveDetails.objects.create(user=user, **told)
