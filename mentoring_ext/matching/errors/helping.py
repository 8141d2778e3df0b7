"""Why nobody can be asked about a sheet, or answer."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NotInCohort(DomainError):
    """Only mentors and mentees of the cohort can be asked about their sheets."""

    code = "not_in_cohort"
    text = _("This person is not a mentor or a mentee of this cohort any more.")


class SheetMissing(DomainError):
    """There is no complete sheet that could change."""

    code = "sheet_missing"
    text = _("There is no complete sheet. It must be finished first.")


class HoursMissing(DomainError):
    """A question about free hours names none."""

    code = "hours_missing"
    text = _("Say which hours you ask for.")


class AskedSheetTooOften(DomainError):
    """A person was asked the same three times within a day, and each time it was taken back or answered."""

    code = "asked_sheet_too_often"
    text = _("This person was asked several times today. Wait until tomorrow, or talk to them.")


class NoMorePlaces(DomainError):
    """The sheet tells the most mentees that it can tell, or is not a mentor's."""

    code = "no_more_places"
    text = _("This mentor's sheet cannot hold one more place.")


class AskedSheetAlready(DomainError):
    """A question of the same kind waits for the person's answer."""

    code = "asked_sheet_already"
    text = _("This person has a question like this already. Wait for the answer.")


class QuestionAnswered(DomainError):
    """The question has an answer."""

    code = "question_answered"
    text = _("This question is answered already. You can change your sheet at any time.")


class QuestionTakenBack(DomainError):
    """The coordinator does not need the answer any more."""

    code = "question_taken_back"
    text = _("Your coordinator does not need this any more. Your sheet stays as it is.")


class TooLateToTakeBack(DomainError):
    """The question has an answer, or was taken back before."""

    code = "too_late_to_take_back"
    text = _("This question does not wait any more, so it cannot be taken back.")
