"""What applicants, and staff who could apply, find on their first page."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.people.permissions import roles_of
from lms.plugins import AgendaItem
from mentoring_ext.applications.models import OPEN_STAGES, Application, Audience, Call, Draft
from mentoring_ext.applications.tokens import status_token


def drafts_due(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield one item for each application that the person began and can still send."""
    today = timezone.localdate(at)
    drafts = Draft.objects.filter(user=user, call__closes_on__gte=today).select_related("call")
    for draft in drafts:
        yield AgendaItem(
            key=f"application-draft-{draft.pk}",
            title=_("Send your application"),
            url=draft.get_absolute_url(),
            action=_("Go on writing"),
            why=_("You began it and did not send it yet."),
            due=timezone.make_aware(datetime.combine(draft.call.closes_on, time(23, 59))),
            about=draft.call.title,
        )


def own_applications(user: User, at: datetime) -> dict[str, Any] | None:
    """Return the person's applications: the open ones, and those decided for as long as they are kept."""
    rows = Application.objects.kept().confirmed().filter(user=user).select_related("call")
    applications = [
        {
            "call": row.call,
            "stage": row.get_stage_display(),
            "is_open": row.stage in OPEN_STAGES,
            "url": reverse("mentoring_applications:application_status", args=[status_token(row)]),
        }
        for row in rows
    ]
    return {"applications": applications} if applications else None


def calls_at_home(user: User, at: datetime) -> dict[str, Any] | None:
    """Return the open calls of one's own house to people who belong to it and have no role in mentoring yet."""
    if user.organisation_id is None or roles_of(user):
        return None
    calls = Call.objects.open_on(timezone.localdate(at)).filter(
        organisation=user.organisation_id, audience=Audience.IN_HOUSE
    )
    open_to_me = list(calls.exclude(Q(applications__user=user)))
    return {"calls": open_to_me} if open_to_me else None
