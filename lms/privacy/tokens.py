"""The signed text in the link that keeps an account from being erased."""

from django.core import signing
from django.db.models import F

from lms.privacy.models import Erasure

SALT = "lms.privacy.erasure"


def token_of(erasure: Erasure) -> str:
    """Return the text that stands in the link."""
    return signing.dumps(erasure.pk, salt=SALT)


def erasure_of(token: str) -> Erasure | None:
    """Return the erasure that the link was made for while it waits; None for a broken link, or another's decision."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    own = Erasure.objects.open().filter(asked_by=F("user"))
    return own.select_related("user").filter(pk=pk).first()
