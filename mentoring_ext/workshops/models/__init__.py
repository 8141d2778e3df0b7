"""Scenarios of use, workshops with all that belongs to one, and consultations."""

from mentoring_ext.workshops.models.consultation import Consultation
from mentoring_ext.workshops.models.scenario import Scenario, ScenarioPart
from mentoring_ext.workshops.models.workshop import Booking, Material, ProgrammePoint, Question, Workshop

__all__ = [
    "Booking",
    "Consultation",
    "Material",
    "ProgrammePoint",
    "Question",
    "Scenario",
    "ScenarioPart",
    "Workshop",
]
