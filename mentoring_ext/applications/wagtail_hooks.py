"""What this room adds: places, the applicant's role and card, what waits for coordinators, notices, personal data."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import (
    AgendaItem,
    AgendaSource,
    DashboardCard,
    DutySource,
    FrontSection,
    JobKind,
    NavigationItem,
    NoticeKind,
    PrivacyHandler,
    QuestionnaireUse,
    RetentionRule,
    Role,
    RoleSource,
)
from mentoring_ext.applications import agenda, bulk_job, home, privacy, retention, uses
from mentoring_ext.applications.duties import other_reviewers, reviews_promised, take_review
from mentoring_ext.applications.models import Application, Appointment, Assignment, Call, Draft, Stage


@hooks.register(plugins.ROLE_SOURCES.name)
def applicants() -> RoleSource:
    return RoleSource(
        "applicants", _applicant_roles, Application.objects.undecided, every_row=("applicant", _("Applicant"))
    )


def _applicant_roles(user: User) -> Iterator[Role]:
    for application in Application.objects.undecided().filter(user=user).select_related("call"):
        yield Role("applicant", _("Applicant"), application.call)


@hooks.register(plugins.ROLE_SOURCES.name)
def reviewers() -> RoleSource:
    return RoleSource(
        "reviewers",
        _reviewer_roles,
        memberships=Assignment.objects.all,
        every_row=("reviewer", _("Reviewer of applications")),
    )


def _reviewer_roles(user: User) -> Iterator[Role]:
    for call in Call.objects.filter(applications__assignments__user=user).distinct():
        yield Role("reviewer", _("Reviewer of applications"), call)


@hooks.register(plugins.NAVIGATION.name)
def places() -> list[NavigationItem]:
    return [
        NavigationItem(
            name="applications",
            label=_("Applications"),
            url_name="mentoring_applications:own_call_list",
            icon="inbox",
            shown_to=_reviews,
            order=60,
            group="taking_part",
        ),
        NavigationItem(
            name="reviews",
            label=_("My reviews"),
            url_name="mentoring_applications:review_list",
            icon="list-checks",
            shown_to=lambda request: has_role(request.user, "reviewer") and not _reviews(request),
            order=61,
            group="taking_part",
        ),
        NavigationItem(
            name="become_mentor",
            label=_("Become a mentor"),
            url_name="mentoring_applications:call_list",
            icon="hand-heart",
            shown_to=lambda request: not request.user.is_authenticated,
            order=60,
        ),
    ]


def _reviews(request: HttpRequest) -> bool:
    return request.user.has_perm("mentoring_applications.list_calls")


@hooks.register(plugins.FRONT_SECTIONS.name)
def become_a_mentor() -> FrontSection:
    return FrontSection("become_mentor", "applications/_front_calls.html", _open_calls, order=20)


def _open_calls(request: HttpRequest) -> dict[str, Any] | None:
    calls = Call.objects.listed_for(request.user).open_on(timezone.localdate())
    calls = calls.select_related("organisation", "cohort__programme")
    return {"calls": calls} if calls else None


@hooks.register(plugins.AGENDA_SOURCES.name)
def waiting_applications() -> list[AgendaSource]:
    return [
        AgendaSource(name="applications", items_for=_waiting_for),
        AgendaSource(
            name="application_drafts",
            items_for=home.drafts_due,
            concerns=lambda user: [Draft.objects.filter(user=user)],
        ),
        AgendaSource(name="reviews", items_for=agenda.reviews_due, concerns=_staff_of_calls),
        AgendaSource(name="interviews", items_for=agenda.interviews_of_staff, concerns=_staff_of_calls),
        AgendaSource(name="own_interviews", items_for=agenda.interviews_of_applicant, concerns=_own_applications),
        AgendaSource(name="letters", items_for=agenda.letters_not_sent, concerns=_staff_of_calls),
    ]


def _own_drafts(user: User) -> list[QuerySet[Any]]:
    return [Draft.objects.filter(user=user)]


def _own_applications(user: User) -> list[QuerySet[Any]]:
    return [Application.objects.filter(user=user)]


def _staff_of_calls(user: User) -> list[QuerySet[Any]]:
    """Return what makes somebody a reviewer: an assignment, an interview to hold, a cohort to coordinate."""
    return [
        Assignment.objects.filter(user=user),
        Appointment.objects.filter(host=user),
        Call.objects.coordinated_by(user).order_by(),
    ]


def _waiting_for(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield one item for each call with applications that nobody has looked at."""
    if not user.has_perm("mentoring_applications.open_call"):
        return
    calls = Call.objects.reviewed_by(user).filter(applications__stage=Stage.RECEIVED)
    for pk, title, waiting in calls.values_list("pk", "title").annotate(Count("applications")):
        text = ngettext("%d application waits to be read", "%d applications wait to be read", waiting)
        yield AgendaItem(
            key=f"applications-{pk}",
            title=text % waiting,
            url=reverse("mentoring_applications:call_board", args=[pk]),
            action=_("Open the board"),
            why=_("Applicants wait for an answer."),
            about=title,
            weight=40,
        )


@hooks.register(plugins.DASHBOARD_CARDS.name)
def cards() -> list[DashboardCard]:
    return [
        DashboardCard(
            "applications", "applications/_card.html", home.own_applications, order=20, concerns=_own_applications
        ),
        DashboardCard("in_house_calls", "applications/_in_house_card.html", home.calls_at_home, order=25),
    ]


@hooks.register(plugins.QUESTIONNAIRE_USES.name)
def application_forms() -> list[QuestionnaireUse]:
    return uses.application_forms()


@hooks.register(plugins.RETENTION_RULES.name)
def application_periods() -> list[RetentionRule]:
    return retention.rules()


@hooks.register(plugins.NOTICE_KINDS.name)
def application_notices() -> list[NoticeKind]:
    return [
        NoticeKind(name="application_received", label=_("Somebody applies as a mentor"), icon="inbox"),
        NoticeKind(name="review_wanted", label=_("You are asked to review applications"), icon="list-checks"),
        NoticeKind(name="interview", label=_("An applicant answers about an interview"), icon="calendar"),
    ]


@hooks.register(plugins.JOB_KINDS.name)
def bulk_answers() -> JobKind:
    return JobKind(name=bulk_job.KIND, label=_("Answers to many applicants"), run=bulk_job.run)


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def application_data() -> PrivacyHandler:
    return privacy.handler()


@hooks.register(plugins.DUTY_SOURCES.name)
def review_duties() -> DutySource:
    return DutySource("reviews", _("Reviews of applications"), reviews_promised, other_reviewers, take_review)
