"""The rules of this room that can be broken, each with its text."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class CallClosed(DomainError):
    code = "call_closed"
    text = _("This call is closed. Look whether another one is open.")


class AlreadyDecided(DomainError):
    code = "already_decided"
    text = _("This application is closed by now. Nothing was changed.")


class NotAnOpenStage(DomainError):
    code = "not_an_open_stage"
    text = _("Choose one of the stages on the board. To accept or decline, open the application.")
    field = "stage"


class AnswerMissing(DomainError):
    code = "answer_missing"
    text = _("Write to the applicant why you say no.")
    field = "answer"


class OtherRoleInCohort(DomainError):
    code = "other_role_in_cohort"
    text = _("This person has another role in the cohort and cannot be its mentor.")


class NotYourCohort(DomainError):
    code = "not_your_cohort"
    text = _("You can open calls for the cohorts that you coordinate.")
    field = "cohort"


class ClosesBeforeItOpens(DomainError):
    code = "closes_before_it_opens"
    text = _("The last day comes before the first day. Choose a later last day.")
    field = "closes_on"
