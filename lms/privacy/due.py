"""What is due about privacy: agreeing again, an erasure that can be stopped, and for administrators a failed night."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.people.models import User
from lms.plugins import AgendaItem
from lms.privacy.models import Consent, ConsentVersion, Erasure
from lms.serving.models import NightlyRun

RECENTLY = timedelta(days=2)


def concerned(user: User) -> Sequence[QuerySet[Any]] | None:
    """Return the person's erasure that waits and the consents they hold; an administrator is told of nights too."""
    if user.has_perm("lms_privacy.set_periods"):
        return None
    return [Erasure.objects.open().filter(user=user), Consent.objects.open().filter(user=user)]


def due_for(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield what the person has to look at as of ``at``, in three queries at most."""
    erasure = Erasure.objects.open().filter(user=user).first()
    if erasure:
        yield AgendaItem(
            key=f"erasure-{erasure.pk}",
            title=_("Your account is going to be erased"),
            url=reverse("lms_privacy:erasure_ask"),
            action=_("Look at it"),
            why=_("Until then you can keep it.") if erasure.is_own else _("An administrator decided this."),
            due=erasure.due_at,
        )
    yield from _to_renew(user, at)
    if user.has_perm("lms_privacy.set_periods"):
        yield from _failed(at)


def _to_renew(user: User, at: datetime) -> Iterator[AgendaItem]:
    held = Consent.objects.open().filter(
        user=user, version__name=OuterRef("name"), version__number__lt=OuterRef("number")
    )
    renewed = ConsentVersion.objects.newest().filter(Exists(held), renew_by__gt=at).prefetch_related("texts")
    for version in renewed:
        yield AgendaItem(
            key=f"consent-{version.pk}",
            title=_("Please read again: %(title)s") % {"title": version.words().title},
            url=reverse("lms_privacy:consent_version", args=[version.pk]),
            action=_("Read it"),
            why=_("The text has changed. You decide whether you still agree."),
            due=version.renew_by,
        )


def _failed(at: datetime) -> Iterator[AgendaItem]:
    failed = NightlyRun.objects.failed().filter(started_at__gt=at - RECENTLY).order_by("-night").first()
    if failed:
        yield AgendaItem(
            key=f"night-{failed.pk}",
            title=_("A task of the night has failed"),
            url=reverse("lms_serving:night_list"),
            action=_("See what failed"),
            why=_("It is tried again next night, or when you ask for it."),
            weight=60,
        )
