"""What applicants and coordinators do: apply, confirm, withdraw; open calls, move, note, accept and decline."""

from mentoring_ext.applications.actions.applying import Applicant, apply, confirm_application, withdraw_application
from mentoring_ext.applications.actions.calls import RESERVED_SLUGS, change_call, open_call
from mentoring_ext.applications.actions.deciding import (
    CARRIED_OVER,
    accept_application,
    decline_application,
    move_application,
    note_on_application,
    read_cv,
)

__all__ = [
    "CARRIED_OVER",
    "RESERVED_SLUGS",
    "Applicant",
    "accept_application",
    "apply",
    "change_call",
    "confirm_application",
    "decline_application",
    "move_application",
    "note_on_application",
    "open_call",
    "read_cv",
    "withdraw_application",
]
