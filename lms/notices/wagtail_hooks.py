"""A person's notices belong to the person."""

from typing import Any

from wagtail import hooks

from lms.notices.models import MailChoice, Notice
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, PrivacyHandler


@hooks.register(PRIVACY_HANDLERS.name)
def notices() -> PrivacyHandler:
    return PrivacyHandler(
        name="notices", models=["lms_notices.Notice", "lms_notices.MailChoice"], export=export, erase=erase
    )


def export(user: User) -> dict[str, Any]:
    rows = Notice.objects.filter(recipient=user).values("text", "url", "created_at")
    return {
        "notices": [row | {"created_at": row["created_at"].isoformat()} for row in rows],
        "not_by_mail": list(MailChoice.objects.filter(user=user).values_list("kind", flat=True)),
    }


def erase(user: User) -> None:
    Notice.objects.filter(recipient=user).delete()
    MailChoice.objects.filter(user=user).delete()
