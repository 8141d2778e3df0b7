"""The programme and its parts, and the cohorts that run it."""

from mentoring_ext.programmes.models.cohort import Cohort, CohortMembership, Requirement
from mentoring_ext.programmes.models.programme import (
    Outcome,
    Phase,
    PhaseTask,
    Programme,
    ProgrammeCourse,
    Role,
    SessionPlan,
)

__all__ = [
    "Cohort",
    "CohortMembership",
    "Outcome",
    "Phase",
    "PhaseTask",
    "Programme",
    "ProgrammeCourse",
    "Requirement",
    "Role",
    "SessionPlan",
]
