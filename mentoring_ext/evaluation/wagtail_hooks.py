"""What evaluations add: what is due, the place in the navigation, notices, and evidence for the circle."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.plugins import AgendaItem, AgendaSource, EvidenceSource, NavigationItem, NoticeKind
from mentoring_ext.evaluation.evidence import rows_for
from mentoring_ext.evaluation.tasks_due import tasks_for
from mentoring_ext.groups.permissions import groups_around


@hooks.register(plugins.AGENDA_SOURCES.name)
def evaluations_due() -> AgendaSource:
    return AgendaSource(name="evaluation", items_for=_items_for, concerns=groups_around)


def _items_for(user: User, at: datetime) -> Iterator[AgendaItem]:
    for task in tasks_for(user):
        yield AgendaItem(
            key=f"evaluation:{task.round.pk}:{task.pair.pk}",
            title=_now("Evaluate the mentoring: you and %(name)s") % {"name": task.other},
            url=reverse("mentoring_evaluation:evaluation_edit", args=[task.round.pk, task.pair.pk]),
            action=_("Go on answering") if task.is_draft else _("Answer the questions"),
            why=_("Your answers decide what the next training teaches."),
            due=task.due,
            about=str(task.round.cohort),
            done=task.is_done,
        )


@hooks.register(plugins.NAVIGATION.name)
def evaluation_place() -> NavigationItem:
    return NavigationItem(
        name="evaluation",
        label=_("Evaluation"),
        url_name="mentoring_evaluation:evaluation_list",
        icon="clipboard-check",
        shown_to=_is_signed_in,
        order=70,
        group="results",
    )


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


@hooks.register(plugins.NOTICE_KINDS.name)
def evaluation_notices() -> list[NoticeKind]:
    return [
        NoticeKind("evaluation.opened", _("An evaluation is open for you"), "clipboard-check"),
        NoticeKind("evaluation.handed_in", _("Somebody handed in an evaluation"), "clipboard-check", mail=False),
    ]


@hooks.register(plugins.EVIDENCE_SOURCES.name)
def evaluation_evidence() -> EvidenceSource:
    return EvidenceSource("evaluation", _("Evaluation"), "clipboard-check", rows_for)
