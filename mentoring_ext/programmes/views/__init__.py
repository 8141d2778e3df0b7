"""Pages of this room."""

from mentoring_ext.programmes.views.cohorts import (
    cohort_detail,
    cohort_finish,
    cohort_list,
    cohort_new,
    phase_start,
    programme_detail,
)
from mentoring_ext.programmes.views.members import member_invite, training_waive

__all__ = [
    "cohort_detail",
    "cohort_finish",
    "cohort_list",
    "cohort_new",
    "member_invite",
    "phase_start",
    "programme_detail",
    "training_waive",
]
