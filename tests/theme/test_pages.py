"""The frame of all pages, the sign-in pages, and what is said when something goes wrong."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults
from pytest_django import Settings

from tests.make import make_user

pytestmark = pytest.mark.django_db
CSS_AND_SCRIPT_BUDGET = 60_000


def test_page_names_itself_in_title_and_heading(client: Client):
    page = client.get("/design/").content.decode()

    assert ("<title>Components – Kyklos</title>" in page, "<h1>Components</h1>" in page) == (True, True)


def test_page_says_its_language_and_lets_one_skip_to_the_content(client: Client):
    page = client.get("/design/").content.decode()

    assert ('<html lang="en"' in page, '<a class="skip-link" href="#main">' in page) == (True, True)


@pytest.mark.parametrize("address", ["/design/", "/accounts/login/", "/nowhere/"])
def test_pages_hold_no_inline_script_or_style(client: Client, address: str):
    page = client.get(address).content.decode()

    assert re.findall(r"<style|\sstyle=|<script(?![^>]*(?:\ssrc=|application/json))|\son[a-z]+=", page) == []


def test_theme_that_was_chosen_is_there_from_the_first_byte(client: Client):
    client.cookies["theme"] = "dark"

    assert 'data-theme="dark"' in client.get("/design/").content.decode()


def test_person_can_sign_out_by_one_button(client: Client):
    client.force_login(make_user(first_name="Eleni", last_name="Papadaki"))

    page = client.get("/design/").content.decode()

    assert '<form method="post" action="/accounts/logout/">' in page


def test_component_page_exists_in_the_demo_only(client: Client, settings: Settings):
    settings.DEMO = False

    assert client.get("/design/").status_code == 404


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/login/", "Welcome"),
        ("/accounts/password/reset/", "A new password"),
        ("/accounts/password/reset/done/", "Look into your mail"),
        ("/accounts/password/reset/key/1-abc/", "This link does not work any more"),
        ("/accounts/password/reset/key/done/", "Your new password is saved"),
        ("/accounts/inactive/", "This account is closed"),
    ],
)
def test_visitor_meets_our_own_words(client: Client, address: str, heading: str):
    assert f"<h1>{heading}</h1>" in client.get(address, follow=True).content.decode()


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/logout/", "Sign out"),
        ("/accounts/password/change/", "Change your password"),
        ("/accounts/reauthenticate/", "Is it you?"),
        ("/accounts/2fa/", "Second step at sign-in"),
    ],
)
def test_person_meets_our_own_words(client: Client, address: str, heading: str):
    client.force_login(make_user())

    assert f"<h1>{heading}</h1>" in client.get(address).content.decode()


def test_wrong_password_is_said_and_the_name_kept(client: Client):
    page = client.post("/accounts/login/", {"login": "eleni", "password": "wrong"}).content.decode()

    assert ("Please look at this again" in page, 'value="eleni"' in page) == (True, True)


def test_address_that_does_not_exist_says_what_to_do(client: Client):
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "<h1>This page is not here</h1>" in response.content.decode()


def test_faults_need_neither_context_nor_database(django_assert_num_queries):
    request = RequestFactory().get("/")

    with django_assert_num_queries(0):
        page = defaults.server_error(request).content.decode()

    assert "Something went wrong on our side" in page


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html", "offline.html"])
def test_fault_has_a_drawing_and_a_way_out(template: str):
    page = render_to_string(template)

    assert ('class="drawing"' in page, '<a class="button" href="/">' in page) == (True, True)


def test_mail_sheet_carries_content_and_footer():
    assert "Kyklos" in render_to_string("mail/base.html")


def test_styles_and_scripts_stay_small():
    folder = Path(str(finders.find("theme/css/tokens.css"))).parent.parent
    files = [*folder.glob("css/*.css"), *folder.glob("js/*.js")]

    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < CSS_AND_SCRIPT_BUDGET
    assert max(len(file.read_text().splitlines()) for file in folder.glob("js/*.js")) <= 80


def test_page_asks_for_one_style_sheet_of_all_components(client: Client):
    page = client.get("/design/").content.decode()
    sheet = Path(str(finders.find("theme/kyklos.css"))).read_text()

    assert re.findall(r'rel="stylesheet" href="([^"]+)"', page) == ["/static/theme/kyklos.css"]
    assert (sheet.startswith("/* tokens.css */"), "/* card.css */" in sheet) == (True, True)


def test_no_other_file_is_taken_for_the_style_sheet():
    assert finders.find("theme/other.css") is None
