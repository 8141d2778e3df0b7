"""Calls for mentors, the applications to them and what happened to each."""

from mentoring_ext.applications.models.application import Application, ApplicationQuerySet, StageChange
from mentoring_ext.applications.models.call import Audience, Call, CallQuerySet
from mentoring_ext.applications.models.draft import Draft, DraftFile
from mentoring_ext.applications.models.interview import Appointment, AppointmentTime, Interview
from mentoring_ext.applications.models.letter import Letter, LetterTemplate, Purpose
from mentoring_ext.applications.models.plan import Criterion, ReviewPlan
from mentoring_ext.applications.models.review import Decision, Note
from mentoring_ext.applications.models.scorecard import Assignment, Mark, Score, Scorecard
from mentoring_ext.applications.models.selection import SelectionGuide, SelectionReport
from mentoring_ext.applications.models.stage import OPEN_STAGES, Stage

__all__ = [
    "OPEN_STAGES",
    "Application",
    "ApplicationQuerySet",
    "Appointment",
    "AppointmentTime",
    "Assignment",
    "Audience",
    "Call",
    "CallQuerySet",
    "Criterion",
    "Decision",
    "Draft",
    "DraftFile",
    "Interview",
    "Letter",
    "LetterTemplate",
    "Mark",
    "Note",
    "Purpose",
    "ReviewPlan",
    "Score",
    "Scorecard",
    "SelectionGuide",
    "SelectionReport",
    "Stage",
    "StageChange",
]
