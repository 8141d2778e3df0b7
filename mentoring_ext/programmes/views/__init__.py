"""Pages of this room."""

from mentoring_ext.programmes.views.checklist_templates import (
    checklist_template,
    template_item,
    template_item_move,
    template_item_new,
    template_item_remove,
    template_list,
    template_new,
    template_remove,
)
from mentoring_ext.programmes.views.checklists import (
    checklist,
    checklist_item,
    checklist_item_evidence,
    checklist_item_excuse,
    checklist_item_new,
    checklist_item_reopen,
)
from mentoring_ext.programmes.views.cohorts import (
    cohort_detail,
    cohort_finish,
    cohort_list,
    cohort_new,
    phase_start,
    programme_detail,
)
from mentoring_ext.programmes.views.members import member_invite, training_waive
from mentoring_ext.programmes.views.programmes import (
    phase_edit,
    plan_edit,
    plan_new,
    plan_order,
    plan_remove,
    programme_copy,
    programme_edit,
    programme_list,
    programme_words,
)

__all__ = [
    "checklist",
    "checklist_item",
    "checklist_item_evidence",
    "checklist_item_excuse",
    "checklist_item_new",
    "checklist_item_reopen",
    "checklist_template",
    "cohort_detail",
    "cohort_finish",
    "cohort_list",
    "cohort_new",
    "member_invite",
    "phase_edit",
    "phase_start",
    "plan_edit",
    "plan_new",
    "plan_order",
    "plan_remove",
    "programme_copy",
    "programme_detail",
    "programme_edit",
    "programme_list",
    "programme_words",
    "template_item",
    "template_item_move",
    "template_item_new",
    "template_item_remove",
    "template_list",
    "template_new",
    "template_remove",
    "training_waive",
]
