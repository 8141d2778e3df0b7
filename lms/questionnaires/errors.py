"""Rules of questionnaires that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class VersionPublished(DomainError):
    """Somebody wants to change what people may already have answered."""

    code = "version_published"
    text = _("This version is published and does not change any more. Make a new version.")


class VersionNotPublished(DomainError):
    """Somebody wants to answer a version that is still being composed."""

    code = "version_not_published"
    text = _("This form is not open yet.")


class NothingToPublish(DomainError):
    """The questionnaire has no version that waits to be published, or it asks nothing."""

    code = "nothing_to_publish"
    text = _("There is nothing to publish: add a question first.")


class CodeTwice(DomainError):
    """Two questions share a code, so that an export could not tell them apart."""

    code = "code_twice"


class OptionsMissing(DomainError):
    """A scale or a choice offers fewer than two answers."""

    code = "options_missing"


class ConditionBroken(DomainError):
    """A question or section is shown only after an answer that nobody can give before it."""

    code = "condition_broken"


class StandardFieldMissing(DomainError):
    """A standard field that the system cannot do without is not asked."""

    code = "standard_field_missing"


class StandardFieldStays(DomainError):
    """Somebody wants to take out, or hide, a standard field that the system cannot do without."""

    code = "standard_field_stays"
    text = _("This is a standard field that the form cannot do without. Move it, or change its words.")


class NotAStandardField(DomainError):
    """The use of the form has no such standard field, or the form asks it already."""

    code = "not_a_standard_field"
    text = _("This field is in the form already.")


class ChangedMeanwhile(DomainError):
    """Somebody else changed the same thing since this page was opened."""

    code = "changed_meanwhile"


class NothingRemoved(DomainError):
    """There is nothing to put back."""

    code = "nothing_removed"
    text = _("It is back already, or something else was removed after it.")


class NoSectionYet(DomainError):
    """A question has no section to stand in."""

    code = "no_section_yet"
    text = _("Add a section first. Questions stand in sections.")


class AnswersMissing(DomainError):
    """Questions that must be answered were left open; ``missing`` holds their codes."""

    code = "answers_missing"
    text = _("Some questions that need an answer are still open.")

    def __init__(self, missing: list[str]) -> None:
        super().__init__(field=missing[0])
        self.missing = missing


class AlreadySubmitted(DomainError):
    """The answers were handed in before and stay as they are."""

    code = "already_submitted"
    text = _("You have handed in these answers already. They stay as they are.")
