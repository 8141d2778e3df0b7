"""What invitations add: the import as a job, how long reports are kept, and personal data."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.jobs.running import RunningJob
from lms.people.models import User
from lms.plugins import Held, JobKind, PrivacyHandler, RetentionRule
from mentoring_ext.invitations.jobs import run_import
from mentoring_ext.invitations.models import ImportedPerson, PeopleImport


@hooks.register(plugins.JOB_KINDS.name)
def invite_people() -> JobKind:
    # All or nothing, and nobody twice: starting it again does no harm.
    return JobKind("invite_people", _("Invite people by a list"), run=_run, repeatable=True)


def _run(running: RunningJob) -> None:
    run_import(running, timezone.now())


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
