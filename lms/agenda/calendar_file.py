"""An appointment as a calendar file (RFC 5545, sent as RFC 5546 describes)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class Entry:
    """What stands in the calendar: the same ``uid`` with a higher ``sequence`` replaces what stood there."""

    uid: str
    sequence: int
    title: str
    text: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    organiser: tuple[str, str]
    guest: tuple[str, str] | None = None
    tentative: bool = False


def calendar_file(entry: Entry, *, method: str, at: datetime) -> str:
    """Return the file. ``method`` is "REQUEST" (put in or move), "CANCEL" (take out) or "PUBLISH" (own copy)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kyklos//Kyklos//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(entry, method, at))
    return str(calendar.to_ical(), "utf-8")


def _event(entry: Entry, method: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.starts_at + timedelta(minutes=entry.minutes))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("status", _status(entry, method))
    if entry.place or entry.link:
        event.add("location", entry.place or entry.link)
    if entry.link:
        event.add("url", entry.link)
    event.add("organizer", _address(*entry.organiser))
    if entry.guest and method != PUBLISH:
        event.add("attendee", _attendee(entry.guest, entry.tentative), encode=False)
    return event


def _status(entry: Entry, method: str) -> str:
    if method == CANCEL:
        return "CANCELLED"
    return "TENTATIVE" if entry.tentative else "CONFIRMED"


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(name)
    return address


def _attendee(person: tuple[str, str], tentative: bool) -> vCalAddress:
    guest = _address(*person)
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    guest.params["PARTSTAT"] = vText("NEEDS-ACTION" if tentative else "ACCEPTED")
    return guest
