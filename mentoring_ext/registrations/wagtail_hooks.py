"""What this room adds: the use of forms, places, what is due, notices, nightly deeds, and personal data."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import (
    AgendaItem,
    AgendaSource,
    FrontSection,
    NavigationItem,
    NightlyTask,
    NoticeKind,
    PrivacyHandler,
    QuestionnaireUse,
    RetentionRule,
)
from mentoring_ext.groups.permissions import groups_around
from mentoring_ext.programmes.models import Role
from mentoring_ext.registrations import privacy
from mentoring_ext.registrations.actions import end_late_offers
from mentoring_ext.registrations.models import Opening, Registration, State
from mentoring_ext.registrations.pairs import pairs_to_evaluate
from mentoring_ext.registrations.tokens import own_token
from mentoring_ext.registrations.use import registration_use


@hooks.register(plugins.QUESTIONNAIRE_USES.name)
def registrations_use() -> QuestionnaireUse:
    return registration_use()


@hooks.register(plugins.NAVIGATION.name)
def places() -> list[NavigationItem]:
    return [
        NavigationItem(
            name="registrations",
            label=gettext_lazy("Registrations"),
            url_name="mentoring_registrations:own_opening_list",
            icon="user-plus",
            shown_to=lambda request: request.user.has_perm("mentoring_registrations.list_openings"),
            order=61,
            group="taking_part",
        ),
        NavigationItem(
            name="become_mentee",
            label=gettext_lazy("Learn with a mentor"),
            url_name="mentoring_registrations:opening_list",
            icon="sprout",
            shown_to=lambda request: not request.user.is_authenticated,
            order=58,
        ),
    ]


@hooks.register(plugins.FRONT_SECTIONS.name)
def learn_with_a_mentor() -> FrontSection:
    return FrontSection("become_mentee", "registrations/_front_openings.html", _open_now, order=15)


def _open_now(request: HttpRequest) -> dict[str, Any] | None:
    openings = (
        Opening.objects.public()
        .open_on(timezone.localdate())
        .select_related("cohort__organisation", "cohort__programme")
    )
    return {"openings": openings} if openings else None


@hooks.register(plugins.AGENDA_SOURCES.name)
def registrations_due() -> AgendaSource:
    return AgendaSource(name="registrations", items_for=_items_for, concerns=_concerning)


def _concerning(user: User) -> Sequence[QuerySet[Any]] | None:
    if has_role(user, Role.COORDINATOR):
        return None
    return [Registration.objects.filter(user=user), *groups_around(user)]


def _items_for(user: User, at: datetime) -> Iterator[AgendaItem]:
    yield from _to_read(user)
    yield from _to_answer(user)
    yield from _to_evaluate(user, at)


def _to_read(user: User) -> Iterator[AgendaItem]:
    if not user.has_perm("mentoring_registrations.list_openings"):
        return
    openings = Opening.objects.run_by(user).filter(registrations__state=State.RECEIVED)
    for pk, title, waiting in openings.values_list("pk", "title").annotate(Count("registrations")):
        text = ngettext("%d registration waits for your answer", "%d registrations wait for your answer", waiting)
        yield AgendaItem(
            key=f"registrations-{pk}",
            title=text % waiting,
            url=f"{reverse('mentoring_registrations:opening_board', args=[pk])}?state=received",
            action=_("Open the list"),
            why=_("People want to know whether they can take part."),
            about=title,
            weight=45,
        )


def _to_answer(user: User) -> Iterator[AgendaItem]:
    for registration in Registration.objects.filter(user=user, state=State.OFFERED).select_related("opening"):
        yield AgendaItem(
            key=f"registration-offer-{registration.pk}",
            title=_("Say whether you take the place"),
            url=reverse("mentoring_registrations:registration_own", args=[own_token(registration)]),
            action=_("Say yes or no"),
            why=_("After that day the place goes to the next person."),
            due=registration.answer_until,
            about=registration.opening.title,
        )


def _to_evaluate(user: User, at: datetime) -> Iterator[AgendaItem]:
    for pair in pairs_to_evaluate(user, at).annotate(first_at=Min("group__sessions__ends_at")):
        mine = pair.user_id == user.pk
        words = {"name": pair.group.mentor if mine else pair.user}
        yield AgendaItem(
            key=f"registration-initial-{pair.pk}",
            title=_("Write down with %(name)s where you begin") % words,
            url=reverse("mentoring_registrations:initial_edit", args=[pair.pk]),
            action=_("Fill in the initial evaluation"),
            why=_("You do it together in session 1. Later you see how far the mentee has come."),
            due=pair.first_at,
            about=pair.group.name,
        )


@hooks.register(plugins.NOTICE_KINDS.name)
def registration_notice() -> NoticeKind:
    return NoticeKind(
        name="registration_received", label=gettext_lazy("Somebody registers as a mentee"), icon="user-plus"
    )


@hooks.register(plugins.NIGHTLY_TASKS.name)
def late_offers() -> NightlyTask:
    return NightlyTask("late_offers", gettext_lazy("Offers of a place that nobody answered"), end_late_offers)


@hooks.register(plugins.RETENTION_RULES.name)
def kept_registrations() -> list[RetentionRule]:
    return privacy.rules()


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def registration_data() -> PrivacyHandler:
    return privacy.handler()
