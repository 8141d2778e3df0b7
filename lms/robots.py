"""Keeping robots out of public forms, without a third party and without riddles.

A page to which strangers post puts a ``RobotGuard`` beside its form, draws it with ``{{ guard }}`` inside the same
``<form>``, and asks it once the form itself is right::

    if request.method == "POST" and not may_try(request, "apply"):
        return slow_down(request)
    guard = RobotGuard(posted(request), at=timezone.now())
    if form.is_valid() and guard.lets_in(form):
        actions.apply(..., form_key=guard.form_key)

``form_key`` is the same as often as one shown form is sent: kept in a unique column, a form sent twice makes one
record.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

SALT = "lms.robots.ticket"
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
MAX_LINKS = 6


def may_try(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count a try, and return whether it is within the limits of ``ACCOUNT_RATE_LIMITS[action]``.

    ``key`` is what a limit "per key" counts by, such as a mail address.
    """
    return bool(ratelimit.consume(request, action=action, key=key))


def slow_down(request: HttpRequest) -> HttpResponse:
    """Return the page that asks to wait, with the status 429."""
    response: HttpResponse = ratelimit.respond_429(request)
    return response


def new_ticket(at: datetime, *, key: UUID | None = None) -> str:
    """Return a signed text that tells one shown form from another, and when it was shown.

    ``key`` makes it the same form as one that was shown before, say because somebody goes on with it.
    """
    return signing.dumps([(key or uuid4()).hex, at.timestamp()], salt=SALT)


class RobotGuard(forms.Form):
    """Stands beside a public form: robots fill in ``website``, are too quick, or write many links."""

    template_name = "components/robot_guard.html"

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, at: datetime, key: UUID | None = None) -> None:
        self.at = at
        self.shown = _read(data.get("ticket", "")) if data is not None else None
        if data is not None and self.shown is None:
            data = {"website": data.get("website", ""), "ticket": new_ticket(at, key=key)}
        super().__init__(data, initial={"ticket": new_ticket(at, key=key)}, use_required_attribute=False)

    @property
    def form_key(self) -> UUID:
        """The key of the form that was shown."""
        return self.shown[0] if self.shown else uuid4()

    def lets_in(self, form: forms.BaseForm) -> bool:
        """Return whether a person may have sent this clean form; where not, ``form`` says how to go on."""
        self.is_valid()
        for text, code in self._doubts(form):
            form.add_error(None, ValidationError(text, code=code))
        return form.is_valid()

    def _doubts(self, form: forms.BaseForm) -> Iterator[tuple[Any, str]]:
        if self.cleaned_data.get("website"):
            yield _("Something filled in a field that people do not see. Please send the form once more."), "trapped"
        if self.shown is None or self.at.timestamp() - self.shown[1] < settings.PUBLIC_FORM_MIN_SECONDS:
            yield _("Please check what you wrote, then send it again."), "too_quick"
        if sum(len(LINK.findall(text)) for text in _texts(form.cleaned_data)) > MAX_LINKS:
            yield _("There are many links in your text. Leave some out, then send it again."), "many_links"


def _texts(values: Mapping[str, Any]) -> Iterator[str]:
    yield from (value for value in values.values() if isinstance(value, str))


def _read(ticket: str) -> tuple[UUID, float] | None:
    try:
        key, shown_at = signing.loads(ticket, salt=SALT)
        return UUID(key), float(shown_at)
    except (signing.BadSignature, ValueError, TypeError):
        return None
