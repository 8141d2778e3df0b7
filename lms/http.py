"""The request as views behind a sign-in know it."""

from django.http import HttpRequest, QueryDict

from lms.people.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; for annotations only."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form gets: the data of a POST, which may be empty, and None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
