"""A workshop as an entry of people's calendars."""

from datetime import datetime

from django.conf import settings

from lms.agenda.calendar_file import CANCEL, PUBLISH, Entry, calendar_file
from mentoring_ext.workshops.models import Workshop


def entry_of(workshop: Workshop, *, with_link: bool, at: datetime) -> str:
    """Return the calendar file; one taken again moves the entry, or takes it out when the workshop is called off."""
    minutes = int(workshop.length.total_seconds() // 60)
    entry = Entry(
        uid=workshop.uid,
        sequence=workshop.sequence,
        title=workshop.title,
        text=settings.SITE_URL + workshop.get_absolute_url(),
        starts_at=workshop.starts_at,
        minutes=minutes,
        place=workshop.place,
        link=workshop.link if with_link else "",
        organiser=(str(workshop.organisation), settings.DEFAULT_FROM_EMAIL),
    )
    called_off = workshop.state == Workshop.State.CALLED_OFF
    return calendar_file(entry, method=CANCEL if called_off else PUBLISH, at=at)
