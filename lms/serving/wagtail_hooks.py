"""What this room adds: how long sessions, finished tasks and past nights are remembered."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail import hooks

from lms import plugins
from lms.plugins import RetentionRule
from lms.serving.models import NightlyRun


@hooks.register(plugins.RETENTION_RULES.name)
def periods() -> list[RetentionRule]:
    return [
        RetentionRule(
            name="sessions",
            label=_("Sign-ins that have ended"),
            days=1,
            text=_("What the site knew about a browser is deleted once its sign-in has run out."),
            enforce=lambda before: _ended(before).delete()[0],
            count=lambda before: _ended(before).count(),
        ),
        RetentionRule(
            name="tasks",
            label=_("Background tasks that are done"),
            days=14,
            text=_("The list of mails and other tasks that were done is deleted."),
            enforce=lambda before: _done(before).delete()[0],
            count=lambda before: _done(before).count(),
        ),
        RetentionRule(
            name="nights",
            label=_("What happened in past nights"),
            days=90,
            text=_("The list of nightly tasks is deleted."),
            enforce=lambda before: _past(before).delete()[0],
            count=lambda before: _past(before).count(),
            fewest=7,
        ),
    ]


def _ended(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


def _done(before: datetime) -> QuerySet[Any]:
    over = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    return DBTaskResult.objects.filter(status__in=over, finished_at__lt=before)


def _past(before: datetime) -> QuerySet[NightlyRun]:
    return NightlyRun.objects.filter(started_at__lt=before)
