"""The request as views behind a sign-in know it."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from lms.people.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; for annotations only."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form gets: the data of a POST, which may be empty, and None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def number_in(text: str | None) -> int | None:
    """Return the key or place that stands in an address or a form; None for anything that a database cannot hold."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def asked_place(request: HttpRequest, now: int) -> int:
    """Return where a thing of an ordered list shall stand, 0 for the first, that stands at ``now``.

    A thing that was dragged sends its ``place``; the buttons send ``to``, one step "up" or "down".
    """
    place = request.POST.get("place", "")
    if place.isascii() and place.isdigit() and len(place) < 6:
        return int(place)
    return now + {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)


def ask_first(request: HttpRequest, question: str, text: str, *, button: str, back: str) -> HttpResponse:
    """Return the page that asks before something is taken away; its button posts to the same address.

    ``text`` says what will happen, and ``back`` is where a change of mind leads.
    """
    context = {"question": question, "text": text, "button": button, "back": back}
    return render(request, "confirm.html", context)
