"""Calls for mentors, the applications to them and what happened to each."""

from mentoring_ext.applications.models.application import Application, ApplicationQuerySet, StageChange
from mentoring_ext.applications.models.call import Call, CallQuerySet
from mentoring_ext.applications.models.review import Note
from mentoring_ext.applications.models.stage import OPEN_STAGES, Stage

__all__ = [
    "OPEN_STAGES",
    "Application",
    "ApplicationQuerySet",
    "Call",
    "CallQuerySet",
    "Note",
    "Stage",
    "StageChange",
]
