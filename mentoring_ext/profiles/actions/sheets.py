"""Filling in sheets."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from lms.files.actions import delete_file, store_upload
from lms.files.kinds import PICTURES
from lms.journal.actions import record
from lms.people.models import User
from lms.privacy.actions import give_consent, withdraw_consent
from lms.privacy.models import Consent
from mentoring_ext.profiles.actions.entering import enter_mentor
from mentoring_ext.profiles.actions.hours import keep_hours_told
from mentoring_ext.profiles.actions.index import index_mentor
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, SensitiveDetails, Sheet, SheetState

Profile = MentorProfile | MenteeProfile
BATCH = 500


@transaction.atomic
def save_sheet(
    profile: Profile,
    *,
    actor: User,
    values: Mapping[str, Any],
    sensitive: Mapping[str, Any] | None = None,
    at: datetime,
    way: str = Consent.Way.FORM,
) -> Profile:
    """Keep what was typed on one step; the sheet stays a draft or complete as it was.

    ``sensitive`` (None: not asked on this step) is kept only with its ``sensitive_consent``, given in this ``way``.
    """
    return _save(profile, actor=actor, values=values, sensitive=sensitive, at=at, way=way)


@transaction.atomic
def finish_sheet(
    profile: Profile,
    *,
    actor: User,
    values: Mapping[str, Any],
    sensitive: Mapping[str, Any] | None = None,
    at: datetime,
    way: str = Consent.Way.FORM,
) -> Profile:
    """Keep the checked values and mark the sheet as complete, with the consent to be matched by it.

    A mentor of a cohort who was not in the mentors' database yet stands there from now on.
    """
    profile.state = SheetState.COMPLETE
    give_consent(profile.user, "matching", actor=actor, at=at, way=way)
    _save(profile, actor=actor, values=values, sensitive=sensitive, at=at, way=way)
    if isinstance(profile, MentorProfile):
        enter_mentor(profile.user, origin=profile.origin, actor=actor, at=at)
        profile.refresh_from_db()
    return profile


def _save(
    profile: Profile,
    *,
    actor: User,
    values: Mapping[str, Any],
    sensitive: Mapping[str, Any] | None,
    at: datetime,
    way: str,
) -> Profile:
    if profile.pk and "availability" in values:
        keep_hours_told(profile, values["availability"], at=at)
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save()
    if isinstance(profile, MentorProfile):
        index_mentor(profile)
    if sensitive is not None:
        _save_sensitive(profile.user, sensitive, actor=actor, at=at, way=way)
    record("completed" if profile.is_complete else "changed", profile, actor=actor, at=at)
    return profile


def _save_sensitive(user: User, values: Mapping[str, Any], *, actor: User, at: datetime, way: str) -> None:
    """Keep the sensitive details only with consent; without it everything told before is removed."""
    if not values.get("sensitive_consent"):
        withdraw_consent(user, "sensitive", at=at)
        return
    give_consent(user, "sensitive", actor=actor, at=at, way=way)
    known = {name: value for name, value in values.items() if name != "sensitive_consent"}
    SensitiveDetails.objects.update_or_create(user=user, defaults=known)


@transaction.atomic
def change_picture(profile: MentorProfile, *, actor: User, upload: "UploadedFile[bytes] | None") -> MentorProfile:
    """Keep a new picture, drawn anew, or none; the one before is deleted.

    Raises what ``lms.files.actions.store_upload`` raises.
    """
    before = profile.picture
    profile.picture = store_upload(upload, actor=actor, kinds=PICTURES) if upload else None
    profile.save(update_fields=["picture", "saved_at"])
    if before is not None:
        delete_file(before, actor=actor)
    record("changed", profile, actor=actor, data={"picture": bool(upload)})
    return profile


def sheet_of(user: User, kind: type[Sheet]) -> Profile:
    """Return the person's sheet of that kind, or a new one that is not saved yet."""
    if kind is MentorProfile:
        return MentorProfile.objects.filter(user=user).first() or MentorProfile(user=user, origin=_origin_of(user))
    return MenteeProfile.objects.filter(user=user).first() or MenteeProfile(user=user)


def sheets_of(users: Sequence[User], kind: type[Profile]) -> dict[int, Profile]:
    """Return the sheets of these people by their keys, locked, and new ones that are not saved yet for the others."""
    found: dict[int, Profile] = {}
    for start in range(0, len(users), BATCH):
        some = {user.pk: user for user in users[start : start + BATCH]}
        for user in some.values():
            found[user.pk] = (
                MentorProfile(user=user, origin=_origin_of(user)) if kind is MentorProfile else MenteeProfile(user=user)
            )
        for sheet in kind._default_manager.select_for_update().filter(user__in=some):
            sheet.user = some[sheet.user_id]
            found[sheet.user_id] = sheet
    return found


def _origin_of(user: User) -> str:
    in_house = user.organisation_id is not None
    return MentorProfile.Origin.IN_HOUSE if in_house else MentorProfile.Origin.EXTERNAL
