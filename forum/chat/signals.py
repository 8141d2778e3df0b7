"""What happens elsewhere and closes sockets: signing out, a changed account, a second step that is missing."""

from functools import partial
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from forum.chat.hub import hub
from lms.people.models import User
from lms.people.signals import doors_changed, session_ended


@receiver(user_logged_out)
def close_sockets_of_session(request: HttpRequest | None, **kwargs: Any) -> None:
    """Close the sockets of the session that ends."""
    key = request.session.session_key if request is not None else None
    if key:
        transaction.on_commit(partial(hub.sign_out, key))


@receiver(post_save, sender=User)
def recheck_sockets_of_person(instance: User, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """Ask again whether the person may stay: the password may be new, or the account closed."""
    if update_fields != frozenset({"last_login"}):
        transaction.on_commit(partial(hub.recheck, [instance.pk]))


@receiver(session_ended)
def close_sockets_of_ended_session(key: str, **kwargs: Any) -> None:
    """Close the sockets of a session that was ended from elsewhere."""
    hub.sign_out(key)


@receiver(doors_changed)
def recheck_sockets_of_people(people: list[int], **kwargs: Any) -> None:
    """Ask again whether these people may stay."""
    hub.recheck(people)
