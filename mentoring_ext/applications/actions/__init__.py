"""What applicants, reviewers and coordinators do: apply, mark, talk, write, decide, report."""

from mentoring_ext.applications.actions.applying import (
    Applicant,
    apply,
    change_application,
    confirm_application,
    erase_application,
    withdraw_application,
)
from mentoring_ext.applications.actions.assigning import assign_reviewers, unassign_reviewer
from mentoring_ext.applications.actions.bulk import Answer, Deed, Outcome, answer_many
from mentoring_ext.applications.actions.calls import RESERVED_SLUGS, change_call, open_call
from mentoring_ext.applications.actions.deciding import (
    CARRIED_OVER,
    accept_application,
    decline_application,
    move_application,
    note_on_application,
    read_application,
    read_cv,
)
from mentoring_ext.applications.actions.drafts import Typed, keep_draft, mail_draft_link, throw_draft_away
from mentoring_ext.applications.actions.forms_of_calls import publish_shipped_forms, shipped_version, versions_to_ask
from mentoring_ext.applications.actions.interviews import (
    Offer,
    ask_other_time,
    calendar_of,
    cancel_interview,
    confirm_time,
    end_appointments,
    offer_interview,
    record_interview,
)
from mentoring_ext.applications.actions.keeping import delete_application
from mentoring_ext.applications.actions.letters import (
    change_letter_text,
    post_test,
    restore_letter_text,
    send_again,
    text_for,
    words_of,
    write_letter,
)
from mentoring_ext.applications.actions.links import mail_own_links
from mentoring_ext.applications.actions.plans import (
    add_criterion,
    change_criterion,
    change_plan,
    criteria_in_use,
    move_criterion,
    remove_criterion,
    review_plan,
)
from mentoring_ext.applications.actions.scorecards import agree_on_score, largest_difference, save_scorecard
from mentoring_ext.applications.actions.selection import (
    change_guide,
    change_report,
    close_report,
    guide_of,
    reopen_report,
    report_of,
)

__all__ = [
    "CARRIED_OVER",
    "RESERVED_SLUGS",
    "Answer",
    "Applicant",
    "Deed",
    "Offer",
    "Outcome",
    "Typed",
    "accept_application",
    "add_criterion",
    "agree_on_score",
    "answer_many",
    "apply",
    "ask_other_time",
    "assign_reviewers",
    "calendar_of",
    "cancel_interview",
    "change_application",
    "change_call",
    "change_criterion",
    "change_guide",
    "change_letter_text",
    "change_plan",
    "change_report",
    "close_report",
    "confirm_application",
    "confirm_time",
    "criteria_in_use",
    "decline_application",
    "delete_application",
    "end_appointments",
    "erase_application",
    "guide_of",
    "keep_draft",
    "largest_difference",
    "mail_draft_link",
    "mail_own_links",
    "move_application",
    "move_criterion",
    "note_on_application",
    "offer_interview",
    "open_call",
    "post_test",
    "publish_shipped_forms",
    "read_application",
    "read_cv",
    "record_interview",
    "remove_criterion",
    "reopen_report",
    "report_of",
    "restore_letter_text",
    "review_plan",
    "save_scorecard",
    "send_again",
    "shipped_version",
    "text_for",
    "throw_draft_away",
    "unassign_reviewer",
    "versions_to_ask",
    "withdraw_application",
    "words_of",
    "write_letter",
]
