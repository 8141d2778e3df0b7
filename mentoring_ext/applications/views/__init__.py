"""Pages of this room: for everybody, for the applicant, for the coordinator."""

from mentoring_ext.applications.views.applicant import (
    application_confirm,
    application_new,
    application_sent,
    application_status,
    application_withdraw,
    call_detail,
    call_list,
)
from mentoring_ext.applications.views.coordinator import (
    application_accept,
    application_cv,
    application_decline,
    application_detail,
    application_move,
    call_board,
    call_edit,
    call_new,
    own_call_list,
)

__all__ = [
    "application_accept",
    "application_confirm",
    "application_cv",
    "application_decline",
    "application_detail",
    "application_move",
    "application_new",
    "application_sent",
    "application_status",
    "application_withdraw",
    "call_board",
    "call_detail",
    "call_edit",
    "call_list",
    "call_new",
    "own_call_list",
]
