"""The terms that people of some organisations agree to before they come in for the first time."""

from lms.people.models import User
from lms.privacy.models import ConsentText, ConsentVersion

TERMS = "terms"


def terms_for(user: User) -> ConsentText | None:
    """Return the words that this invited person has to agree to, or None where their organisation does not ask."""
    if user.organisation is None or not user.organisation.asks_terms:
        return None
    version = ConsentVersion.objects.newest_of(TERMS)
    return version.words() if version else None
