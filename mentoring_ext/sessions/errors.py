"""The rules of sessions that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class AlreadyScheduled(DomainError):
    """All sessions are scheduled together once; afterwards single ones are moved."""

    code = "already_scheduled"
    text = _("The sessions have their dates already. You can move each of them.")


class WrongNumber(DomainError):
    """There is one date for each session of the programme."""

    code = "wrong_number"
    text = _("Give one date for each session.")


class OutOfOrder(DomainError):
    """Sessions follow each other."""

    code = "out_of_order"
    text = _("Each session must start after the one before it and before the one after it.")
    field = "starts_at"


class OutsideCohort(DomainError):
    """Sessions take place between the cohort's first and last day."""

    code = "outside_cohort"
    text = _("This date is outside the time of the cohort.")
    field = "starts_at"


class NotOverYet(DomainError):
    """A session is registered when it is over."""

    code = "not_over_yet"
    text = _("This session is not over yet. Register it afterwards.")
    field = "starts_at"


class AlreadyHeld(DomainError):
    """A registered session is corrected, not moved."""

    code = "already_held"
    text = _("This session is registered. Correct its form instead of moving it.")


class AttendanceMissing(DomainError):
    """Each mentee of the group was there or was not, and at least one was."""

    code = "attendance_missing"
    text = _("Tick who was there. If nobody came, move the session to another day instead.")
    field = "present"


class OutcomeOfAnotherProgramme(DomainError):
    """A session works on outcomes of its own programme."""

    code = "outcome_of_another_programme"
    text = _("This outcome belongs to another programme.")
    field = "outcomes"
