"""The documents say what is: hook points, addresses of features and the tests that walk them."""

import re

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from lms.hook_docs import hooks_as_markdown

DOCS = settings.ROOT / "docs"
ROW = re.compile(
    r"^\| *(?P<id>[A-Z]+\d+[a-z]?) *\|(?P<feature>[^|]*)\|(?P<address>[^|]*)\|(?P<role>[^|]*)\|(?P<test>[^|]*)\|$"
)


def feature_rows() -> list[dict[str, str]]:
    lines = (DOCS / "features.md").read_text().splitlines()
    found = (ROW.match(line) for line in lines if line.startswith("| ") and not line.startswith("| id "))
    return [{name: text.strip() for name, text in row.groupdict().items()} for row in found if row]


def test_list_of_hook_points_is_current():
    assert (DOCS / "hooks.md").read_text() == hooks_as_markdown(), "Run manage.py write_hook_docs"


def test_every_line_of_the_feature_tables_is_a_row():
    lines = (DOCS / "features.md").read_text().splitlines()
    written = [line for line in lines if line.startswith("| ") and not line.startswith("| id ")]

    assert len(feature_rows()) == len(written)


@pytest.mark.parametrize("row", feature_rows(), ids=lambda row: row["id"])
def test_feature_has_an_address_and_a_test(row: dict[str, str]):
    assert [address for address in re.findall(r"`(/[^`]*)`", row["address"]) if not answers(address)] == []
    assert row["role"]
    assert [name for name in re.findall(r"`([^`]+)`", row["test"]) if not is_a_test(name)] == []
    assert "`" in row["address"] and "`" in row["test"]


def answers(address: str) -> bool:
    """Return whether the site has the address; `<…>` stands for a number or short name."""
    for value in ("1", "a"):
        try:
            resolve(re.sub(r"<[^>]+>", value, address))
        except Resolver404:
            continue
        return True
    return False


def is_a_test(name: str) -> bool:
    """Return whether `tests/….py::test_name` is there, for the name of a function or of a whole file."""
    path, _, function = name.partition("::")
    file = settings.ROOT / path
    return file.is_file() and (not function or f"def {function}(" in file.read_text())


def test_every_variable_of_the_settings_is_in_the_docs():
    settings_files = (settings.ROOT / "lms" / "settings").glob("*.py")
    read = {name for file in settings_files for name in re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', file.read_text())}

    assert sorted(read - set(re.findall(r"^\| `(\w+)`", (DOCS / "settings.md").read_text(), re.MULTILINE))) == []
