"""Giving consent and taking it back, and publishing what people are asked to agree to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from lms.journal.actions import record, record_each
from lms.people.models import User
from lms.plugins import CONSENT_PURPOSES, ConsentPurpose
from lms.privacy import errors
from lms.privacy.models import Consent, ConsentText, ConsentVersion

SHORTEST_NOTICE = timedelta(days=7)
"""Whoever has to agree again gets at least this long."""


def purposes() -> dict[str, ConsentPurpose]:
    """Return every registered purpose of consent by name."""
    return {purpose.name: purpose for purpose in CONSENT_PURPOSES.collect()}


def has_consent(user: User, name: str, *, at: datetime | None = None) -> bool:
    """Return whether the person's consent to ``name`` counts, as of ``at`` or now."""
    return Consent.objects.counting(name, at or timezone.now()).filter(user=user).exists()


@transaction.atomic
def give_consent(
    user: User, name: str, *, at: datetime, actor: User | None = None, way: str = Consent.Way.FORM, language: str = ""
) -> Consent:
    """Keep that the person agrees to the newest text of ``name``; a second time changes nothing.

    ``actor`` is who enters it, for consents on paper; the person by default. Rooms that wait for it are told.
    Raises ``NoSuchConsent`` ("no_such_consent").
    """
    User.objects.select_for_update().get(pk=user.pk)
    version = ConsentVersion.objects.newest_of(name)
    if version is None:
        raise errors.NoSuchConsent
    if given := Consent.objects.open().filter(user=user, version=version).first():
        return given
    # The newer consent takes the place of the older one.
    Consent.objects.open().filter(user=user, version__name=name).update(lapsed_at=at)
    given = _agreed(user, version, at=at, actor=actor, way=way, language=language)
    given.save()
    record("consented", given, actor=actor or user, data={"consent": name, "version": version.number}, at=at)
    if react := purposes()[name].given:
        react(user, at)
    return given


@transaction.atomic
def give_consents(
    users: Sequence[User], name: str, *, at: datetime, actor: User | None = None, way: str = Consent.Way.FORM
) -> list[Consent]:
    """Keep that each of these people agrees, as ``give_consent`` does, in a few statements for hundreds.

    Returns the new consents; who agrees already has none among them. Raises ``NoSuchConsent`` ("no_such_consent").
    """
    keys = [user.pk for user in users]
    # Those who might give it in the same moment wait.
    list(User.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    version = ConsentVersion.objects.newest_of(name)
    if version is None:
        raise errors.NoSuchConsent
    held = Consent.objects.open().filter(user__in=keys)
    there = set(held.filter(version=version).values_list("user", flat=True))
    new = {user.pk: user for user in users if user.pk not in there}
    held.filter(user__in=new, version__name=name).update(lapsed_at=at)
    given = Consent.objects.bulk_create(_agreed(user, version, at=at, actor=actor, way=way) for user in new.values())
    data = {"consent": name, "version": version.number}
    for consent in given:
        if not consent.entered_by_id:
            record("consented", consent, actor=consent.user, data=data, at=at)
    record_each("consented", [(each, data) for each in given if each.entered_by_id], actor=actor, at=at)
    if react := purposes()[name].given:
        for user in new.values():
            react(user, at)
    return given


def _agreed(
    user: User, version: ConsentVersion, *, at: datetime, actor: User | None, way: str, language: str = ""
) -> Consent:
    """Return the consent of a person, not saved yet."""
    entered_by = actor if actor != user else None
    language = language or get_language() or user.language
    return Consent(user=user, version=version, given_at=at, entered_by=entered_by, way=way, language=language)


@transaction.atomic
def withdraw_consent(user: User, name: str, *, at: datetime, actor: User | None = None) -> bool:
    """Take the person's consent to ``name`` back, at once and everywhere; return whether there was one.

    Raises ``NotToWithdraw`` ("not_to_withdraw").
    """
    purpose = purposes()[name]
    if not purpose.withdrawable:
        raise errors.NotToWithdraw
    held = list(Consent.objects.open().select_for_update().filter(user=user, version__name=name))
    for consent in held:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        record("withdrew", consent, actor=actor or user, data={"consent": name}, at=at)
    if purpose.ended:
        purpose.ended(user, at)
    return bool(held)


@dataclass(frozen=True)
class Words:
    """The words of a consent in one language."""

    title: str
    text: str
    changes: str = ""


@transaction.atomic
def publish_consent(
    name: str, *, actor: User | None, words: Mapping[str, Words], at: datetime, renew_by: datetime | None = None
) -> ConsentVersion:
    """Publish a new version of a consent's text, with its words by language.

    With ``renew_by``, consents to older versions count until then; people are asked to agree again.
    Raises ``NotNewer`` ("not_newer"), ``RenewalTooEarly`` ("renewal_too_early").
    """
    if renew_by and renew_by < at + SHORTEST_NOTICE:
        raise errors.RenewalTooEarly
    last = ConsentVersion.objects.select_for_update().newest_of(name)
    if last and _words_of(last) == {code: (said.title, said.text) for code, said in words.items()}:
        raise errors.NotNewer
    number = last.number + 1 if last else 1
    version = ConsentVersion.objects.create(
        name=name, number=number, published_at=at, published_by=actor, renew_by=renew_by if last else None
    )
    for language, said in words.items():
        ConsentText.objects.create(
            version=version, language=language, title=said.title, text=said.text, changes=said.changes
        )
    record("published", version, actor=actor, data={"consent": name, "version": number}, at=at)
    return version


def _words_of(version: ConsentVersion) -> dict[str, tuple[str, str]]:
    return {text.language: (text.title, text.text) for text in version.texts.all()}


def lapse_consents(at: datetime) -> int:
    """End the consents that a newer text has overtaken by ``at`` and tell the rooms; return how many."""
    overtaken = list(Consent.objects.overtaken(at).select_related("user", "version"))
    for consent in overtaken:
        _lapse(consent, at)
    return len(overtaken)


@transaction.atomic
def _lapse(consent: Consent, at: datetime) -> None:
    if not Consent.objects.overtaken(at).filter(pk=consent.pk).update(lapsed_at=at):
        return  # agreed again or taken back meanwhile
    record("lapsed", consent, actor=None, data={"consent": consent.version.name}, at=at)
    purpose = purposes().get(consent.version.name)
    if purpose and purpose.ended:
        purpose.ended(consent.user, at)
