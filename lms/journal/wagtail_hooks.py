"""A person's journal entries: exported whole; erased by taking the name away, so that counts stay."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.journal.models import Entry
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, RETENTION_RULES, Held, PrivacyHandler, RetentionRule


@hooks.register(PRIVACY_HANDLERS.name)
def journal() -> PrivacyHandler:
    return PrivacyHandler(
        name="journal",
        models=["lms_journal.Entry"],
        export=None,
        erase=erase,
        label=_("What you did here"),
        held=[Held("lms_journal.entry", about="actor")],
    )


def erase(user: User) -> None:
    Entry.objects.filter(actor=user).update(actor=None)


@hooks.register(RETENTION_RULES.name)
def old_entries() -> RetentionRule:
    return RetentionRule(
        name="journal",
        label=_("The journal: who did what"),
        days=5 * 365,
        text=_("The entries are deleted. What they were about stays."),
        enforce=lambda before: _older(before).delete()[0],
        count=lambda before: _older(before).count(),
        fewest=365,
    )


def _older(before: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(at__lt=before)
