"""The request as views behind a sign-in know it."""

from django.http import HttpRequest

from lms.people.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; for annotations only."""

    user: User  # type: ignore[assignment]
