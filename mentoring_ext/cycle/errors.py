"""Rules of proposals that can be broken."""

from django.utils.translation import gettext_lazy as _

from lms.errors import DomainError


class NoEvidence(DomainError):
    """A proposal cites nothing."""

    code = "no_evidence"
    text = _("Tick at least one piece of evidence. A new lesson needs a reason.")
    field = "evidence"


class EvidenceGone(DomainError):
    """A proposal cites a row that is not on the board of its cohort."""

    code = "evidence_gone"
    text = _("Some of the evidence is not there any more. Please choose again.")
    field = "evidence"


class AlreadyDecided(DomainError):
    """An editor decides on a proposal a second time."""

    code = "already_decided"
    text = _("This proposal was decided before.")


class AnswerMissing(DomainError):
    """An editor declines without a reason."""

    code = "answer_missing"
    text = _("Tell the author why.")
    field = "answer"
