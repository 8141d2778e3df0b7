"""What people do with cohorts: open one, bring people in, go from phase to phase, and finish."""

from mentoring_ext.programmes.actions.checklist_templates import (
    change_template,
    move_item,
    remove_item,
    remove_template,
    write_item,
    write_template,
)
from mentoring_ext.programmes.actions.checklists import add_item, excuse_item, fulfil, reopen_item, settle_item
from mentoring_ext.programmes.actions.cohorts import (
    complete_mentees,
    finish_cohort,
    open_cohort,
    start_phase,
)
from mentoring_ext.programmes.actions.many_members import add_members
from mentoring_ext.programmes.actions.members import (
    add_member,
    forget_preparation,
    invite_to_cohort,
    leave_cohort,
    note_preparation,
    waive_training,
)
from mentoring_ext.programmes.actions.transfer import (
    change_phase,
    change_programme,
    order_plan,
    remove_plan,
    transfer_programme,
    write_plan,
)
from mentoring_ext.programmes.training import Readiness, readiness, readiness_of

__all__ = [
    "Readiness",
    "add_item",
    "add_member",
    "add_members",
    "change_phase",
    "change_programme",
    "change_template",
    "complete_mentees",
    "excuse_item",
    "finish_cohort",
    "forget_preparation",
    "fulfil",
    "invite_to_cohort",
    "leave_cohort",
    "move_item",
    "note_preparation",
    "open_cohort",
    "order_plan",
    "readiness",
    "readiness_of",
    "remove_item",
    "remove_plan",
    "remove_template",
    "reopen_item",
    "settle_item",
    "start_phase",
    "transfer_programme",
    "waive_training",
    "write_item",
    "write_plan",
    "write_template",
]
