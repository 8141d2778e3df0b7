"""What the sign-in pages and the account need to know of the settings."""

from django.conf import settings
from django.http import HttpRequest


def ways_in(request: HttpRequest) -> dict[str, bool]:
    """Give templates ``signup_open`` and ``has_providers``."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return {"signup_open": settings.SIGNUP_OPEN, "has_providers": bool(apps)}
