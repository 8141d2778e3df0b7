"""The rules of cohorts that can be broken."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.errors import DomainError

if TYPE_CHECKING:
    from mentoring_ext.programmes.models import ChecklistItem


class NameTaken(DomainError):
    """The organisation has a cohort of that name already."""

    code = "name_taken"
    text = _("There is a cohort with this name already. Choose another name.")
    field = "name"


class NotYours(DomainError):
    """The person may not open cohorts for that organisation."""

    code = "not_yours"
    text = _("You cannot open a cohort for this organisation.")
    field = "organisation"


class NotYourDepartment(DomainError):
    """The person opens cohorts for some departments of the organisation, and this is none of them."""

    code = "not_your_department"
    text = _("You can open a cohort only for a department that you manage or coordinate. Choose one of those.")
    field = "department"


class NoPhases(DomainError):
    """The programme has no phases, so nothing can run by it."""

    code = "no_phases"
    text = _("This programme has no phases yet. Choose another one.")
    field = "programme"


class AlreadyMember(DomainError):
    """The person has this role in the cohort."""

    code = "already_member"
    text = _("This person has this role in the cohort already.")
    field = "email"


class OneRoleEach(DomainError):
    """Nobody is mentor and mentee of the same cohort."""

    code = "one_role_each"
    text = _("Nobody can be mentor and mentee in the same cohort.")
    field = "role"


class CohortFinished(DomainError):
    """Nothing changes in a finished cohort."""

    code = "cohort_finished"
    text = _("This cohort is finished. Nothing can be changed any more.")


class PhaseOfAnotherProgramme(DomainError):
    """A cohort can only be in a phase of its own programme."""

    code = "phase_of_another_programme"
    text = _("This phase belongs to another programme.")


class GroupsStillRunning(DomainError):
    """The cohort has groups that are not closed."""

    code = "groups_still_running"
    text = _("Close all groups first. Then finish the cohort.")


class ReasonMissing(DomainError):
    """Training is waived only with a reason."""

    code = "reason_missing"
    text = _("Say why this person does not need the training.")
    field = "because"


class ItemsOpen(DomainError):
    """Items of the checklist stand before the phase; ``items`` holds them."""

    code = "items_open"

    def __init__(self, items: Sequence["ChecklistItem"]) -> None:
        self.items = items
        text = ngettext(
            "%(number)s item of the checklist is still open: %(items)s.",
            "%(number)s items of the checklist are still open: %(items)s.",
            len(items),
        )
        super().__init__(text % {"number": len(items), "items": "; ".join(item.text for item in items)})


class NotYoursToSettle(DomainError):
    """The item is settled by somebody else."""

    code = "not_yours_to_settle"
    text = _("Somebody else settles this item.")


class EvidenceMissing(DomainError):
    """A file must prove that the item is settled."""

    code = "evidence_missing"
    text = _("Add the file that proves it.")
    field = "evidence"


class WhyNotMissing(DomainError):
    """That an item does not apply is said with a reason."""

    code = "why_not_missing"
    text = _("Say why this does not apply to your cohort.")
    field = "because"


class ChecklistNameTaken(DomainError):
    """The organisation has a checklist of that name for the programme."""

    code = "checklist_name_taken"
    text = _("There is a checklist with this name already. Choose another name.")
    field = "name"


class ShippedChecklist(DomainError):
    """A checklist that came with Kyklos is copied, not changed."""

    code = "shipped_checklist"
    text = _("This checklist came with the programme. Copy it, then change the copy.")


class LastCoordinator(DomainError):
    """A cohort that is not finished keeps a coordinator."""

    code = "last_coordinator"
    text = _("This is the cohort's last coordinator. Hand the cohort over first.")


class StillInGroup(DomainError):
    """Nobody leaves a cohort out of a running group."""

    code = "still_in_group"
    text = _("This person is in a group that is running. Hand the group over, or close it, first.")


class ProgrammeNameTaken(DomainError):
    """Every programme has its own name."""

    code = "programme_name_taken"
    text = _("There is a programme with this name already. Choose another name.")
    field = "name"


class ProgrammeElsewhere(DomainError):
    """A programme of another organisation or department cannot be run here."""

    code = "programme_elsewhere"
    text = _("This programme belongs to another department. Copy it to yours first.")
    field = "programme"


class NotYourPlace(DomainError):
    """The person opens no cohorts there, and copies no programme there."""

    code = "not_your_place"
    text = _("You cannot copy a programme there. Choose an organisation or department that you manage or coordinate.")
    field = "organisation"


class ProgrammeInUse(DomainError):
    """The number of sessions does not change while cohorts run by it."""

    code = "programme_in_use"
    text = _("Cohorts run by this programme. Its words can be changed, but not the number and order of sessions.")
