"""The rules of this room that can be broken, each with its text."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError
from lms.questionnaires.models import Response


class OpeningClosed(DomainError):
    code = "opening_closed"
    text = _("This registration is closed. Ask the organisation when the next one opens.")


class AlreadyDecided(DomainError):
    code = "already_decided"
    text = _("This registration has been decided on meanwhile. Nothing was changed.")


class NoPlaceLeft(DomainError):
    code = "no_place_left"
    text = _("All places are taken. Put the person on the waiting list, or add a place.")


class AnswerMissing(DomainError):
    code = "answer_missing"
    text = _("Write to the person why you say no.")
    field = "answer"


class OfferOver(DomainError):
    code = "offer_over"
    text = _("The time for this offer is over, and the place has gone to the next person. You can register again.")


class OtherRoleInCohort(DomainError):
    code = "other_role_in_cohort"
    text = _("This person has another role in the cohort and cannot be its mentee.")


class OpeningThere(DomainError):
    code = "opening_there"
    text = _("This cohort has a registration already. Change that one.")
    field = "cohort"


class NotYourCohort(DomainError):
    code = "not_your_cohort"
    text = _("You can open registrations for the cohorts that you coordinate.")
    field = "cohort"


class FewerPlacesThanPeople(DomainError):
    code = "fewer_places_than_people"
    text = _("More people have a place already. Choose a larger number.")
    field = "places"


class AddressTaken(DomainError):
    code = "address_taken"
    text = _("Somebody with this address is registered already.")
    field = "email"


class WrittenMeanwhile(DomainError):
    """Somebody else saved other answers since the page was opened; ``response`` holds them."""

    code = "written_meanwhile"
    text = _(
        "Somebody saved other answers while you were writing. Both stand below: keep the right one, and save again."
    )

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response
