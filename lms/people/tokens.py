"""The signed text in an invitation's link; when it ends is written in the invitation itself."""

from django.core import signing

from lms.people.models import Invitation

SALT = "lms.people.invitation"


def token_of(invitation: Invitation) -> str:
    """Return the text that stands in the link; a new address of the account makes older links void."""
    return signing.dumps([invitation.pk, invitation.user.email.lower()], salt=SALT)


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that the link was made for, or None when the link is broken or no longer counts."""
    try:
        pk, email = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    found = Invitation.objects.select_related("user", "invited_by").filter(pk=pk).first()
    return found if found and found.user.email.lower() == email else None
