"""One-time codes: making them, checking them, and what they lead to, a password of one's own."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from lms.journal.actions import record, record_each
from lms.people import errors
from lms.people.models import Invitation, OneTimeCode, User

ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
"""Capital letters and figures that nobody takes for another one, in print or in handwriting."""
SIGNS = 8
SALT = "lms.people.code"


def make_code(user: User, *, actor: User | None, reason: str, at: datetime) -> str:
    """Make a code for one person and return it, to be shown or printed now: it cannot be read again later.

    A code from before becomes void. Whether ``actor`` may help this person, the caller asks.
    """
    return make_codes([user], actor=actor, reason=reason, at=at)[user.pk]


@transaction.atomic
def make_codes(users: Iterable[User], *, actor: User | None, reason: str, at: datetime) -> dict[int, str]:
    """Make a code for each of these people and return them by the person's key; see ``make_code``."""
    people = list(users)
    codes = {user.pk: _new_code() for user in people}
    OneTimeCode.objects.filter(user__in=people).delete()
    OneTimeCode.objects.bulk_create(
        OneTimeCode(
            user=user,
            digest=_digest(user, codes[user.pk]),
            made_by=actor,
            reason=reason[:250],
            made_at=at,
            expires_at=at + timedelta(days=settings.CODE_DAYS),
        )
        for user in people
    )
    record_each("granted", ((user, {"code": True, "reason": reason}) for user in people), actor=actor, at=at)
    return codes


def _new_code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(SIGNS))
    return f"{signs[:4]}-{signs[4:]}"


def _digest(user: User, code: str) -> str:
    # The code is short: without the site's key the table alone does not give it away.
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac(SALT, f"{user.pk}:{plain}", algorithm="sha256").hexdigest()


def check_code(username: str, code: str, *, at: datetime) -> OneTimeCode:
    """Return the open code that fits the user name; a wrong one is counted, and ten make the right one void.

    Raises ``WrongCode`` ("wrong_code"), with one text for every reason: nobody learns who has an account.
    """
    held = OneTimeCode.objects.select_related("user").filter(user__username__iexact=username.strip()).first()
    if held is None:
        raise errors.WrongCode
    fits = constant_time_compare(held.digest, _digest(held.user, code))
    if not fits:
        # Counted at once and for good: whoever guesses gets no more than ten tries, at however many machines.
        OneTimeCode.objects.filter(pk=held.pk).update(tries=F("tries") + 1)
    if not fits or not held.user.is_active or not OneTimeCode.objects.open_at(at).filter(pk=held.pk).exists():
        raise errors.WrongCode
    return held


def redeem_code(username: str, code: str, *, at: datetime) -> User:
    """Use a code up and return whose it is. Raises ``WrongCode`` ("wrong_code")."""
    return _use_up(check_code(username, code, at=at), at)


@transaction.atomic
def choose_password(held: OneTimeCode, *, password: str, at: datetime) -> User:
    """Set the password that a checked code leads to; the code is used up by it. Raises ``WrongCode`` ("wrong_code").

    All other sessions of the person end, as with every new password.
    """
    user = _use_up(held, at)
    is_new = not user.has_usable_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    Invitation.objects.filter(user=user, accepted_at=None).update(accepted_at=at)
    record("joined" if is_new else "changed", user, actor=user, data={"code": True}, at=at)
    return user


def _use_up(held: OneTimeCode, at: datetime) -> User:
    # One statement decides, so that two browsers cannot use the same code.
    if not OneTimeCode.objects.open_at(at).filter(pk=held.pk, digest=held.digest).update(used_at=at):
        raise errors.WrongCode
    return User.objects.get(pk=held.user_id)
