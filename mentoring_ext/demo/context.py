"""The accounts that the sign-in page of the demo shows; only the demo's settings name this context processor."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mentoring_ext.demo.people import shown_accounts


def demo_accounts(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``demo_accounts``; the file is read on the page that lists them only."""
    return {"demo_accounts": SimpleLazyObject(shown_accounts)}
