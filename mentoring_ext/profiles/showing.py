"""What others see of a mentor: only what the mentor chose, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.people.permissions import Person
from lms.plugins import Text
from mentoring_ext.profiles import choices
from mentoring_ext.profiles.choices import PublicField
from mentoring_ext.profiles.models import ContactRequest, PublicProfile, PublicProfileQuerySet
from mentoring_ext.profiles.pages import PAGE, Page, key_of
from mentoring_ext.profiles.terms import words_in
from mentoring_ext.profiles.wording import words

_ONLINE, _IN_PERSON = _("Online"), _("In person")
_TITLES: dict[PublicField, Text] = {
    PublicField.EXPERIENCE: _("Experience"),
    PublicField.MOTIVATION: _("Why a mentor"),
    PublicField.COMPETENCES: _("Competences"),
    PublicField.LANGUAGES: _("Languages"),
    PublicField.AREA: _("Area of activity"),
    PublicField.INTERESTS: _("Interests"),
    PublicField.SUPPORT: _("Helps by"),
    PublicField.COUNTRY: _("Country and town"),
    PublicField.MEETING: _("Meets"),
}


@dataclass(frozen=True)
class Card:
    """A mentor as others see them; what the mentor did not choose is empty."""

    profile: PublicProfile
    name: str
    headline: str
    picture: int | None
    texts: list[tuple[Text, str]]
    facts: list[tuple[Text, list[Text]]]


def card_of(profile: PublicProfile) -> Card:
    """Return the mentor as others see them; ask for profiles ``with_mentor``."""
    mentor = profile.mentor
    meeting: list[Text] = [label for label, can in ((_ONLINE, mentor.online), (_IN_PERSON, mentor.in_person)) if can]
    place: list[Text] = [mentor.get_country_display() if mentor.country else "", mentor.place]
    texts = {PublicField.EXPERIENCE: mentor.experience, PublicField.MOTIVATION: mentor.motivation}
    facts: dict[PublicField, list[Text]] = {
        PublicField.COMPETENCES: words(choices.Competence, mentor.competences),
        PublicField.LANGUAGES: words(choices.Language, mentor.spoken),
        PublicField.AREA: [mentor.get_area_display()] if mentor.area else [],
        PublicField.INTERESTS: words(choices.Interest, mentor.interests),
        PublicField.SUPPORT: words(choices.Support, mentor.support),
        PublicField.COUNTRY: [word for word in place if word],
        PublicField.MEETING: meeting,
    }
    return Card(
        profile=profile,
        name=str(mentor.user),
        headline=mentor.headline,
        picture=mentor.pk if profile.shows(PublicField.PICTURE) and mentor.picture_id else None,
        texts=[(_TITLES[field], text) for field, text in texts.items() if profile.shows(field) and text],
        facts=[(_TITLES[field], found) for field, found in facts.items() if profile.shows(field) and found],
    )


def search(profiles: PublicProfileQuerySet, wanted: Mapping[str, Any]) -> PublicProfileQuerySet:
    """Keep the profiles that fit; what a mentor does not show is not found either."""
    found = profiles
    for name in ("competence", "language", "area"):
        if wanted.get(name):
            found = found.found_by(f"{name}:{wanted[name]}")
    for word in words_in(wanted.get("q") or ""):
        found = found.found_by(f"word:{word}", beginning=True)
    return found


def page_of(profiles: PublicProfileQuerySet, before: str | None) -> Page:
    """Return the page of cards that follows the profile with the key ``before``."""
    key = key_of(before)
    known = profiles.filter(pk=key).first() if key else None
    found = list(profiles.newest_first(before=known).with_mentor()[: PAGE + 1])
    return Page(
        [card_of(profile) for profile in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else None, known is None
    )


def request_between(profile: PublicProfile, user: Person) -> ContactRequest | None:
    """Return the newest request that ``user`` sent to this mentor."""
    if not user.is_authenticated:
        return None
    return ContactRequest.objects.filter(sender=user, mentor=profile.mentor).order_by("-sent_at").first()
