"""A person's notices belong to the person."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.notices.models import MailChoice, Notice
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, RETENTION_RULES, PrivacyHandler, RetentionRule


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


@hooks.register(RETENTION_RULES.name)
def old_notices() -> RetentionRule:
    return RetentionRule(
        name="notices",
        label=_("Notices"),
        days=365,
        text=_("Old notices are deleted, read or not."),
        enforce=lambda before: _older(before).delete()[0],
        count=lambda before: _older(before).count(),
        fewest=30,
    )


def _older(before: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(created_at__lt=before)
