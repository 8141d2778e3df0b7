"""Reading the links that pages and letters hold; a link is signed with the second in which it was made."""

import re

from lms.people.models import Invitation
from lms.people.tokens import invitation_of


def invitations_in(text: str) -> list[Invitation | None]:
    """Return the invitation of each such link in the text, None where it opens nothing."""
    return [invitation_of(token) for token in re.findall(r"/people/invitations/([^/\s\"]+)/", text)]
