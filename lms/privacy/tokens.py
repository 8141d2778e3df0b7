"""The signed text in the link that keeps an account from being erased."""

from django.core import signing

from lms.privacy.models import Erasure

SALT = "lms.privacy.erasure"


def token_of(erasure: Erasure) -> str:
    """Return the text that stands in the link."""
    return signing.dumps(erasure.pk, salt=SALT)


def erasure_of(token: str) -> Erasure | None:
    """Return the open erasure that the link was made for, as long as it waits; None for a broken link."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Erasure.objects.open().select_related("user").filter(pk=pk).first()
