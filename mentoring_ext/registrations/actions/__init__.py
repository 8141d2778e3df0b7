"""Opening registrations, registering, referring, deciding, the waiting list, and the initial evaluation."""

from mentoring_ext.registrations.actions.deciding import (
    accept_registration,
    decline_registration,
    make_letter_code,
    put_on_waiting_list,
    read_registration,
)
from mentoring_ext.registrations.actions.initial import (
    finish_initial,
    initial_of,
    keep_initial,
    read_initial,
    shipped_version,
)
from mentoring_ext.registrations.actions.joining import opens_nothing_else
from mentoring_ext.registrations.actions.openings import (
    add_partner,
    change_opening,
    end_partner,
    open_registration,
    set_rules,
)
from mentoring_ext.registrations.actions.registering import (
    Registrant,
    confirm_registration,
    keep_draft,
    refer_person,
    send_registration,
)
from mentoring_ext.registrations.actions.waiting import (
    answer_offer,
    end_late_offers,
    move_up,
    waiting_place,
    withdraw_registration,
)

__all__ = [
    "Registrant",
    "accept_registration",
    "add_partner",
    "answer_offer",
    "change_opening",
    "confirm_registration",
    "decline_registration",
    "end_late_offers",
    "end_partner",
    "finish_initial",
    "initial_of",
    "keep_draft",
    "keep_initial",
    "make_letter_code",
    "move_up",
    "open_registration",
    "opens_nothing_else",
    "put_on_waiting_list",
    "read_initial",
    "read_registration",
    "refer_person",
    "send_registration",
    "set_rules",
    "shipped_version",
    "waiting_place",
    "withdraw_registration",
]
