"""One's own account."""

from allauth.account.models import EmailAddress
from django.db import transaction

from lms.journal.actions import record
from lms.people.models import User


@transaction.atomic
def change_account(user: User, *, actor: User, first_name: str, last_name: str, language: str) -> User:
    """Change the name and the language that a person set for themselves."""
    user.first_name, user.last_name, user.language = first_name, last_name, language
    user.save(update_fields=["first_name", "last_name", "language"])
    record("changed", user, actor=actor)
    return user


@transaction.atomic
def keep_address(user: User) -> None:
    """Have the address that the account was given count as confirmed: whoever gave it answers for it."""
    if not user.email or EmailAddress.objects.filter(user=user, verified=True).exists():
        return
    EmailAddress.objects.filter(user=user, primary=True).update(primary=False)
    given = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=user, email=user.email.lower(), defaults=given)
