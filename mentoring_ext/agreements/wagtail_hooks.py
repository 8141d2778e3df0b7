"""What agreements add: what is due before the third session, notices, and personal data."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from lms import plugins
from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import AgendaItem, AgendaSource, Held, NoticeKind, PrivacyHandler
from mentoring_ext.agreements.models import Agreement, Party, Signature
from mentoring_ext.groups.models import MentoringGroup, MentoringGroupQuerySet
from mentoring_ext.groups.permissions import groups_around
from mentoring_ext.programmes.models import Cohort, Role
from mentoring_ext.sessions.models import Session


@hooks.register(plugins.AGENDA_SOURCES.name)
def agreements_due() -> AgendaSource:
    return AgendaSource(name="agreements", items_for=_items_for, concerns=groups_around)


def _with_day(groups: MentoringGroupQuerySet) -> Any:
    """Add ``sign_by``: when the session starts before which the agreement has to be signed."""
    third = Session.objects.filter(group=OuterRef("pk"), number=F("group__cohort__programme__agreement_before_session"))
    return groups.annotate(sign_by=Subquery(third.values("starts_at")[:1])).select_related("cohort__programme")


def _items_for(user: User, at: datetime) -> Iterator[AgendaItem]:
    yield from _to_sign(user)
    yield from _to_write(user)
    if has_role(user, Role.COORDINATOR):
        yield from _late(user, at)


def _to_sign(user: User) -> Iterator[AgendaItem]:
    waiting = Agreement.objects.current().filter(parties__user=user, group__state=MentoringGroup.State.ACTIVE)
    waiting = waiting.exclude(signatures__user=user).select_related("group")
    days = dict(_with_day(MentoringGroup.objects.of(user)).values_list("pk", "sign_by")) if waiting else {}
    for agreement in waiting:
        yield AgendaItem(
            key=f"agreement-sign-{agreement.pk}",
            title=_("Sign the mentoring agreement"),
            why=_("It says what you want to reach and how you work together."),
            url=agreement.get_absolute_url(),
            action=_("Read and sign"),
            due=days.get(agreement.group_id),
            about=agreement.group.name,
            weight=80,
        )


def _to_write(user: User) -> Iterator[AgendaItem]:
    for group in _with_day(MentoringGroup.objects.active().filter(mentor=user, agreements=None)):
        yield AgendaItem(
            key=f"agreement-write-{group.pk}",
            title=_("Write the mentoring agreement"),
            why=_("Set the goals together. Then everybody signs."),
            url=reverse("mentoring_agreements:agreement_edit", args=[group.pk]),
            action=_("Write the agreement"),
            due=group.sign_by,
            about=group.name,
            weight=70,
        )


def _late(user: User, at: datetime) -> Iterator[AgendaItem]:
    coordinated = Cohort.objects.coordinated_by(user).order_by().values("pk")
    late = MentoringGroup.objects.active().filter(cohort__in=coordinated)
    signed = Agreement.objects.filter(signed_at__isnull=False).values("group")
    for group in _with_day(late.exclude(pk__in=signed)).filter(sign_by__lte=at):
        yield AgendaItem(
            key=f"agreement-late-{group.pk}",
            title=_("An agreement is not signed"),
            why=_("It was due before the third session. Ask the group about it."),
            url=group.get_absolute_url(),
            action=_("See the group"),
            due=group.sign_by,
            about=group.name,
        )


@hooks.register(plugins.NOTICE_KINDS.name)
def kinds() -> list[NoticeKind]:
    return [
        NoticeKind("agreement_to_sign", gettext_lazy("An agreement waits for your signature"), icon="file-pen-line"),
        NoticeKind("agreement_signed", gettext_lazy("Everybody has signed the agreement"), icon="file-check"),
    ]


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def agreements() -> PrivacyHandler:
    models = [
        "mentoring_agreements.Agreement",
        "mentoring_agreements.Party",
        "mentoring_agreements.Signature",
    ]
    return PrivacyHandler(
        name="agreements",
        models=models,
        export=None,
        erase=_erase,
        label=gettext_lazy("Agreements"),
        held=[
            Held("mentoring_agreements.agreement", about="parties__user"),
            Held("mentoring_agreements.party"),
            Held("mentoring_agreements.signature"),
        ],
    )


def _erase(user: User) -> None:
    """Keep that somebody signed, and drop name and contact."""
    Party.objects.filter(user=user).update(name="–", contact="")
    Signature.objects.filter(user=user).update(name="–")
    Agreement.objects.filter(written_by=user).update(written_by=None)
