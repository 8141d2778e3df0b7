"""What cohorts add: roles, required training, a place in the navigation, a card, notices, and personal data."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from lms import plugins
from lms.people.models import OrganisationMembership, User
from lms.people.permissions import has_role, require
from lms.plugins import (
    AgendaItem,
    AgendaSource,
    DashboardCard,
    DutySource,
    EnrolmentRule,
    FrontSection,
    Held,
    NavigationGroup,
    NavigationItem,
    NoticeKind,
    Prerequisite,
    PrivacyHandler,
    RoleSource,
    Text,
    Unmet,
)
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.actions import leave_cohort
from mentoring_ext.programmes.checklist import waiting_for
from mentoring_ext.programmes.duties import cohorts_coordinated, other_coordinators, take_cohort
from mentoring_ext.programmes.models import (
    ChecklistItem,
    Cohort,
    CohortMembership,
    Preparation,
    Programme,
    Requirement,
    Role,
)
from mentoring_ext.programmes.overview import own_readiness
from mentoring_ext.programmes.permissions import cohorts_overseen_by

SHOWN_ON_FRONT = 2


@hooks.register(plugins.ROLE_SOURCES.name)
def cohort_roles() -> RoleSource:
    return RoleSource(
        "cohorts",
        roles_of=_roles_of,
        memberships=CohortMembership.objects.present,
        guarded=_coordinators,
        end=_end_cohort_role,
    )


def _coordinators() -> QuerySet[CohortMembership]:
    return CohortMembership.objects.present().in_role(Role.COORDINATOR)


def _roles_of(user: User) -> Iterator[plugins.Role]:
    own = CohortMembership.objects.present().filter(user=user)
    for membership in own.select_related("cohort__organisation", "cohort__department"):
        yield plugins.Role(membership.role, membership.get_role_display(), membership.cohort, str(membership.pk))


@hooks.register(plugins.ENROLMENT_RULES.name)
def required_training() -> EnrolmentRule:
    return EnrolmentRule(name="cohort_training", courses_for=_courses_for)


def _courses_for(user: User) -> Iterator[tuple[int, Text]]:
    """Name every course that one of the person's running cohorts requires of the role that they have there."""
    own = CohortMembership.objects.filter(user=user, state=CohortMembership.State.ACTIVE)
    for role, cohort in own.values_list("role", "cohort"):
        required = Requirement.objects.filter(role=role, cohort=cohort).order_by("course")
        for course, name in required.values_list("course", "cohort__name").distinct():
            yield course, _("“%(cohort)s” asks for it.") % {"cohort": name}


@hooks.register(plugins.PREREQUISITES.name)
def training_before_mentoring() -> Prerequisite:
    return Prerequisite(name="training_before_mentoring", unmet=_missing_training)


def _missing_training(user: User, thing: Model) -> Iterator[Unmet]:
    if not isinstance(thing, Cohort):
        return
    for own in own_readiness(thing, user):
        if not own.ready:
            yield from (Unmet(activity.title, activity.get_url() or "") for activity in own.missing)


def _sees_cohorts(request: HttpRequest) -> bool:
    return has_role(request.user, (Role.COORDINATOR, OrganisationMembership.Role.MANAGER, "administrator"))


@hooks.register(plugins.NAVIGATION.name)
def cohorts() -> NavigationItem:
    return NavigationItem(
        name="cohorts",
        label=gettext_lazy("Cohorts"),
        url_name="mentoring_programmes:cohort_list",
        icon="users-round",
        shown_to=_sees_cohorts,
        order=10,
    )


@hooks.register(plugins.NAVIGATION_GROUPS.name)
def groups_of_places() -> list[NavigationGroup]:
    return [
        NavigationGroup("taking_part", gettext_lazy("Taking part"), "user-plus"),
        NavigationGroup("results", gettext_lazy("Results"), "chart-column"),
    ]


@hooks.register(plugins.FRONT_SECTIONS.name)
def how_it_works() -> FrontSection:
    return FrontSection("how_it_works", "programmes/_front_programmes.html", _phases_of_programmes, order=5)


def _phases_of_programmes(request: HttpRequest) -> dict[str, Any] | None:
    programmes = Programme.objects.shipped().prefetch_related("phases")[:SHOWN_ON_FRONT]
    return {"programmes": programmes} if programmes else None


@hooks.register(plugins.DASHBOARD_CARDS.name)
def your_cohorts() -> DashboardCard:
    return DashboardCard(name="your_cohorts", template="programmes/_card.html", context_for=_card, order=10, wide=True)


