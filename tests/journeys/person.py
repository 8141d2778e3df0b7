"""A person at a browser: opens pages, signs in, and notices whatever is wrong with a page."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.journeys.accessibility import breaches_on
from tests.make import PASSWORD

PICTURES = Path("var/test-results")


class Person:
    """One browser window with cookies of its own.

    ``page`` is Playwright's page for everything that is done on it. ``troubles`` collects errors of the console,
    breaches of the content policy among them, and failed requests.
    """

    def __init__(self, browser: Browser, address: str, name: str) -> None:
        self.context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(30_000)
        self.name = name
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        # An answer of 422 is how a form says that something is wrong; Chromium reports it as a failed resource.
        if message.type == "error" and "status of 422" not in message.text:
            self.troubles.append(f"{self.page.url}: {message.text}")

    def visit(self, address: str) -> None:
        """Open an address and check the page."""
        response = self.page.goto(address)
        assert response is not None and response.ok, f"{address} answers {response and response.status}"
        self.check_page()

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Sign in by the form."""
        self.visit("/accounts/login/")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(password)
        self.page.locator("#id_password").press("Enter")
        expect(self.page).not_to_have_url(re.compile("/accounts/login/"))
        self.check_page()

    def press(self, label: str) -> None:
        """Press the button or follow the link of that name, and check the page that opens."""
        target = self.page.get_by_role("button", name=label, exact=True)
        with self.page.expect_navigation():
            (target if target.count() else self.page.get_by_role("link", name=label, exact=True)).first.click()
        self.check_page()

    def fill_in(self, **answers: Any) -> None:
        """Answer fields by their names: text to type, a choice by its value, a list of choices, True to tick."""
        for name, answer in answers.items():
            field = self.page.locator(f"main [name='{name}']")
            kind = field.first.evaluate("field => field.type")
            if answer is True:
                field.check()
            elif kind in {"radio", "checkbox"}:
                for value in answer if isinstance(answer, list) else [answer]:
                    self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind == "select-one":
                field.select_option(str(answer))
            else:
                field.fill(str(answer))

    def check_page(self) -> None:
        """Fail when axe finds something on the page, or the browser has complained."""
        self.page.wait_for_load_state("load")
        breaches = breaches_on(self.page)
        assert not breaches, "\n".join([f"axe on {self.page.url}:", *breaches])
        assert not self.troubles, "\n".join(self.troubles)

    def photograph(self, name: str) -> None:
        """Keep a picture of the whole page in ``var/test-results``."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self.name}.png", full_page=True)
