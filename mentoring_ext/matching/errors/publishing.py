"""Why groups are not opened or letters not sent."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class AlreadyPublished(DomainError):
    """The run is published and cannot change any more."""

    code = "already_published"
    text = _("This pairing is published already.")


class NothingToPublish(DomainError):
    """Nobody has a mentor in this run."""

    code = "nothing_to_publish"
    text = _("Nobody has a mentor in this pairing, so there is nothing to publish.")


class PeopleChanged(DomainError):
    """Somebody of the run left the cohort or joined a group since."""

    code = "people_changed"
    text = _("Somebody left or joined a group since this pairing was made. Run the pairing again.")


class UnknownPlaceholder(DomainError):
    """A letter holds a placeholder that nobody can fill in."""

    code = "unknown_placeholder"
    text = _("Nobody can fill in one of the placeholders. Use those of the list only.")


class NothingToSend(DomainError):
    """No letter of the run waits to be sent again."""

    code = "nothing_to_send"
    text = _("Every letter left already, or is on its way.")
