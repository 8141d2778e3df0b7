"""What workshops add: a place, what is due, notices, the nightly end of consultations, and personal data."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import (
    AgendaItem,
    AgendaSource,
    DutySource,
    Held,
    NavigationItem,
    NightlyTask,
    NoticeKind,
    PrivacyHandler,
)
from mentoring_ext.programmes.models import Role
from mentoring_ext.workshops.actions import end_outlived
from mentoring_ext.workshops.duties import other_holders, take_workshop, workshops_to_hold
from mentoring_ext.workshops.models import Booking, Consultation, Question, Scenario, Workshop
from mentoring_ext.workshops.permissions import PLANNERS


@hooks.register(plugins.NAVIGATION.name)
def workshops() -> NavigationItem:
    return NavigationItem(
        name="workshops",
        label=gettext_lazy("Workshops"),
        url_name="mentoring_workshops:workshop_list",
        icon="presentation",
        shown_to=_is_shown,
        order=75,
        group="taking_part",
    )


def _is_shown(request: HttpRequest) -> bool:
    return has_role(request.user, (Role.MENTOR, *PLANNERS))


@hooks.register(plugins.AGENDA_SOURCES.name)
def due() -> AgendaSource:
    return AgendaSource(name="workshops", items_for=_due, concerns=_concerning)


def _concerning(user: User) -> Sequence[QuerySet[Any]]:
    return [
        Booking.objects.filter(user=user),
        Workshop.objects.filter(held_by=user),
        Consultation.objects.filter(consultant=user, state=Consultation.State.ASKED),
    ]


def _due(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield the workshops that somebody goes to, those whose attendance they note, and requests to answer."""
    own = Q(bookings__user=user, bookings__state=Booking.State.BOOKED, ends_at__gt=at)
    to_note = Q(held_by=user, attended_at=None, starts_at__lte=at)
    for workshop in Workshop.objects.filter(own | to_note, state=Workshop.State.ANNOUNCED).distinct():
        if workshop.held_by_id == user.pk and workshop.starts_at <= at:
            yield _item(workshop, "note", _("Note who took part"), _("Note who came"), workshop.ends_at)
        else:
            yield _item(workshop, "go", _("Go to the workshop"), _("Read when and where"), workshop.starts_at)
    yield from _requests(user)


def _requests(user: User) -> Iterator[AgendaItem]:
    for request in Consultation.objects.filter(consultant=user, state=Consultation.State.ASKED):
        yield AgendaItem(
            key=f"consultation:{request.pk}",
            title=_("Somebody asks for your help"),
            url=request.get_absolute_url(),
            action=_("Read and answer"),
            weight=15,
        )


def _item(workshop: Workshop, key: str, title: str, action: str, due: datetime) -> AgendaItem:
    url = workshop.get_absolute_url()
    if key == "note":
        url = reverse("mentoring_workshops:workshop_attendance", args=[workshop.pk])
    return AgendaItem(
        key=f"workshop:{key}:{workshop.pk}", title=title, url=url, action=action, about=workshop.title, due=due
    )


@hooks.register(plugins.NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("workshop", gettext_lazy("A workshop that you booked"), icon="presentation"),
        NoticeKind("consultation", gettext_lazy("Help that you asked for, or are asked for"), icon="life-buoy"),
    ]


@hooks.register(plugins.NIGHTLY_TASKS.name)
def consultations_to_end() -> NightlyTask:
    return NightlyTask(
        name="consultations", label=gettext_lazy("Access of consultants that has run out"), run=end_outlived
    )


@hooks.register(plugins.DUTY_SOURCES.name)
def workshop_duties() -> DutySource:
    return DutySource(
        name="workshops",
        label=gettext_lazy("Workshops to hold"),
        duties_of=workshops_to_hold,
        takers=other_holders,
        hand_over=take_workshop,
    )


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def personal_data() -> PrivacyHandler:
    names = ("booking", "workshop", "question", "scenario", "consultation")
    return PrivacyHandler(
        name="workshops",
        models=[f"mentoring_workshops.{name}" for name in names],
        export=None,
        erase=_erase,
        label=gettext_lazy("Workshops"),
        held=[
            Held("mentoring_workshops.booking"),
            Held("mentoring_workshops.question", about="author", label=gettext_lazy("Questions you asked")),
            Held("mentoring_workshops.workshop", about="held_by", label=gettext_lazy("Workshops you held")),
            Held("mentoring_workshops.scenario", about="written_by", label=gettext_lazy("Scenarios you wrote")),
            Held("mentoring_workshops.consultation", about=("consultant", "asked_by")),
        ],
    )


def _erase(user: User) -> None:
    """Keep bookings, which count; scenarios and questions stay without their author; what was asked of whom goes."""
    Question.objects.filter(author=user).update(author=None)
    Scenario.objects.filter(written_by=user).update(written_by=None)
    Workshop.objects.filter(held_by=user).update(held_by=None)
    Consultation.objects.filter(consultant=user).update(answer="")
    Consultation.objects.filter(asked_by=user).update(scope="")
