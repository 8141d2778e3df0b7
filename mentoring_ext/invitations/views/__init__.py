"""Pages of this room."""

from mentoring_ext.invitations.views.importing import check_detail, import_example, import_new
from mentoring_ext.invitations.views.papers import cohort_papers, import_papers
from mentoring_ext.invitations.views.reports import import_detail, import_list, import_people_csv
from mentoring_ext.invitations.views.waiting import (
    open_detail,
    open_list,
    open_send,
    open_send_failed,
    open_withdraw,
)

__all__ = [
    "check_detail",
    "cohort_papers",
    "import_detail",
    "import_example",
    "import_list",
    "import_new",
    "import_papers",
    "import_people_csv",
    "open_detail",
    "open_list",
    "open_send",
    "open_send_failed",
    "open_withdraw",
]
