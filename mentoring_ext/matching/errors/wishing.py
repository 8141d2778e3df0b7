"""Why mentees cannot say whom they would like, or others cannot take it back."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class WishesClosed(DomainError):
    """The coordinator does not let the cohort's mentees say whom they would like, or not any more."""

    code = "wishes_closed"
    text = _("You cannot say now whom you would like. Ask your coordinator.")


class WishesTooMany(DomainError):
    """Up to three mentors can be ranked and two excluded."""

    code = "wishes_too_many"
    text = _("Name up to three mentors whom you would like, and up to two whom you do not want.")


class WishesContradict(DomainError):
    """A mentor can be named once only."""

    code = "wishes_contradict"
    text = _("Name each mentor once only.")


class NotOffered(DomainError):
    """Only mentors on the list can be named."""

    code = "not_offered"
    text = _("This mentor is not on the list any more. Choose another one.")


class WishesNotAllowed(DomainError):
    """The programme does not let cohorts ask mentees whom they would like."""

    code = "wishes_not_allowed"
    text = _("The programme of this cohort does not let mentees name mentors. Who keeps the programme can allow it.")


class MenteesOwn(DomainError):
    """Whom a mentee excluded is the mentee's own to take back."""

    code = "mentees_own"
    text = _("This was told in confidence. Only the person who told it can take it back.")
