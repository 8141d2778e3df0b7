"""Sheets, the mentors' database, public profiles and requests for contact, and invitations of graduates."""

from mentoring_ext.profiles.models.contact import ContactRequest, PublicProfile, PublicProfileQuerySet
from mentoring_ext.profiles.models.facets import FACET_KINDS, FacetCode, MentorFacets
from mentoring_ext.profiles.models.graduates import GraduateInvitation
from mentoring_ext.profiles.models.hours import HoursTold
from mentoring_ext.profiles.models.mentors import (
    MentorNote,
    MentorProfile,
    MentorProfileQuerySet,
    MentorTerm,
    SavedView,
    places_taken,
    prepared_mentors,
)
from mentoring_ext.profiles.models.sheets import MenteeProfile, SensitiveDetails, Sheet, SheetDraft, SheetState

__all__ = [
    "FACET_KINDS",
    "ContactRequest",
    "FacetCode",
    "GraduateInvitation",
    "HoursTold",
    "MenteeProfile",
    "MentorFacets",
    "MentorNote",
    "MentorProfile",
    "MentorProfileQuerySet",
    "MentorTerm",
    "PublicProfile",
    "PublicProfileQuerySet",
    "SavedView",
    "SensitiveDetails",
    "Sheet",
    "SheetDraft",
    "SheetState",
    "places_taken",
    "prepared_mentors",
]
