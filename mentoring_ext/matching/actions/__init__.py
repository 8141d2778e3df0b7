"""What a coordinator does with a pairing."""

from mentoring_ext.matching.actions.helping import (
    answer_about_sheet,
    ask_about_sheet,
    seek_changes,
    take_back_question,
)
from mentoring_ext.matching.actions.letters import change_text, letters_for, send_again, text_for
from mentoring_ext.matching.actions.moving import move_mentee, undo_change
from mentoring_ext.matching.actions.publishing import publish_run, start_publishing
from mentoring_ext.matching.actions.ruling import (
    enter_offline,
    forbid_pair,
    lift_rule,
    lock_pair,
    note_conflict,
    unlock_pair,
)
from mentoring_ext.matching.actions.running import cancel_run, run_matching, start_run, work_out

__all__ = [
    "answer_about_sheet",
    "ask_about_sheet",
    "cancel_run",
    "change_text",
    "enter_offline",
    "forbid_pair",
    "letters_for",
    "lift_rule",
    "lock_pair",
    "move_mentee",
    "note_conflict",
    "publish_run",
    "run_matching",
    "seek_changes",
    "send_again",
    "start_publishing",
    "start_run",
    "take_back_question",
    "text_for",
    "undo_change",
    "unlock_pair",
    "work_out",
]
