"""Signed links of people without an account: a person's own page, and the page of a partner."""

import secrets

from django.core import signing

from mentoring_ext.registrations.models import Partner, Registration

CONFIRM = "mentoring_ext.registrations.confirm"
OWN = "mentoring_ext.registrations.own"
PARTNER = "mentoring_ext.registrations.partner"
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"


def new_code() -> str:
    """Return a short key that a person can write down; none of its signs is taken for another one."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(10))
    return f"{signs[:5]}-{signs[5:]}"


def confirm_token(registration: Registration) -> str:
    """Return the text of the link that confirms the address; it ends when the address is changed."""
    return signing.dumps([registration.pk, registration.email], salt=CONFIRM)


def own_token(registration: Registration) -> str:
    """Return the text of the link to the person's own page; it works as long as the registration is kept."""
    return signing.dumps(registration.pk, salt=OWN)


def partner_token(partner: Partner) -> str:
    """Return the text of the link by which a partner refers people."""
    return signing.dumps(partner.pk, salt=PARTNER)


def registration_to_confirm(token: str) -> Registration | None:
    """Return the registration of a confirmation link, or None when the link is broken or of another address."""
    found = _loads(token, CONFIRM)
    if not isinstance(found, list):
        return None
    registration = _registration(found[0])
    return registration if registration and registration.email == found[1] else None


def registration_of(token: str) -> Registration | None:
    """Return the registration of a person's own link, or None when the link is broken."""
    found = _loads(token, OWN)
    return _registration(found) if isinstance(found, int) else None


def registration_with(code: str, last_name: str) -> Registration | None:
    """Return the registration with this code, for somebody who knows its family name too."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    found = Registration.objects.filter(code=f"{signs[:5]}-{signs[5:]}", last_name__iexact=last_name.strip()).first()
    return _registration(found.pk) if found else None


def partner_of(token: str) -> Partner | None:
    """Return the partner of a link, unless it is broken or was ended."""
    found = _loads(token, PARTNER)
    partners = Partner.objects.filter(ended_at=None).select_related("opening__cohort__organisation")
    return partners.filter(pk=found).first() if isinstance(found, int) else None


def _loads(token: str, salt: str) -> object:
    try:
        return signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None


def _registration(pk: int) -> Registration | None:
    near = ("opening__cohort__organisation", "opening__version__questionnaire", "partner", "user", "referred_by")
    return Registration.objects.select_related(*near).filter(pk=pk).first()
