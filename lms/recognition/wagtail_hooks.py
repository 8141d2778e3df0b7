"""A person's certificates in exports; erased, a certificate loses its name and no longer opens."""

from typing import Any

from wagtail import hooks

from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, PrivacyHandler
from lms.recognition.models import Certificate


@hooks.register(PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    return PrivacyHandler(name="recognition", models=["lms_recognition.Certificate"], export=export, erase=erase)


def export(user: User) -> dict[str, Any]:
    certificates = Certificate.objects.filter(user=user)
    return {"certificates": list(certificates.values("title", "name", "issued_at", "code"))}


def erase(user: User) -> None:
    Certificate.objects.filter(user=user).update(user=None, name="")
