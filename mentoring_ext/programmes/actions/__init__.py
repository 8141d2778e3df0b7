"""What people do with cohorts: open one, bring people in, go from phase to phase, and finish."""

from mentoring_ext.programmes.actions.cohorts import (
    complete_mentees,
    finish_cohort,
    open_cohort,
    start_phase,
)
from mentoring_ext.programmes.actions.members import add_member, invite_to_cohort, waive_training
from mentoring_ext.programmes.training import Readiness, readiness, readiness_of

__all__ = [
    "Readiness",
    "add_member",
    "complete_mentees",
    "finish_cohort",
    "invite_to_cohort",
    "open_cohort",
    "readiness",
    "readiness_of",
    "start_phase",
    "waive_training",
]
