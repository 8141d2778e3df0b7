"""One's own account."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS


@transaction.atomic
def change_account(user: User, *, actor: User, first_name: str, last_name: str, language: str) -> User:
    """Change the name and the language that a person set for themselves."""
    user.first_name, user.last_name, user.language = first_name, last_name, language
    user.save(update_fields=["first_name", "last_name", "language"])
    record("changed", user, actor=actor)
    return user


@transaction.atomic
def export_data(user: User) -> dict[str, Any]:
    """Return everything that the rooms hold of a person, by the name of the room's privacy handler."""
    record("exported", user, actor=user)
    return {handler.name: handler.export(user) for handler in PRIVACY_HANDLERS.collect() if handler.export}


@transaction.atomic
def keep_address(user: User) -> None:
    """Have the address that the account was given count as confirmed: whoever gave it answers for it."""
    if not user.email or EmailAddress.objects.filter(user=user, verified=True).exists():
        return
    EmailAddress.objects.filter(user=user, primary=True).update(primary=False)
    given = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=user, email=user.email.lower(), defaults=given)
