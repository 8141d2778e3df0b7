"""Filling in sheets for others out of a list, with what they agreed to on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.people.models import User
from lms.privacy.models import Consent
from mentoring_ext.profiles.actions.sheets import Profile, finish_sheet, save_sheet
from mentoring_ext.profiles.forms.sheets import FORMS, SheetForm, initial_of
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile
from mentoring_ext.profiles.steps import details_of


@dataclass(frozen=True)
class Listed:
    """What a list tells for one sheet: values by the form's field names, and what the person agreed to on paper.

    ``agreed``: to be matched by the sheet, which makes it complete; else it stays a draft for the person to finish.
    ``agreed_personal``: that the personal details are used.
    """

    values: Mapping[str, Any]
    agreed: bool = False
    agreed_personal: bool = False


def wrong_in_listed(profile: Profile | None, kind: type[Profile], listed: Listed) -> Iterator[tuple[str, str]]:
    """Yield fields and messages: what would be wrong in the sheet; ``profile`` is the one that is there."""
    form = _form(profile, kind, listed)
    for name, messages in form.errors.items():
        yield from ((name, str(message)) for message in messages)


@transaction.atomic
def fill_listed(profile: Profile, listed: Listed, *, actor: User, at: datetime) -> Profile:
    """Fill in the sheet with what the list tells; what it leaves out stays. Complete with the agreement on paper.

    Raises ``ValueError`` where ``wrong_in_listed`` finds something.
    """
    kind = MentorProfile if isinstance(profile, MentorProfile) else MenteeProfile
    form = _form(profile if profile.pk else None, kind, listed)
    if not form.is_valid():
        raise ValueError("This sheet was not checked before")
    sensitive = form.sensitive() if listed.agreed_personal else None
    keep = finish_sheet if listed.agreed else save_sheet
    return keep(profile, actor=actor, values=form.values(), sensitive=sensitive, at=at, way=Consent.Way.PAPER)


def _form(profile: Profile | None, kind: type[Profile], listed: Listed) -> SheetForm:
    before = initial_of(profile, details_of(profile)) if profile else {}
    told = {"sensitive_consent": True} if listed.agreed_personal else {}
    fields = [name for name in FORMS[kind].base_fields if name != "consent"]
    return FORMS[kind]({**before, **listed.values, **told}, only=fields, draft=not listed.agreed)
