"""What this room adds: the consent that everybody is asked for, and what it keeps of a person."""

from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms import plugins
from lms.jobs.models import Job, JobQuerySet
from lms.people.models import User
from lms.plugins import (
    AgendaSource,
    ConsentPurpose,
    Held,
    JobKind,
    NavigationItem,
    NightlyTask,
    PrivacyHandler,
    RetentionRule,
)
from lms.privacy.actions import delete_own_data, enforce_retention, erase_due, lapse_consents, make_own_data
from lms.privacy.actions.exporting import KIND
from lms.privacy.due import concerned, due_for
from lms.privacy.libraries import libraries
from lms.privacy.models import Consent, ConsentVersion, Reading, RetentionPeriod

TEXTS = Path(__file__).parent / "texts"


@hooks.register(plugins.CONSENT_PURPOSES.name)
def terms() -> ConsentPurpose:
    return ConsentPurpose(
        name="terms",
        label=_("How we handle what you tell us"),
        offered_to=lambda user: True,
        texts=TEXTS / "terms.yaml",
        withdrawable=False,
        order=0,
    )


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def of_libraries() -> PrivacyHandler:
    return libraries()


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    models = ("consent", "consentversion", "reading", "retentionperiod", "erasure")
    return PrivacyHandler(
        name="privacy",
        models=[f"lms_privacy.{model}" for model in models],
        export=None,
        erase=erase,
        label=_("Privacy"),
        held=[
            Held("lms_privacy.consent"),
            Held("lms_privacy.erasure"),
            Held("lms_privacy.reading", about="about", label=_("Who opened your records")),
            Held("lms_privacy.reading", about="reader", label=_("Which records you opened")),
        ],
        not_told={
            "lms_privacy.consentversion": "It is a text; it tells only who published it, which the journal has.",
            "lms_privacy.retentionperiod": "It tells only who set it, which the journal has.",
        },
    )


def erase(user: User) -> None:
    Consent.objects.filter(user=user).delete()
    Reading.objects.filter(about=user).delete()
    Reading.objects.filter(reader=user).update(reader=None)
    ConsentVersion.objects.filter(published_by=user).update(published_by=None)
    RetentionPeriod.objects.filter(changed_by=user).update(changed_by=None)


@hooks.register(plugins.NIGHTLY_TASKS.name)
def nightly() -> list[NightlyTask]:
    return [
        NightlyTask("erasures", _("Erase the accounts whose day has come"), erase_due),
        NightlyTask("consents", _("End consents that were not renewed in time"), lapse_consents),
        NightlyTask("retention", _("Delete what has outlived its period"), enforce_retention),
    ]


@hooks.register(plugins.RETENTION_RULES.name)
def periods() -> list[RetentionRule]:
    return [_readings(), _archives()]


@hooks.register(plugins.NAVIGATION.name)
def places() -> NavigationItem:
    return NavigationItem(
        "privacy",
        _("Privacy"),
        "lms_privacy:privacy_home",
        "shield-check",
        lambda request: request.user.has_perm("lms_privacy.set_periods"),
        order=94,
        group="administration",
    )


def _archives() -> RetentionRule:
    return RetentionRule(
        name="own_data",
        label=_("Files with all of one's data"),
        days=7,
        text=_("The file that a person asked for is deleted. It can be made again."),
        enforce=delete_own_data,
        count=lambda before: _own_data().ended_before(before).count(),
    )


def _own_data() -> JobQuerySet:
    return Job.objects.filter(kind=KIND)


def _readings() -> RetentionRule:
    return RetentionRule(
        name="readings",
        label=_("Who opened whose records"),
        days=2 * 365,
        text=_("The lines under “Who has looked at my records” are deleted."),
        enforce=lambda before: _old_readings(before).delete()[0],
        count=lambda before: _old_readings(before).count(),
        fewest=90,
    )


def _old_readings(before: datetime) -> QuerySet[Reading]:
    return Reading.objects.filter(last_at__lt=before)


@hooks.register(plugins.JOB_KINDS.name)
def own_data() -> JobKind:
    return JobKind(name=KIND, label=_("All your data in one file"), run=make_own_data)


@hooks.register(plugins.AGENDA_SOURCES.name)
def due() -> AgendaSource:
    return AgendaSource(name="privacy", items_for=due_for, concerns=concerned)
