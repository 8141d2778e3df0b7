"""The first page after signing in: what is mine to do next, and the cards of all rooms."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lms.agenda.actions import agenda_for, cards_for
from lms.http import PersonRequest
from lms.people.permissions import roles_of


@login_required
def home(request: PersonRequest) -> HttpResponse:
    at = timezone.now()
    items = agenda_for(request.user, at)
    context = {
        "next_item": items[0] if items else None,
        "later_items": items[1:],
        "at": at,
        "roles": roles_of(request.user),
        "cards": cards_for(request.user, at),
    }
    return render(request, "agenda/home.html", context)
