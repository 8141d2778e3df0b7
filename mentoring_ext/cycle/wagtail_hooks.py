"""What the circle adds: its place, what is due, notices, where lessons come from, and the evidence in the editor."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from lms import plugins
from lms.people.models import User
from lms.people.permissions import is_editor
from lms.plugins import (
    AgendaSource,
    DashboardCard,
    DutySource,
    Held,
    NavigationItem,
    NoticeKind,
    OriginSource,
    PrivacyHandler,
)
from mentoring_ext.cycle.due import items_for
from mentoring_ext.cycle.duties import coordinators_near, proposals_made, take_proposal
from mentoring_ext.cycle.models import PUBLIC_SOURCES, CitedEvidence, ContentProposal
from mentoring_ext.cycle.origins import origins_of


@hooks.register(plugins.AGENDA_SOURCES.name)
def circle_due() -> AgendaSource:
    return AgendaSource(name="cycle", items_for=items_for)


@hooks.register(plugins.DASHBOARD_CARDS.name)
def proposals_card() -> DashboardCard:
    return DashboardCard(name="proposals", template="cycle/_card.html", context_for=_card, order=10)


def _card(user: User, at: datetime) -> dict[str, Any] | None:
    if not is_editor(user):
        return None
    return {
        "waiting": ContentProposal.objects.waiting().count(),
        "drafts": ContentProposal.objects.unpublished().count(),
    }


@hooks.register(plugins.NAVIGATION.name)
def circle_place() -> NavigationItem:
    return NavigationItem(
        name="cycle",
        label=_("Circle"),
        url_name="mentoring_cycle:circle",
        icon="refresh-cw",
        shown_to=_sees_circle,
        order=60,
        group="results",
    )


def _sees_circle(request: HttpRequest) -> bool:
    return request.user.has_perm("mentoring_cycle.view_circle")


@hooks.register(plugins.NOTICE_KINDS.name)
def circle_notices() -> list[NoticeKind]:
    return [
        NoticeKind("cycle.proposed", _("A new lesson is proposed"), "refresh-cw"),
        NoticeKind("cycle.decided", _("Your proposal was decided"), "refresh-cw"),
        NoticeKind("cycle.lesson_published", _("What you told us became a lesson"), "sprout"),
    ]


@hooks.register(plugins.ORIGIN_SOURCES.name)
def lessons_out_of_evidence() -> OriginSource:
    return OriginSource(name="cycle", origins_of=origins_of)


@hooks.register("before_edit_page")
def show_evidence_to_editor(request: HttpRequest, page: Page) -> None:
    """Say above the editor which evidence the draft rests on, and lead there."""
    if request.method != "GET":
        return
    for proposal in ContentProposal.objects.filter(lesson=page.pk).prefetch_related("evidence"):
        number = len(proposal.evidence.all())
        text = ngettext(
            "This lesson rests on %(number)s piece of evidence from %(cohort)s.",
            "This lesson rests on %(number)s pieces of evidence from %(cohort)s.",
            number,
        )
        buttons = [messages.button(proposal.get_absolute_url(), _now("Read the evidence"))]
        messages.info(request, text % {"number": number, "cohort": proposal.cohort}, buttons=buttons)


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def proposals_and_evidence() -> PrivacyHandler:
    return PrivacyHandler(
        name="cycle",
        models=[
            "mentoring_cycle.ContentProposal",
            "mentoring_cycle.CitedEvidence",
            "mentoring_cycle.CitedEvidence_givers",
        ],
        export=None,
        erase=_erase,
        label=_("The circle"),
        held=[
            Held("mentoring_cycle.contentproposal", about="author"),
            Held(
                "mentoring_cycle.citedevidence",
                about="givers",
                left_out={"givers": "It names others who said the same."},
            ),
        ],
    )


def _erase(user: User) -> None:
    """Keep proposals and counts; what the person said in own words goes."""
    given = CitedEvidence.objects.filter(givers=user)
    given.exclude(source__in=PUBLIC_SOURCES).filter(people=1).update(quote="")
    CitedEvidence.givers.through.objects.filter(user=user).delete()
    ContentProposal.objects.filter(author=user).update(author=None)
    ContentProposal.objects.filter(decided_by=user).update(decided_by=None)


@hooks.register(plugins.DUTY_SOURCES.name)
def proposal_duties() -> DutySource:
    return DutySource("proposals", _("Proposals for lessons"), proposals_made, coordinators_near, take_proposal)
