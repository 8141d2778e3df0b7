"""A person's notices belong to the person."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.notices.models import MailChoice, Notice
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, RETENTION_RULES, Held, PrivacyHandler, RetentionRule


@hooks.register(PRIVACY_HANDLERS.name)
def notices() -> PrivacyHandler:
    return PrivacyHandler(
        name="notices",
        models=["lms_notices.Notice", "lms_notices.MailChoice"],
        export=None,
        erase=erase,
        label=_("Notices"),
        titles=["lms_notices.notice.text"],
        held=[Held("lms_notices.notice", about="recipient"), Held("lms_notices.mailchoice")],
    )


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
