"""What profiles add: places, notices, what is due, and what is kept of a person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import (
    AGENDA_SOURCES,
    CONSENT_PURPOSES,
    JOB_KINDS,
    NAVIGATION,
    NOTICE_KINDS,
    PRIVACY_HANDLERS,
    QUESTIONNAIRE_USES,
    RETENTION_RULES,
    AgendaItem,
    AgendaSource,
    ConsentPurpose,
    JobKind,
    NavigationItem,
    NoticeKind,
    PrivacyHandler,
    QuestionnaireUse,
    RetentionRule,
)
from mentoring_ext.profiles import consents, exporting, extra, privacy
from mentoring_ext.profiles.models import GraduateInvitation, HoursTold, MenteeProfile, MentorProfile


@hooks.register(NAVIGATION.name)
def places() -> list[NavigationItem]:
    return [
        NavigationItem(
            name="mentors",
            label=_("Mentors"),
            url_name="mentoring_profiles:mentor_list",
            icon="contact",
            shown_to=_sees_mentors,
            order=50,
            group="taking_part",
        ),
        NavigationItem(
            name="public_mentors",
            label=_("Find a mentor"),
            url_name="mentoring_profiles:public_list",
            icon="contact",
            shown_to=_browses,
            order=55,
            group="taking_part",
        ),
    ]


def _browses(request: HttpRequest) -> bool:
    return request.user.is_authenticated and has_role(request.user, {"mentee", "mentor"})


def _sees_mentors(request: HttpRequest) -> bool:
    return request.user.has_perm("mentoring_profiles.view_mentors")


@hooks.register(NOTICE_KINDS.name)
def notice_kinds() -> list[NoticeKind]:
    return [
        NoticeKind("mentor_entered", _("You are in the mentors' database"), icon="contact"),
        NoticeKind("graduate_invited", _("You are invited to become a mentor"), icon="sparkles"),
        NoticeKind("contact_request", _("Somebody would like to get in contact with you"), icon="mail"),
        NoticeKind("contact_answered", _("A mentor answers your request for contact"), icon="mail"),
        NoticeKind("contact_reported", _("Somebody reports a request for contact"), icon="flag"),
        NoticeKind("graduate_answered", _("Graduates answer your invitation"), icon="sparkles"),
    ]


@hooks.register(AGENDA_SOURCES.name)
def sheets() -> AgendaSource:
    return AgendaSource(name="sheets", items_for=sheets_due, concerns=_sheets_of)


def _sheets_of(user: User) -> Sequence[QuerySet[Any]] | None:
    if has_role(user, ("mentor", "mentee")):
        return None
    return [MentorProfile.objects.filter(user=user), GraduateInvitation.objects.filter(user=user, answered_at=None)]


def sheets_due(user: User, at: datetime) -> Iterable[AgendaItem]:
    """Ask for the sheets that the person's roles need and that are not complete, and for an answer to an invitation."""
    mentor = MentorProfile.objects.filter(user=user).first()
    if has_role(user, "mentee") and not MenteeProfile.objects.filter(user=user, state="complete").exists():
        yield _item("mentee", _("So that we find a mentor who fits you."))
    if (mentor or has_role(user, "mentor")) and not (mentor and mentor.is_complete):
        yield _item("mentor", _("So that we find mentees who fit you."))
    if mentor:
        yield from _requests_to(mentor)
    invitation = GraduateInvitation.objects.filter(user=user, answered_at=None).first()
    if invitation:
        yield AgendaItem(
            key="graduate-invitation",
            title=_("Would you like to become a mentor?"),
            url=invitation.get_absolute_url(),
            action=_("Answer"),
            why=_("You completed the programme and are invited."),
            weight=40,
        )


def _requests_to(mentor: MentorProfile) -> Iterable[AgendaItem]:
    for asked in mentor.contact_requests.waiting().select_related("sender"):
        yield AgendaItem(
            key=f"contact-{asked.pk}",
            title=_("%(person)s would like to get in contact with you") % {"person": asked.sender},
            url=asked.get_absolute_url(),
            action=_("Answer"),
            why=asked.get_purpose_display(),
            weight=30,
        )


def _item(kind: str, why: Any) -> AgendaItem:
    title = _("Fill in your sheet as mentor") if kind == "mentor" else _("Fill in your sheet as mentee")
    url = reverse(f"mentoring_profiles:{kind}_sheet")
    return AgendaItem(key=f"sheet-{kind}", title=title, url=url, action=_("Fill in my sheet"), why=why, weight=80)


@hooks.register(CONSENT_PURPOSES.name)
def consent_purposes() -> list[ConsentPurpose]:
    return consents.purposes()


@hooks.register(QUESTIONNAIRE_USES.name)
def questions_on_sheets() -> list[QuestionnaireUse]:
    return extra.uses()


@hooks.register(JOB_KINDS.name)
def export() -> JobKind:
    return exporting.kind()


@hooks.register(PRIVACY_HANDLERS.name)
def personal_data() -> PrivacyHandler:
    return privacy.handler()


@hooks.register(RETENTION_RULES.name)
def hours_told_before() -> RetentionRule:
    text = _("Free hours that a sheet no longer tells. The sheet stays.")
    return RetentionRule(
        "hours_told", _("Hours told before"), days=365, enforce=_forget_hours, text=text, count=_count_hours
    )


def _count_hours(before: datetime) -> int:
    return HoursTold.objects.until(before).count()


def _forget_hours(before: datetime) -> int:
    number, _each = HoursTold.objects.until(before).delete()
    return number
