"""Pages of this room."""

from mentoring_ext.registrations.views.coordinator import (
    opening_board,
    opening_edit,
    opening_new,
    own_opening_list,
    partner_end,
    partner_list,
    rule_list,
)
from mentoring_ext.registrations.views.initial import initial_detail, initial_edit
from mentoring_ext.registrations.views.own import (
    registration_answer,
    registration_confirm,
    registration_own,
    registration_return,
    registration_withdraw,
)
from mentoring_ext.registrations.views.public import (
    opening_detail,
    opening_list,
    refer,
    refer_as_staff,
    registration_edit,
    registration_new,
)
from mentoring_ext.registrations.views.review import (
    registration_decide,
    registration_decline,
    registration_detail,
    registration_letter,
)

__all__ = [
    "initial_detail",
    "initial_edit",
    "opening_board",
    "opening_detail",
    "opening_edit",
    "opening_list",
    "opening_new",
    "own_opening_list",
    "partner_end",
    "partner_list",
    "refer",
    "refer_as_staff",
    "registration_answer",
    "registration_confirm",
    "registration_decide",
    "registration_decline",
    "registration_detail",
    "registration_edit",
    "registration_letter",
    "registration_new",
    "registration_own",
    "registration_return",
    "registration_withdraw",
    "rule_list",
]
