"""What practices add: what is due, the gallery in the navigation, notices, evidence, and personal data."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.people.permissions import manages_somewhere
from lms.plugins import (
    AgendaSource,
    DashboardCard,
    DutySource,
    EvidenceRow,
    EvidenceSource,
    FrontSection,
    Held,
    NavigationItem,
    NoticeKind,
    PrivacyHandler,
)
from mentoring_ext.practices.due import concerned, items_for
from mentoring_ext.practices.duties import others_of_group, practices_begun, take_practice
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.permissions import practices_overseen_by

LONGEST_QUOTE = 400
SHOWN_ON_FRONT = 3


@hooks.register(plugins.AGENDA_SOURCES.name)
def practices_due() -> AgendaSource:
    return AgendaSource(name="practices", items_for=items_for, concerns=concerned)


@hooks.register(plugins.DASHBOARD_CARDS.name)
def practices_card() -> DashboardCard:
    return DashboardCard(name="practices", template="practices/_card.html", context_for=_card, order=20)


def _card(user: User, at: datetime) -> dict[str, Any] | None:
    """Give managers the number of practices that wait for their review."""
    if not manages_somewhere(user):
        return None
    overseen = Practice.objects.filter(practices_overseen_by(user)).exclude(authors=user)
    return {"waiting": overseen.submitted().distinct().count()}


@hooks.register(plugins.NAVIGATION.name)
def gallery() -> NavigationItem:
    return NavigationItem(
        name="practices",
        label=_("Practices"),
        url_name="mentoring_practices:practice_list",
        icon="lightbulb",
        shown_to=_everybody,
        order=80,
        group="results",
    )


def _everybody(request: HttpRequest) -> bool:
    return True


@hooks.register(plugins.FRONT_SECTIONS.name)
def good_practices() -> FrontSection:
    return FrontSection("practices", "practices/_front_practices.html", _newest, order=30)


def _newest(request: HttpRequest) -> dict[str, Any] | None:
    practices = Practice.objects.published().with_authors()[:SHOWN_ON_FRONT]
    return {"practices": practices} if practices else None


@hooks.register(plugins.NOTICE_KINDS.name)
def practice_notices() -> list[NoticeKind]:
    return [
        NoticeKind("practices.co_author", _("You are asked to write a good practice together"), "lightbulb"),
        NoticeKind("practices.waiting", _("A good practice waits for your review"), "lightbulb"),
        NoticeKind("practices.decided", _("Your good practice was published or returned"), "lightbulb"),
    ]


@hooks.register(plugins.EVIDENCE_SOURCES.name)
def practice_evidence() -> EvidenceSource:
    return EvidenceSource("practices", _("Good practice"), "lightbulb", _rows_for)


def _rows_for(cohort_ids: Sequence[int]) -> Iterator[EvidenceRow]:
    """Yield the published practices of these cohorts; they tell what worked, and measure nothing."""
    found = Practice.objects.published().filter(group__cohort__in=cohort_ids)
    for practice in found.select_related("group").prefetch_related("authors"):
        authors = tuple(author.pk for author in practice.authors.all())
        yield EvidenceRow(
            key=f"practices:{practice.pk}",
            title=practice.title,
            quote=practice.result[:LONGEST_QUOTE],
            aspect=practice.aspect,
            at=practice.published_at or practice.saved_at,
            url=practice.get_absolute_url(),
            people=len(authors),
            cohort_id=practice.group.cohort_id if practice.group else None,
            author_ids=authors,
        )


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def written_practices() -> PrivacyHandler:
    return PrivacyHandler(
        name="practices",
        models=["mentoring_practices.Practice", "mentoring_practices.Practice_authors"],
        export=None,
        erase=_erase,
        label=_("Good practices"),
        held=[Held("mentoring_practices.practice", about="authors")],
    )


def _erase(user: User) -> None:
    """Take the person out of the authors; a draft that nobody else writes goes, a published practice stays."""
    for practice in Practice.objects.written_by(user):
        practice.authors.remove(user)
        if practice.is_open and not practice.authors.exists():
            practice.delete()
    Practice.objects.filter(published_by=user).update(published_by=None)


@hooks.register(plugins.DUTY_SOURCES.name)
def practice_duties() -> DutySource:
    return DutySource("practices", _("Good practices"), practices_begun, others_of_group, take_practice)
