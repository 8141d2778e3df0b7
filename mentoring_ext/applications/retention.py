"""How long applications are kept: a rule for each stage, counted from when the application came into it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.plugins import RetentionRule, Text
from mentoring_ext.applications.actions import delete_application, throw_draft_away
from mentoring_ext.applications.models import OPEN_STAGES, Application, Draft, Stage
from mentoring_ext.applications.privacy import empty_application

DRAFT = "application_draft"
EMPTIED = _("Names, answers, pictures, files and what reviewers wrote are deleted. The stages stay for the figures.")


def rules() -> list[RetentionRule]:
    """Return the room's rules."""
    return [
        RetentionRule(
            DRAFT,
            _("Applications that were begun and not sent"),
            days=30,
            text=_("What was typed is deleted, with its files. The days count from the last change."),
            enforce=_delete_drafts,
            count=lambda before: _drafts(before).count(),
            fewest=7,
        ),
        RetentionRule(
            "application_unconfirmed",
            _("Applications whose address was never confirmed"),
            days=14,
            text=_("They are deleted as a whole."),
            enforce=_delete_unconfirmed,
            count=lambda before: _in_stage(before, Stage.UNCONFIRMED).count(),
            fewest=2,
        ),
        _rule("application_declined", _("Applications that were declined"), 180, Stage.DECLINED),
        _rule("application_withdrawn", _("Applications that were taken back"), 180, Stage.WITHDRAWN),
        _rule("application_accepted", _("Applications that were accepted"), 730, Stage.ACCEPTED),
        _rule("application_open", _("Applications that nobody decided on"), 365, *OPEN_STAGES),
    ]


def _rule(name: str, label: Text, days: int, *stages: Stage) -> RetentionRule:
    return RetentionRule(
        name,
        label,
        days=days,
        text=EMPTIED,
        enforce=lambda before: _empty(_in_stage(before, *stages)),
        count=lambda before: _in_stage(before, *stages).count(),
        fewest=30,
    )


def _in_stage(before: datetime, *stages: Stage) -> QuerySet[Application]:
    rows: QuerySet[Any] = Application.objects.kept().filter(stage__in=stages).with_since()
    return rows.filter(since__lt=before)


def _empty(applications: QuerySet[Application]) -> int:
    found = list(applications)
    for application in found:
        # A rule is told how old things are, not when it is asked.
        empty_application(application, None, timezone.now())
    return len(found)


def _drafts(before: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(saved_at__lt=before)


def _delete_drafts(before: datetime) -> int:
    found = list(_drafts(before))
    for draft in found:
        throw_draft_away(draft, actor=None)
    return len(found)


def _delete_unconfirmed(before: datetime) -> int:
    found = list(_in_stage(before, Stage.UNCONFIRMED))
    for application in found:
        delete_application(application)
    return len(found)
