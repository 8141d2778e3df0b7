"""Pages of this room."""

from mentoring_ext.invitations.views.importing import import_example, import_new
from mentoring_ext.invitations.views.papers import cohort_papers, import_papers
from mentoring_ext.invitations.views.reports import import_detail, import_list, import_people_csv

__all__ = [
    "cohort_papers",
    "import_detail",
    "import_example",
    "import_list",
    "import_new",
    "import_papers",
    "import_people_csv",
]
