"""What applications ask of people: scorecards, interviews, letters that did not leave."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.models import User
from lms.plugins import AgendaItem
from mentoring_ext.applications.models import OPEN_STAGES, Appointment, Assignment, Call, Letter
from mentoring_ext.applications.tokens import status_token

AFTERWARDS = timedelta(hours=2)
"""How long an interview stays on the agenda after it began."""


def reviews_due(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield one item for each call in which the person owes scorecards; one query."""
    owed = Assignment.objects.filter(user=user).to_do().values("application__call", "application__call__title")
    for row in owed.annotate(number=Count("pk"), first=Min("due_on")).order_by("application__call"):
        text = ngettext("Review %d application", "Review %d applications", row["number"])
        yield AgendaItem(
            key=f"reviews-{row['application__call']}",
            title=text % row["number"],
            url=reverse("mentoring_applications:review_list"),
            action=_("Go to my reviews"),
            why=_("You were asked to read and mark them."),
            due=_end_of(row["first"]),
            about=row["application__call__title"],
            weight=50,
        )


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def interviews_of_staff(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield the confirmed interviews that the person holds, and wishes for other times to answer; one query."""
    coming = Q(host=user, state=Appointment.State.CONFIRMED, starts_at__gte=at - AFTERWARDS)
    wished = Q(state=Appointment.State.OTHER_ASKED, application__call__in=Call.objects.coordinated_by(user))
    for appointment in Appointment.objects.filter(coming | wished).select_related("application__call"):
        yield _for_staff(appointment)


def _for_staff(appointment: Appointment) -> AgendaItem:
    application = appointment.application
    fixed = appointment.state == Appointment.State.CONFIRMED
    title = _("Interview with %(name)s") if fixed else _("%(name)s asks for another time")
    return AgendaItem(
        key=f"interview-{appointment.pk}",
        title=title % {"name": application},
        url=f"{application.get_absolute_url()}#interview",
        action=_("Open the application") if fixed else _("Offer other times"),
        why=appointment.where if fixed else _("The times that you offered do not suit."),
        due=appointment.starts_at if fixed else None,
        about=application.call.title,
        weight=60,
    )


def interviews_of_applicant(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield the person's own interviews as an applicant: to answer, or to come to; one query."""
    own = Appointment.objects.standing().filter(application__user=user, application__stage__in=OPEN_STAGES)
    for appointment in own.select_related("application__call"):
        fixed = appointment.state == Appointment.State.CONFIRMED
        if fixed and appointment.starts_at and appointment.starts_at < at - AFTERWARDS:
            continue
        if appointment.state == Appointment.State.OTHER_ASKED:
            continue
        page = reverse("mentoring_applications:application_status", args=[status_token(appointment.application)])
        yield AgendaItem(
            key=f"own-interview-{appointment.pk}",
            title=_("Talk about your application") if fixed else _("Choose a time for our talk"),
            url=f"{page}#interview",
            action=_("See where and when") if fixed else _("Choose a time"),
            why=appointment.where,
            due=appointment.starts_at if fixed else None,
            about=appointment.application.call.title,
            weight=70,
        )


def letters_not_sent(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield one item for each call with letters that could not be sent; one query."""
    failed = Letter.objects.failed().filter(application__call__in=Call.objects.coordinated_by(user))
    rows = failed.values("application__call", "application__call__title").annotate(number=Count("pk"))
    for row in rows.order_by("application__call"):
        text = ngettext("%d letter was not sent", "%d letters were not sent", row["number"])
        yield AgendaItem(
            key=f"letters-{row['application__call']}",
            title=text % row["number"],
            url=reverse("mentoring_applications:letter_list", args=[row["application__call"]]) + "?state=failed",
            action=_("See the letters"),
            why=_("Applicants do not know what you wrote to them."),
            about=row["application__call__title"],
            weight=80,
        )
