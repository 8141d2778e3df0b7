"""Why nothing more can be settled about two people."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NotMembers(DomainError):
    """Both must be in the cohort: one as mentee, one as mentor."""

    code = "not_members"
    text = _("Choose a mentee and a mentor of this cohort.")


class RuleKnown(DomainError):
    """The rule about these two is there already."""

    code = "rule_known"
    text = _("This is known about these two already.")


class RulesContradict(DomainError):
    """Two rules about the same two people cannot both hold."""

    code = "rules_contradict"
    text = _("Another rule says the opposite about these two. Take it back first.")


class InGroupAlready(DomainError):
    """The mentee is in a running group of the cohort."""

    code = "in_group_already"
    text = _("This mentee is in a group already.")
    field = "mentees"


class TooMany(DomainError):
    """A group cannot have more mentees than the programme allows."""

    code = "too_many"
    text = _("That is more mentees than a group can have.")
    field = "mentees"


class AgainstAWish(DomainError):
    """The mentee excluded this mentor; only the mentee can take that back."""

    code = "against_a_wish"
    text = _("Something told in confidence stands against this pair. Ask the mentees: they can take it back.")
    field = "mentees"