def _card(user: User, at: datetime) -> dict[str, Any] | None:
    if not has_role(user, Role.COORDINATOR):
        return None
    running = Cohort.objects.coordinated_by(user).exclude(state=Cohort.State.FINISHED).with_phase().with_numbers()
    groups = MentoringGroup.objects.active().filter(cohort__in=running.order_by().values("pk"))
    by_cohort: dict[int, list[MentoringGroup]] = {}
    for group in groups.with_state(at).with_people():
        by_cohort.setdefault(group.cohort_id, []).append(group)
    return {"cohorts": [(cohort, by_cohort.get(cohort.pk, [])) for cohort in running]}


@hooks.register(plugins.DASHBOARD_CARDS.name)
def figures() -> DashboardCard:
    return DashboardCard(name="figures", template="programmes/_figures_card.html", context_for=_figures, order=15)


def _figures(user: User, at: datetime) -> dict[str, Any] | None:
    """Give managers the numbers of their cohorts, which they oversee without seeing a person."""
    if not has_role(user, OrganisationMembership.Role.MANAGER):
        return None
    return {"cohorts": Cohort.objects.filter(cohorts_overseen_by(user)).with_phase().with_numbers()}


@hooks.register(plugins.AGENDA_SOURCES.name)
def cohorts_to_fill() -> AgendaSource:
    return AgendaSource(name="cohorts", items_for=_to_fill)


def _to_fill(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield the cohorts that somebody coordinates and that have no mentors or no mentees yet."""
    if not has_role(user, Role.COORDINATOR):
        return
    open_cohorts = Cohort.objects.coordinated_by(user).exclude(state=Cohort.State.FINISHED)
    for cohort in open_cohorts.with_numbers().filter(Q(mentor_count=0) | Q(mentee_count=0)):
        yield AgendaItem(
            key=f"cohort:fill:{cohort.pk}",
            title=_("Invite mentors and mentees"),
            url=reverse("mentoring_programmes:member_invite", args=[cohort.pk]),
            action=_("Invite a person"),
            why=_("Each of them gets the training that their role needs."),
            about=cohort.name,
            weight=30,
        )


@hooks.register(plugins.AGENDA_SOURCES.name)
def checklists_to_settle() -> AgendaSource:
    return AgendaSource(name="checklists", items_for=_to_settle)


def _to_settle(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield the cohorts whose next phase waits for items that are the person's to settle."""
    if not has_role(user, {Role.COORDINATOR, OrganisationMembership.Role.MANAGER}):
        return
    waiting: QuerySet[Any] = waiting_for(user)
    for cohort in waiting:
        yield AgendaItem(
            key=f"checklist:{cohort.pk}",
            title=_("Settle what is open on the checklist"),
            url=reverse("mentoring_programmes:checklist", args=[cohort.pk]),
            action=_("Open the checklist"),
            why=_("The cohort cannot go on before: %(item)s") % {"item": cohort.first_open},
            about=cohort.name,
            due=_start_of(cohort.starts_on),
            weight=25,
        )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=timezone.get_default_timezone())


@hooks.register(plugins.NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("cohort_joined", gettext_lazy("You take part in a cohort"), icon="users-round"),
        NoticeKind("programme_transferred", gettext_lazy("A programme is copied to your department"), icon="copy"),
        NoticeKind("phase_started", gettext_lazy("Your cohort enters a new phase"), icon="map"),
    ]


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def memberships() -> PrivacyHandler:
    return PrivacyHandler(
        name="cohorts",
        models=[
            "mentoring_programmes.CohortMembership",
            "mentoring_programmes.ChecklistItem",
            "mentoring_programmes.Preparation",
        ],
        export=None,
        erase=_erase,
        label=gettext_lazy("Cohorts"),
        held=[
            Held("mentoring_programmes.cohortmembership"),
            Held("mentoring_programmes.preparation"),
            Held("mentoring_programmes.checklistitem", about="settled_by", label=gettext_lazy("Items you settled")),
        ],
    )


def _erase(user: User) -> None:
    """Keep the rows, which count, and drop what was written about the person."""
    CohortMembership.objects.filter(user=user).update(waived_because="")
    ChecklistItem.objects.filter(settled_by=user).update(settled_by=None)
    Preparation.objects.filter(user=user).delete()
    Preparation.objects.filter(noted_by=user).update(noted_by=None)


@hooks.register(plugins.DUTY_SOURCES.name)
def cohort_duties() -> DutySource:
    return DutySource("cohorts", gettext_lazy("Cohorts"), cohorts_coordinated, other_coordinators, take_cohort)


def _end_cohort_role(key: str, actor: User, at: datetime) -> None:
    held = CohortMembership.objects.select_related("cohort__organisation", "cohort__department").get(pk=key)
    require(actor, "mentoring_programmes.end_membership", held.cohort)
    leave_cohort(held, actor=actor, at=at)
