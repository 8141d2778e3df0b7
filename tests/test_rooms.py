"""Rooms know of each other only what is made for others; docs/architecture.md has the same table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

FLOORS = ["theme", "lms", "oer", "forum", "mentoring_ext"]
SHOWN = {"models", "actions", "permissions", "choices", "errors", "reports"}
MADE_FOR_OTHERS = {
    "lms.agenda.calendar_file",
    "lms.courses.outline",
    "lms.files.forms",
    "lms.files.kinds",
    "lms.files.serve",
    "lms.jobs.running",
    "lms.people.countries",
    "lms.people.fields",
    "lms.people.naming",
    "lms.people.signals",
    "lms.questionnaires.forms",
    "lms.recognition.pdf",
    "lms.tables.checked",
    "lms.tables.columns",
    "lms.tables.reading",
    "lms.text.clean_html",
    "lms.text.hide_names",
    "lms.text.safe_cell",
    "mentoring_ext.sessions.beads",
    "theme.brand.current",
}
NAME_EVERY_ROOM = {"demo", "settings"}
SHOW_THEIR_NAMES = {"plugins"}
"""Packages that show what their ``__init__`` names, and no module."""
FOLDERS = [init.parent for floor in FLOORS for init in (settings.ROOT / floor).glob("*/__init__.py")]
ROOMS = sorted(folder for folder in FOLDERS if folder.name not in NAME_EVERY_ROOM)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room.parent.name}.{room.name}")
def test_room_imports_only_what_others_show(room: Path):
    assert sorted(set(hidden_imports(room))) == []


def hidden_imports(room: Path) -> Iterator[str]:
    """Yield the modules of other rooms that the room imports and they do not show."""
    own = f"{room.parent.name}.{room.name}"
    for file in room.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield from (name for name in modules(node) if not name.startswith(f"{own}.") and is_hidden(name))


def modules(node: ast.ImportFrom) -> list[str]:
    """Return what is imported as modules: `from lms.courses import actions` names `lms.courses.actions`."""
    parts = (node.module or "").split(".")
    whole_room = len(parts) == 2 and (settings.ROOT / parts[0] / parts[1]).is_dir() and parts[1] not in SHOW_THEIR_NAMES
    return [f"{node.module}.{name.name}" for name in node.names] if whole_room else [".".join(parts)]


def is_hidden(module: str) -> bool:
    """Return whether the module belongs to a room that does not show it."""
    floor, *inside = module.split(".")
    if floor not in FLOORS or len(inside) < 2 or not (settings.ROOT / floor / inside[0]).is_dir():
        return False
    return inside[1] not in SHOWN and ".".join([floor, *inside[:2]]) not in MADE_FOR_OTHERS
