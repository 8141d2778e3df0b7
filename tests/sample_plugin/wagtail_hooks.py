"""Everything that the plugin adds: an activity, a dashboard card, an agenda source and an evidence source."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail import hooks

from lms import plugins
from lms.courses.models import ActivityProgress
from lms.people.models import User
from tests.sample_plugin.models import WalkPage


@hooks.register(plugins.ACTIVITY_KINDS.name)
def walk() -> plugins.ActivityKind:
    return plugins.ActivityKind(model="sample_plugin.walkpage", label="Walk", icon="footprints")


@hooks.register(plugins.AGENDA_SOURCES.name)
def walks_to_take() -> plugins.AgendaSource:
    return plugins.AgendaSource(name="walks", items_for=agenda_items)


def agenda_items(user: User, at: datetime) -> Iterator[plugins.AgendaItem]:
    for page in WalkPage.objects.live().filter(progress__in=_walks_of(user).filter(state="started")):
        yield plugins.AgendaItem(key=f"walk-{page.pk}", title=page.title, url=page.get_url() or "", action="Walk")


@hooks.register(plugins.DASHBOARD_CARDS.name)
def walks_taken() -> plugins.DashboardCard:
    return plugins.DashboardCard(name="walks", template="sample_plugin/_walks_card.html", context_for=card_context)


def card_context(user: User, at: datetime) -> dict[str, Any] | None:
    taken = _walks_of(user).filter(state="completed").count()
    return {"taken": taken} if taken else None


@hooks.register(plugins.EVIDENCE_SOURCES.name)
def walks_of_cohorts() -> plugins.EvidenceSource:
    return plugins.EvidenceSource(name="walks", label="Walks", icon="footprints", rows_for=evidence_rows)


def evidence_rows(cohort_ids: Sequence[int]) -> Iterator[plugins.EvidenceRow]:
    taken = ActivityProgress.objects.filter(
        activity__in=WalkPage.objects.all(), state="completed", user__cohort_memberships__cohort__in=cohort_ids
    )
    for progress in taken.select_related("activity"):
        yield plugins.EvidenceRow(
            key=f"walks-{progress.pk}",
            title=f"A walk was taken: {progress.activity.title}",
            quote="",
            aspect="",
            at=progress.completed_at or progress.first_viewed_at,
        )


def _walks_of(user: User) -> QuerySet[ActivityProgress]:
    return ActivityProgress.objects.filter(user=user, activity__in=WalkPage.objects.all())
