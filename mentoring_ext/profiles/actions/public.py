"""Showing a mentor's profile to others, by the mentor's own agreement."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.profiles.actions.index import index_mentor
from mentoring_ext.profiles.models import MentorProfile, PublicProfile


@transaction.atomic
def show_profile(
    mentor: MentorProfile, *, actor: User, shown: Iterable[str], for_everybody: bool, at: datetime
) -> PublicProfile:
    """Show the chosen parts of a mentor's sheet to mentees and staff or, with ``for_everybody``, without an account."""
    profile, new = PublicProfile.objects.update_or_create(
        mentor=mentor,
        defaults={"shown": list(shown), "for_everybody": for_everybody},
        create_defaults={"shown": list(shown), "for_everybody": for_everybody, "published_at": at},
    )
    index_mentor(mentor)
    record("published" if new else "changed", profile, actor=actor, context=mentor, at=at)
    return profile


@transaction.atomic
def hide_profile(mentor: MentorProfile, *, actor: User, at: datetime) -> None:
    """Take the profile away from everybody at once; conversations that came of it go on."""
    gone, _rows = PublicProfile.objects.filter(mentor=mentor).delete()
    if gone:
        index_mentor(mentor)
        record("withdrew", mentor, actor=actor, at=at, data={"what": "public_profile"})
