"""Filling in sheets for others out of a list, with what they agreed to on paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.journal.actions import record_each
from lms.notices.actions import notify
from lms.people.models import User
from lms.privacy.actions import give_consents
from lms.privacy.models import Consent
from mentoring_ext.profiles.actions.index import index_mentors
from mentoring_ext.profiles.actions.sheets import Profile
from mentoring_ext.profiles.forms.sheets import FORMS, SheetForm, initial_of
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, SensitiveDetails, SheetState
from mentoring_ext.profiles.steps import details_of

BATCH = 500


@dataclass(frozen=True)
class Listed:
    """What a list tells for one sheet: values by the form's field names, and what the person agreed to on paper.

    ``agreed``: to be matched by the sheet, which makes it complete; else it stays a draft for the person to finish.
    ``agreed_personal``: that the personal details are used.
    """

    values: Mapping[str, Any]
    agreed: bool = False
    agreed_personal: bool = False


@dataclass(frozen=True)
class Filling:
    """A listed sheet after its check: fields and messages of what is wrong, else what the sheet will hold.

    ``sheet_saved_at`` is when the sheet was saved against which it was checked, None for one that was not there.
    """

    wrong: list[tuple[str, str]]
    values: Mapping[str, Any]
    sensitive: Mapping[str, Any] | None
    agreed: bool
    sheet_saved_at: datetime | None

    def holds_for(self, profile: Profile) -> bool:
        """Whether the sheet is still the one against which this was checked."""
        return self.sheet_saved_at == (profile.saved_at if profile.pk else None)


def check_listed(profile: Profile | None, kind: type[Profile], listed: Listed) -> Filling:
    """Check what a list tells for a sheet as its form does; what it leaves out stays. ``profile`` is the one there."""
    form = _form(profile, kind, listed)
    wrong = [(name, str(message)) for name, messages in form.errors.items() for message in messages]
    saved_at = profile.saved_at if profile else None
    if wrong:
        return Filling(wrong, {}, None, listed.agreed, saved_at)
    sensitive = form.sensitive() if listed.agreed_personal else None
    return Filling([], form.values(), sensitive, listed.agreed, saved_at)


def _form(profile: Profile | None, kind: type[Profile], listed: Listed) -> SheetForm:
    before = initial_of(profile, details_of(profile)) if profile else {}
    told = {"sensitive_consent": True} if listed.agreed_personal else {}
    fields = [name for name in FORMS[kind].base_fields if name != "consent"]
    return FORMS[kind]({**before, **listed.values, **told}, only=fields, draft=not listed.agreed)


@transaction.atomic
def fill_sheets(
    sheets: Sequence[tuple[Profile, Filling]],
    *,
    actor: User,
    at: datetime,
    count: Callable[[int], None] = lambda done: None,
) -> None:
    """Fill in sheets that are not complete with what was checked, in a few statements for hundreds.

    They are complete with the agreement on paper; mentors then stand in the mentors' database. ``count`` hears of each
    sheet, and may raise to stop.
    """
    for start in range(0, len(sheets), BATCH):
        _fill(sheets[start : start + BATCH], actor, at, partial(_count_from, start, count))


def _count_from(start: int, count: Callable[[int], None], done: int) -> None:
    count(start + done)


def _fill(sheets: Sequence[tuple[Profile, Filling]], actor: User, at: datetime, count: Callable[[int], None]) -> None:
    agreed = [profile for profile, filling in sheets if filling.agreed]
    entered = [each for each in agreed if isinstance(each, MentorProfile) and each.entered_at is None]
    for done, (profile, filling) in enumerate(sheets):
        count(done)
        for name, value in filling.values.items():
            setattr(profile, name, value)
        profile.state = SheetState.COMPLETE if filling.agreed else profile.state
    for mentor in entered:
        mentor.entered_at = at
    _save_sheets([profile for profile, _filling in sheets])
    give_consents([profile.user for profile in agreed], "matching", actor=actor, at=at, way=Consent.Way.PAPER)
    _save_sensitive([(p.user, f.sensitive) for p, f in sheets if f.sensitive is not None], actor, at)
    for verb, complete in (("completed", True), ("changed", False)):
        record_each(verb, [(p, {}) for p, _f in sheets if p.is_complete == complete], actor=actor, at=at)
    _tell_of_entry(entered, actor, at)


def _save_sheets(profiles: Sequence[Profile]) -> None:
    """Save new sheets together and the others one by one, and bring the index of mentors up to date."""
    for profile in profiles:
        if profile.pk:
            profile.save()
    new = [profile for profile in profiles if not profile.pk]
    MentorProfile.objects.bulk_create(profile for profile in new if isinstance(profile, MentorProfile))
    MenteeProfile.objects.bulk_create(profile for profile in new if isinstance(profile, MenteeProfile))
    index_mentors(profile for profile in profiles if isinstance(profile, MentorProfile))


def _save_sensitive(told: Sequence[tuple[User, Mapping[str, Any]]], actor: User, at: datetime) -> None:
    give_consents([user for user, _values in told], "sensitive", actor=actor, at=at, way=Consent.Way.PAPER)
    names = [field.name for field in SensitiveDetails._meta.fields if field.name not in ("id", "user")]
    rows = [SensitiveDetails(user=user, **{name: values[name] for name in names}) for user, values in told]
    SensitiveDetails.objects.bulk_create(rows, update_conflicts=True, unique_fields=["user"], update_fields=names)


def _tell_of_entry(mentors: Sequence[MentorProfile], actor: User, at: datetime) -> None:
    record_each("joined", [(mentor, {"origin": mentor.origin}) for mentor in mentors], actor=actor, at=at)
    text = _("You are in the mentors' database. Please fill in your sheet.")
    people = [mentor.user for mentor in mentors]
    notify(people, "mentor_entered", text, reverse("mentoring_profiles:mentor_sheet"), exclude=actor)
