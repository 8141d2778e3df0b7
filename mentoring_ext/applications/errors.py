"""The rules of this room that can be broken, each with its text."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class CallClosed(DomainError):
    code = "call_closed"
    text = _("This call is closed. Look whether another one is open.")


class AlreadySent(DomainError):
    code = "already_sent"
    text = _("This form was sent already. Look into your mail: a link there leads to your application.")


class NoLongerEditable(DomainError):
    code = "no_longer_editable"
    text = _("A coordinator reads your application by now, so it cannot be changed any more.")


class FormOfOthers(DomainError):
    code = "form_of_others"
    text = _("Choose a form of the cohort's own organisation, or one that everybody may use.")
    field = "version"


class AnswersBeforeItCloses(DomainError):
    code = "answers_before_it_closes"
    text = _("Applicants can only have an answer after the last day to apply. Choose a later day.")
    field = "answers_by"


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


class MovedMeanwhile(DomainError):
    """Somebody else moved the application since the page was opened."""

    code = "moved_meanwhile"
    text = _("Somebody else moved this application a moment ago. Nothing was changed.")


class CriteriaInUse(DomainError):
    code = "criteria_in_use"
    text = _("Scorecards are handed in by now, so criteria and weights stay. You can still change the words.")


class MarksMissing(DomainError):
    code = "marks_missing"
    text = _("Give a mark for every criterion. Until then, save your scorecard as a draft.")


class HandedInAlready(DomainError):
    code = "handed_in_already"
    text = _("This scorecard is handed in. It stays as it is.")


class NotYetTwo(DomainError):
    code = "not_yet_two"
    text = _("You can agree when two scorecards are handed in.")


class CannotReview(DomainError):
    code = "cannot_review"
    text = _("This person cannot be asked to review here.")
    field = "people"


class TooFewReviewers(DomainError):
    code = "too_few_reviewers"
    text = _("Choose more people: each application shall be read by two.")
    field = "people"


class PlaceOrLink(DomainError):
    code = "place_or_link"
    text = _("Say where you meet: write a place, or give a link.")
    field = "place"


class TimeIsPast(DomainError):
    code = "time_is_past"
    text = _("This time is over. Choose one that is still to come.")
    field = "time_1"


class TimeGone(DomainError):
    code = "time_gone"
    text = _("This time is no longer offered. Please look at the times below.")


class NoAppointment(DomainError):
    code = "no_appointment"
    text = _("There is no interview to answer to at present.")


class WishMissing(DomainError):
    code = "wish_missing"
    text = _("Write which times suit you.")
    field = "wish"


class UnknownPlaceholder(DomainError):
    code = "unknown_placeholder"
    field = "body"


class PlaceholderMissing(DomainError):
    code = "placeholder_missing"
    field = "body"


class SentAlready(DomainError):
    code = "sent_already"
    text = _("This letter has left already. It is not sent again.")


class NobodyChosen(DomainError):
    code = "nobody_chosen"
    text = _("Tick at least one application first.")


class StillUndecided(DomainError):
    code = "still_undecided"
    text = _("Some applications still wait for a decision. Decide on them first.")


class ReportClosed(DomainError):
    code = "report_closed"
    text = _("The selection report is closed. Open it again to change something.")


class ReportOpen(DomainError):
    code = "report_open"
    text = _("The selection report is not closed.")


class SignatureMissing(DomainError):
    code = "signature_missing"
    text = _("Write your name to sign the report.")
    field = "signature"
