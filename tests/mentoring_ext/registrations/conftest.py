"""Tests fill a public form in faster than people do."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _quick_people_are_no_robots(settings: Any) -> None:
    settings.PUBLIC_FORM_MIN_SECONDS = 0
