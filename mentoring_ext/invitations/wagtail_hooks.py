"""What invitations add: the import as a job, mails that failed, how long reports are kept, and personal data."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks

from lms import plugins
from lms.jobs.running import RunningJob
from lms.people.models import Invitation, User
from lms.plugins import AgendaItem, AgendaSource, Held, JobKind, PrivacyHandler, RetentionRule
from mentoring_ext.invitations.checked import CHECK
from mentoring_ext.invitations.jobs import run_check, run_import
from mentoring_ext.invitations.models import ImportedPerson, PeopleImport
from mentoring_ext.invitations.retention import erase_uninvited, never_accepted
from mentoring_ext.invitations.waiting import narrowed, open_invitations


@hooks.register(plugins.JOB_KINDS.name)
def invite_people() -> JobKind:
    # All or nothing, and nobody twice: starting it again does no harm.
    return JobKind("invite_people", _("Invite people by a list"), run=_run, repeatable=True)


def _run(running: RunningJob) -> None:
    run_import(running, timezone.now())


@hooks.register(plugins.JOB_KINDS.name)
def check_people() -> JobKind:
    return JobKind(CHECK, _("Check a list of people"), run=run_check, repeatable=True)


@hooks.register(plugins.AGENDA_SOURCES.name)
def failed_mails() -> AgendaSource:
    return AgendaSource("failed_invitations", items_for=_failed_mails, concerns=_concerning)


def _concerning(user: User) -> Sequence[QuerySet[Any]]:
    return [Invitation.objects.waiting().failed()]


def _failed_mails(user: User, at: datetime) -> Iterator[AgendaItem]:
    if not user.has_perm("mentoring_invitations.invite_by_list"):
        return
    if failed := narrowed(open_invitations(user), "failed", at).count():
        text = ngettext(
            "%(number)s invitation could not be mailed", "%(number)s invitations could not be mailed", failed
        )
        yield AgendaItem(
            key="failed_invitations",
            title=text % {"number": failed},
            url=reverse("mentoring_invitations:open_list") + "?show=failed",
            action=_("Look at the addresses"),
            why=_("These people do not know yet that they are invited."),
            weight=60,
        )


@hooks.register(plugins.RETENTION_RULES.name)
def old_reports() -> RetentionRule:
    text = _("Who was brought in by which list. The people and their roles stay.")
    return RetentionRule(
        "people_imports", _("Reports of imported lists"), days=365, enforce=_forget, text=text, count=_count
    )


def _count(when: datetime) -> int:
    return PeopleImport.objects.filter(made_at__lt=when).count()


def _forget(when: datetime) -> int:
    old = PeopleImport.objects.filter(made_at__lt=when)
    number = old.count()
    old.delete()
    return number


@hooks.register(plugins.RETENTION_RULES.name)
def invitations_never_accepted() -> RetentionRule:
    return RetentionRule(
        "invitations",
        _("Invitations that nobody accepted"),
        days=180,
        enforce=lambda before: erase_uninvited(before, at=timezone.now()),
        text=_("Counted from the last day of the link. The account is erased. Who is in a group stays."),
        count=lambda before: never_accepted(before).count(),
        fewest=30,
    )


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def imported_lists() -> PrivacyHandler:
    models = ["mentoring_invitations.PeopleImport", "mentoring_invitations.ImportedPerson"]
    held = [
        Held(models[0], about="made_by", label=_("Lists that you imported")),
        Held(models[1], label=_("Lists that named you")),
    ]
    return PrivacyHandler(name="invitations", models=models, export=None, erase=_erase, held=held)


def _erase(user: User) -> None:
    ImportedPerson.objects.filter(user=user).delete()
    PeopleImport.objects.filter(made_by=user).update(made_by=None)
