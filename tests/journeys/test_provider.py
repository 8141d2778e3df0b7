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


def member(name: str) -> User:
    """Make somebody with an account of before, whose confirmed address is the one that the provider names."""
    user = make_user(username=name, email=f"{name}@town.example")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_confirmed_address_opens_the_account_that_has_it(come_in: Callable[[str], Page]):
    user = member("member")

    page = come_in("member")

    expect(page).to_have_url(re.compile("/people/me/$"))
    expect(page.get_by_text("member@town.example").first).to_be_visible()
    assert SocialAccount.objects.get(user=user).uid == "member"
    assert User.objects.filter(email=user.email).get().has_usable_password()


@pytest.mark.parametrize("name", ["unsure.one", "worded.one"])
def test_address_that_is_not_confirmed_never_opens_an_account(name: str, come_in: Callable[[str], Page]):
    victim = member(name)

    come_in(name)

    newcomer = SocialAccount.objects.get(uid=name).user
    assert (newcomer == victim, newcomer.email, newcomer.emailaddress_set.count()) == (False, "", 0)
    assert SocialAccount.objects.filter(user=victim).count() == 0
    victim.refresh_from_db()
    assert (victim.last_login, victim.email, victim.has_usable_password()) == (None, f"{name}@town.example", True)


def test_new_people_come_without_a_role_whatever_the_provider_says(come_in: Callable[[str], Page]):
    page = come_in("newcomer")

    expect(page).to_have_url(re.compile("/people/me/$"))
    user = SocialAccount.objects.get(uid="newcomer").user
    assert re.fullmatch(r"nia\.newcomer\d*", user.username)
    assert (user.email, str(user)) == ("newcomer@town.example", "Nia Newcomer")
    assert (user.is_superuser, user.is_staff, user.site_roles.count()) == (False, False, 0)


def test_a_site_without_providers_shows_no_button(site: str, browser: Browser):
    person = Person(browser, site, "visitor")
    person.visit("/accounts/login/")

    assert person.page.get_by_text("Town of Elaia").count() == 0
    person.context.close()
    assert "OIDC_PROVIDERS" not in os.environ
