"""The rules of this room that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NotYours(DomainError):
    """The person plans no workshops or scenarios for that organisation."""

    code = "not_yours"
    text = _("You cannot plan this for the organisation.")
    field = "organisation"


class BookingClosed(DomainError):
    """The workshop takes no bookings now."""

    code = "booking_closed"
    text = _("This workshop takes no bookings any more.")


class HoldsIt(DomainError):
    """Who holds a workshop is there anyway and takes nobody's place."""

    code = "holds_it"
    text = _("You hold this workshop, so you need no place in it.")


class NotBooked(DomainError):
    """The person has no place to give back."""

    code = "not_booked"
    text = _("You have no place in this workshop.")


class TooManyBooked(DomainError):
    """More people hold places than there shall be."""

    code = "too_many_booked"
    text = _("More people than this have a place already.")
    field = "places"


class CalledOff(DomainError):
    """Nothing changes in a workshop that was called off."""

    code = "called_off"
    text = _("This workshop was called off.")


class AlreadyOver(DomainError):
    """The workshop is over."""

    code = "already_over"
    text = _("This workshop is over.")


class NotYet(DomainError):
    """Attendance is noted when the workshop has begun."""

    code = "not_yet"
    text = _("Note who took part when the workshop has begun.")


class ReasonMissing(DomainError):
    """People who booked are told why a workshop is called off, and a consultation is declined."""

    code = "reason_missing"
    text = _("Say why.")
    field = "because"


class NotAMentor(DomainError):
    """Only people of the mentors' database are asked to consult."""

    code = "not_a_mentor"
    text = _("Choose somebody from the mentors' database.")
    field = "consultant"


class OwnGroup(DomainError):
    """The group's own people need no consultation to help it."""

    code = "own_group"
    text = _("This person belongs to the group already. Choose somebody else.")
    field = "consultant"


class AlreadyAnswered(DomainError):
    """The request has its answer."""

    code = "already_answered"
    text = _("This request was answered already.")
