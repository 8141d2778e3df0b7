"""What people do with workshops, scenarios and consultations."""

from mentoring_ext.workshops.actions.attendance import note_attendance
from mentoring_ext.workshops.actions.bookings import book_place, give_place_back
from mentoring_ext.workshops.actions.consultations import (
    answer_request,
    ask_for_help,
    end_consultation,
    end_outlived,
)
from mentoring_ext.workshops.actions.scenarios import (
    add_part,
    change_part,
    move_part,
    publish_scenario,
    remove_part,
    write_scenario,
)
from mentoring_ext.workshops.actions.workshops import (
    add_material,
    announce_workshop,
    ask_question,
    call_off_workshop,
    move_point,
    plan_workshop,
    remove_material,
    remove_point,
    write_point,
)

__all__ = [
    "add_material",
    "add_part",
    "announce_workshop",
    "answer_request",
    "ask_for_help",
    "ask_question",
    "book_place",
    "call_off_workshop",
    "change_part",
    "end_consultation",
    "end_outlived",
    "give_place_back",
    "move_part",
    "move_point",
    "note_attendance",
    "plan_workshop",
    "publish_scenario",
    "remove_material",
    "remove_part",
    "remove_point",
    "write_point",
    "write_scenario",
]
