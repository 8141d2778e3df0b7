"""The programme and its parts, and the cohorts that run it."""

from mentoring_ext.programmes.models.cohort import Cohort, CohortMembership, Preparation, Requirement
from mentoring_ext.programmes.models.procedure import (
    ITEM_FIELDS,
    Area,
    ChecklistItem,
    ChecklistTemplate,
    Gate,
    Item,
    TemplateItem,
    Ticker,
)
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
    "ITEM_FIELDS",
    "Area",
    "ChecklistItem",
    "ChecklistTemplate",
    "Cohort",
    "CohortMembership",
    "Gate",
    "Item",
    "Outcome",
    "Phase",
    "PhaseTask",
    "Preparation",
    "Programme",
    "ProgrammeCourse",
    "Requirement",
    "Role",
    "SessionPlan",
    "TemplateItem",
    "Ticker",
]
