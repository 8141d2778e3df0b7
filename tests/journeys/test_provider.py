"""Signing in by an organisation's own provider, a real one on this machine."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Browser, Page, expect

from lms.people.models import User
from tests.journeys.person import Person
from tests.journeys.provider import running_provider
from tests.journeys.site import running_site
from tests.make import make_user
from tests.servers import free_port

pytestmark = pytest.mark.journey

TOWN = {
    "OIDC_PROVIDERS": "town",
    "OIDC_TOWN_NAME": "Town of Elaia",
    "OIDC_TOWN_CLIENT_ID": "kyklos",
    "OIDC_TOWN_SECRET": "only-for-tests",
    "OIDC_TOWN_TRUSTS_EMAIL": "true",
    "OIDC_TOWN_DOMAINS": "town.example",
}


@pytest.fixture(scope="module")
def open_site(site: str, site_folder: Path) -> Iterator[str]:
    """The same site, served once more with the provider in its settings; it lets new people in."""
    port = free_port()
    with running_provider(f"http://127.0.0.1:{port}/accounts/oidc/town/login/callback/") as issuer:
        settings = TOWN | {"OIDC_TOWN_SERVER": issuer, "OIDC_TOWN_NEW_PEOPLE": "true"}
        with running_site(site_folder, port, **settings) as address:
            yield address


@pytest.fixture
def come_in(open_site: str, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Returns a function that signs in at the provider under a name, in a new browser."""
    people: list[Person] = []

    def sign_in(name: str) -> Page:
        person = Person(browser, open_site, name)
        people.append(person)
        person.visit("/accounts/login/?next=/people/me/")
        person.page.get_by_role("button", name="Sign in with Town of Elaia").click()
        person.page.locator("[name=login]").fill(name)
        person.page.locator("[name=password]").fill("any")
        person.page.locator("button[type=submit]").first.click()
        person.page.get_by_role("button", name="Continue").click()
        person.page.wait_for_url(re.compile(re.escape(open_site)))
        person.troubles.clear()  # the provider's own pages ask for a font elsewhere
        person.check_page()
        return person.page

    yield sign_in
    for person in people:
        person.context.close()


def test_confirmed_address_opens_the_account_that_has_it(come_in: Callable[[str], Page]):
    user = make_user(username="member", email="member@town.example")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    page = come_in("member")

    expect(page).to_have_url(re.compile("/people/me/$"))
    assert SocialAccount.objects.get(user=user).uid == "member"
    assert User.objects.get(pk=user.pk).has_usable_password()


@pytest.mark.parametrize("name", ["unsure.one", "worded.one"])
def test_address_that_is_not_confirmed_never_opens_an_account(name: str, come_in: Callable[[str], Page]):
    victim = make_user(email=f"{name}@town.example")

    come_in(name)

    newcomer = SocialAccount.objects.get(uid=name).user
    assert newcomer != victim
    assert newcomer.email == ""
    assert User.objects.get(pk=victim.pk).has_usable_password()


def test_new_people_come_without_a_role_whatever_the_provider_says(come_in: Callable[[str], Page]):
    page = come_in("newcomer")

    expect(page).to_have_url(re.compile("/people/me/$"))
    user = SocialAccount.objects.get(uid="newcomer").user
    assert (user.username, user.email) == ("nia.newcomer", "newcomer@town.example")
    assert (user.is_superuser, user.is_staff, user.site_roles.count()) == (False, False, 0)


def test_a_site_without_providers_shows_no_button(site: str, browser: Browser):
    person = Person(browser, site, "visitor")
    person.visit("/accounts/login/")

    assert person.page.get_by_text("Town of Elaia").count() == 0
    person.context.close()
    assert "OIDC_PROVIDERS" not in os.environ
