"""The rules that every answer keeps, however it was found: checked with NumPy alone."""

import numpy as np

from mentoring_ext.matching.facts import Integers
from mentoring_ext.matching.solver.answers import LEFT_OVER, NO_SLOT, refuse_if
from mentoring_ext.matching.solver.task import Task


def check_rules(task: Task, mentor_of: Integers, slot_of: Integers | None) -> None:
    """Raise ``Refused`` where the pairs break a rule of the task, or a mentor's group has no slot in common."""
    shape_is_right = mentor_of.shape == (task.shape[0],) and mentor_of.dtype.kind in "iu"
    refuse_if(not shape_is_right, "there must be one mentor for each mentee")
    refuse_if(((mentor_of < LEFT_OVER) | (mentor_of >= task.shape[1])).any(), "a mentor does not exist")
    refuse_if(any(mentor_of[mentee] != mentor for mentee, mentor in task.fixed.items()), "a fixed pair was not kept")
    rows = np.flatnonzero(mentor_of != LEFT_OVER)
    refuse_if(not task.allowed[rows, mentor_of[rows]].all(), "a pair breaks a rule")
    sizes = np.bincount(mentor_of[rows], minlength=task.shape[1])
    refuse_if((sizes > task.capacity).any(), "a mentor has more mentees than places")
    if task.minimum is not None:
        refuse_if(((sizes > 0) & (sizes < task.minimum)).any(), "a group is smaller than the smallest size")
    _check_slots(task, mentor_of, slot_of, sizes)


def _check_slots(task: Task, mentor_of: Integers, slot_of: Integers | None, sizes: Integers) -> None:
    if task.mentee_slots is None or task.mentor_slots is None:
        refuse_if(slot_of is not None, "slots were named where none were asked for")
        return
    slots = np.zeros(0) if slot_of is None else np.asarray(slot_of)
    refuse_if(slots.shape != sizes.shape or slots.dtype.kind not in "iu", "there must be one slot for each mentor")
    refuse_if(((slots < NO_SLOT) | (slots >= task.mentor_slots.shape[1])).any(), "a slot does not exist")
    used = np.flatnonzero(sizes)
    refuse_if((slots[sizes == 0] != NO_SLOT).any(), "a mentor without a group has a slot")
    refuse_if((slots[used] == NO_SLOT).any(), "a group has no slot")
    refuse_if(not task.mentor_slots[used, slots[used]].all(), "a mentor is not free in the slot of the group")
    rows = np.flatnonzero(mentor_of != LEFT_OVER)
    refuse_if(
        not task.mentee_slots[rows, slots[mentor_of[rows]]].all(), "a mentee is not free in the slot of the group"
    )
