"""A coordinator invites by a list with mistakes, mends it, and two people come in: one by link, one with a code."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.make import make_cohort, make_coordinator

NEW_PASSWORD = "lighthouse-on-the-hill"
WRONG = "name;email;role\nEleni Anni;eleni.anni;mentor\nMaria Rossi;;administrator\n"
RIGHT = "name;email;role\nEleni Anni;eleni.anni@example.org;mentor\nMaria Rossi;;mentee\n"


@pytest.mark.journey
def test_people_are_invited_by_a_list_and_come_in_by_link_and_by_code(person, outbox, tmp_path: Path):
    cohort = make_cohort(name="Athens by list")
    make_coordinator(cohort, username="lister")
    coordinator = person("coordinator")
    coordinator.sign_in("lister")
    coordinator.visit(cohort.get_absolute_url())

    coordinator.press("Invite people by a list")
    choose(coordinator, tmp_path, WRONG)
    coordinator.press("Check the list")
    errors = coordinator.page.get_by_role("row")
    expect(errors.nth(1)).to_contain_text("2")
    expect(errors.nth(1)).to_contain_text("email")
    expect(errors.nth(2)).to_contain_text("administrator")
    expect(coordinator.page.get_by_text("Nothing was written")).to_be_visible()

    choose(coordinator, tmp_path, RIGHT)
    coordinator.press("Check the list")
    expect(coordinator.page.get_by_text("The list is right")).to_be_visible()
    coordinator.press("Import all 2 rows now")
    expect(coordinator.page.get_by_text("2 people were invited.")).to_be_visible(timeout=30_000)
    coordinator.press("See the result")
    expect(coordinator.page.get_by_text("Invited by mail")).to_be_visible()

    coordinator.press("Print 1 invitation")
    coordinator.press("Make the sheets")
    username, code = coordinator.page.locator(".sheet__key dd").all_text_contents()

    eleni = person("eleni")
    eleni.visit(outbox.link_to("eleni.anni@example.org", "/people/invitations/"))
    eleni.fill_in(password=NEW_PASSWORD, repeated=NEW_PASSWORD)
    eleni.press("Save my password and start")
    expect(eleni.page.get_by_text("you are signed in")).to_be_visible()

    maria = person("maria")
    maria.visit("/accounts/login/")
    maria.press("You have a paper with a code?")
    maria.fill_in(username=username, code=code.lower())
    maria.press("Go on")
    maria.fill_in(password=NEW_PASSWORD, repeated=NEW_PASSWORD)
    maria.press("Save my password")
    expect(maria.page.get_by_text("you are signed in")).to_be_visible()


def choose(coordinator, folder: Path, text: str) -> None:
    (folder / "people.csv").write_text(text)
    coordinator.page.locator("input[type=file]").set_input_files(folder / "people.csv")
