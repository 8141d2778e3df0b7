"""Entering mentors into the mentors' database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.profiles.actions.index import index_mentor
from mentoring_ext.profiles.models import MentorProfile


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
    index_mentor(profile)
    record("joined", profile, actor=actor, at=at, data={"origin": origin})
    text = _("You are in the mentors' database. Please fill in your sheet.")
    notify([user], "mentor_entered", text, reverse("mentoring_profiles:mentor_sheet"), exclude=actor)
    return profile
