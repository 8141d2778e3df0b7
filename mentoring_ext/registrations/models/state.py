"""How far a registration has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a registration has come."""

    STARTED = "started", _("Begun, not sent yet")
    REFERRED = "referred", _("Referred, waits for the person")
    UNCONFIRMED = "unconfirmed", _("Address not confirmed")
    RECEIVED = "received", _("Received")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Place offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (State.RECEIVED, State.WAITING, State.OFFERED)
"""The states in which somebody still has to decide something."""
HOLDS_PLACE = (State.OFFERED, State.ACCEPTED)
"""The states that take one of the places."""
COUNTS = (*OPEN_STATES, State.ACCEPTED)
"""The states of which a person can have only one in an opening."""
