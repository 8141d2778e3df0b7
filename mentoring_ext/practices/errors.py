"""Rules of good practices that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class PracticeClosed(DomainError):
    """An author changes a practice that was handed in or published."""

    code = "practice_closed"
    text = _("This practice is handed in. You can change it again when the manager returns it.")


class PartsMissing(DomainError):
    """A practice is handed in while a part of the template is empty; ``field`` is the first of them."""

    code = "parts_missing"
    text = _("Please fill in this part before you hand the practice in.")


class NotWaiting(DomainError):
    """A manager decides on a practice that does not wait for a decision."""

    code = "not_waiting"
    text = _("This practice does not wait for a decision any more.")


class RemarkMissing(DomainError):
    """A manager returns a practice without saying why."""

    code = "remark_missing"
    text = _("Tell the authors what to change.")
    field = "remark"


class NotInGroup(DomainError):
    """Somebody is named as an author who is not in the group."""

    code = "not_in_group"
    text = _("Choose co-authors out of this group.")
    field = "co_authors"
