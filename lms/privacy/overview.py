"""A person's consents as the page shows them."""

from dataclasses import dataclass
from datetime import datetime

from lms.people.models import User
from lms.plugins import ConsentPurpose
from lms.privacy.actions import purposes
from lms.privacy.models import Consent, ConsentText, ConsentVersion


@dataclass(frozen=True)
class ShownConsent:
    """What a person may agree to: its newest text, and the open consent if there is one."""

    purpose: ConsentPurpose
    version: ConsentVersion
    words: ConsentText
    given: Consent | None
    counts: bool

    @property
    def is_older(self) -> bool:
        """Whether the person agreed to an older text only."""
        return self.given is not None and self.given.version_id != self.version.pk


def consents_of(user: User, at: datetime, *, name: str = "") -> list[ShownConsent]:
    """Return what the person has agreed to or is offered, in the purposes' order; ``name`` keeps one alone."""
    newest = {version.name: version for version in ConsentVersion.objects.newest().prefetch_related("texts")}
    held = {one.version.name: one for one in Consent.objects.open().filter(user=user).select_related("version")}
    ended = set(Consent.objects.overtaken(at).filter(user=user).values_list("version__name", flat=True))
    known = sorted(purposes().values(), key=lambda purpose: purpose.order)
    return [
        ShownConsent(one, newest[one.name], newest[one.name].words(), held.get(one.name), one.name not in ended)
        for one in known
        if name in ("", one.name) and one.name in newest and (one.name in held or one.offered_to(user))
    ]
