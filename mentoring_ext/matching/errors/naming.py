"""Why names are not hidden or shown, and why a decision is not closed or opened."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NamesHiddenAlready(DomainError):
    """The names of the cohort are hidden already."""

    code = "names_hidden_already"
    text = _("The names are hidden already.")


class NamesNotHidden(DomainError):
    """The names of the cohort are shown, so there is nothing to show or to close."""

    code = "names_not_hidden"
    text = _("The names are shown already.")


class NamesStillHidden(DomainError):
    """The decision must be closed before anybody sees the names and publishes."""

    code = "names_still_hidden"
    text = _("The names are still hidden. Close the decision first, then publish.")


class DecisionClosed(DomainError):
    """Names are seen and the decision is closed; who changes pairs now opens it again, with a reason."""

    code = "decision_closed"
    text = _("The decision is closed and the names are seen. Open it again with a reason to change something.")


class DecisionOpen(DomainError):
    """The decision of this run is not closed, so it cannot be opened again."""

    code = "decision_open"
    text = _("This decision is open already.")
