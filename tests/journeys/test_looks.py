"""All components in a real browser, in each theme, wide and narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_components_can_be_read_by_everybody(person: Callable[[str], Person], site: str, theme: str):
    visitor = person(f"designer-{theme}")
    visitor.context.add_cookies([{"name": "theme", "value": theme, "url": site}])

    visitor.visit("/design/")

    expect(visitor.page.locator("html")).to_have_attribute("data-theme", theme)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_needs_to_be_scrolled_sideways(person: Callable[[str], Person], width: int):
    visitor = person("designer")
    visitor.page.set_viewport_size({"width": width, "height": 800})

    visitor.page.goto("/design/")

    assert visitor.page.evaluate("document.documentElement.scrollWidth") == width


def test_theme_is_changed_by_keyboard_and_kept(person: Callable[[str], Person]):
    visitor = person("designer")
    visitor.visit("/design/")

    visitor.page.get_by_text("Light, dark or high contrast").locator("xpath=ancestor::summary").press("Enter")
    visitor.page.get_by_role("button", name="Dark", exact=True).press("Enter")
    visitor.visit("/design/")

    expect(visitor.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_tabs_show_one_part_and_follow_the_arrow_keys(person: Callable[[str], Person]):
    visitor = person("designer")
    visitor.visit("/design/")

    visitor.page.get_by_role("tab", name="Talk").press("ArrowRight")

    expect(visitor.page.get_by_role("tabpanel")).to_have_count(1)
    expect(visitor.page.get_by_role("tab", name="Plan")).to_be_focused()


def test_menu_closes_by_escape_and_gives_the_focus_back(person: Callable[[str], Person]):
    visitor = person("designer")
    visitor.visit("/design/")
    summary = visitor.page.locator("theme-switch summary")
    summary.press("Enter")

    visitor.page.keyboard.press("Escape")

    expect(visitor.page.locator("theme-switch details")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
