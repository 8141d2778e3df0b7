"""Filling in sheets, the mentors' database, public profiles and contact, and inviting graduates to become mentors."""

from mentoring_ext.profiles.actions.contact import answer_contact, report_contact, request_contact, settle_report
from mentoring_ext.profiles.actions.database import delete_note, delete_view, note_on_mentor, save_view
from mentoring_ext.profiles.actions.drafts import check_revision, close_draft, draft_of, keep_draft
from mentoring_ext.profiles.actions.entering import enter_mentor
from mentoring_ext.profiles.actions.graduates import (
    CARRIED_OVER,
    accept_graduate_invitation,
    decline_graduate_invitation,
    has_completed,
    invite_graduate,
)
from mentoring_ext.profiles.actions.index import index_all, index_mentor, index_mentors
from mentoring_ext.profiles.actions.listed import Filling, Listed, check_listed, fill_sheets
from mentoring_ext.profiles.actions.public import hide_profile, show_profile
from mentoring_ext.profiles.actions.sheets import change_picture, finish_sheet, save_sheet, sheet_of, sheets_of

__all__ = [
    "CARRIED_OVER",
    "Filling",
    "Listed",
    "accept_graduate_invitation",
    "answer_contact",
    "change_picture",
    "check_listed",
    "check_revision",
    "close_draft",
    "decline_graduate_invitation",
    "delete_note",
    "delete_view",
    "draft_of",
    "enter_mentor",
    "fill_sheets",
    "finish_sheet",
    "has_completed",
    "hide_profile",
    "index_all",
    "index_mentor",
    "index_mentors",
    "invite_graduate",
    "keep_draft",
    "note_on_mentor",
    "report_contact",
    "request_contact",
    "save_sheet",
    "save_view",
    "settle_report",
    "sheet_of",
    "sheets_of",
    "show_profile",
]
