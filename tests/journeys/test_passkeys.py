"""Passkeys and the second step, with a virtual authenticator in the browser."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Browser, expect

from lms.people.models import SignInRules
from tests.journeys.person import Person
from tests.make import make_editor

pytestmark = pytest.mark.journey

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def editor(site: str, browser: Browser) -> Iterator[Person]:
    """A person at a browser that has a passkey device; passkeys need a name, which an address of numbers is not."""
    person = Person(browser, site.replace("127.0.0.1", "localhost"), "editor")
    tools = person.context.new_cdp_session(person.page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield person
    person.context.close()


@pytest.fixture
def _needed_today(site: str) -> Iterator[None]:
    yesterday = timezone.localdate() - timedelta(days=1)
    SignInRules.objects.create(pk=1, second_step_from=yesterday)
    yield
    SignInRules.objects.all().delete()


@pytest.mark.usefixtures("_needed_today")
def test_editor_sets_up_a_passkey_and_signs_in_with_it_alone(editor: Person):
    user = make_editor(username="passkey.editor")
    editor.sign_in("passkey.editor")
    expect(editor.page).to_have_url(re.compile("/people/second-step/$"))

    editor.press("Use a passkey")
    editor.page.locator("[name=passwordless]").check()
    editor.press("Add the passkey")
    expect(editor.page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    editor.press("I have kept them: go on")
    editor.visit("/home/")
    assert Authenticator.objects.filter(user=user).count() == 2

    editor.visit("/accounts/logout/")
    editor.page.locator("main").get_by_role("button", name="Sign out").click()
    editor.visit("/accounts/login/")
    editor.press("Sign in with a passkey")

    expect(editor.page).to_have_url(re.compile("/home/$"))
    editor.visit("/accounts/2fa/webauthn/")
    expect(editor.page.get_by_text("Signs in alone")).to_be_visible()


def test_password_then_passkey(editor: Person):
    make_editor(username="second.editor")
    editor.sign_in("second.editor")
    editor.visit("/accounts/2fa/webauthn/add/")
    editor.press("Add the passkey")
    editor.visit("/people/me/sessions/")
    editor.press("Sign out everywhere, here too")
    editor.page.get_by_role("button", name="Sign out everywhere, here too").click()

    editor.page.locator("#id_login").fill("second.editor")
    editor.page.locator("#id_password").fill("a-long-enough-password")
    editor.page.locator("#id_password").press("Enter")
    expect(editor.page.get_by_role("heading", name="Second step")).to_be_visible()
    editor.check_page()
    editor.press("Use my passkey")

    expect(editor.page).to_have_url(re.compile("/home/$"))
