"""The list of hook points for people who write plugins, out of the declarations in ``lms.plugins``."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from lms import plugins
from lms.plugins import HOOK_POINTS, HookPoint

MODULES = re.compile(
    r"\b(collections\.abc|typing|lms\.plugins\.\w+|django\.db\.models\.base|datetime|pathlib|builtins)\."
)
"""Modules that a reader of the types need not see."""

HEAD = """# Hook points

Written by `manage.py write_hook_docs` from `lms/plugins/`; change it there.
How to use them: [plugins.md](plugins.md).

A registered function takes no parameters and returns one object of the kind named here, or a list of them.
"""


def hooks_as_markdown() -> str:
    """Return the whole page."""
    points = (line for name in sorted(HOOK_POINTS) for line in _point(HOOK_POINTS[name]))
    given = (line for kind in _other_kinds() for line in _kind(kind))
    return "\n".join([HEAD, *points, "# What the functions give\n", *given]).rstrip() + "\n"


def _other_kinds() -> list[type[Any]]:
    registered = {HookPoint, *(point.kind for point in HOOK_POINTS.values())}
    declared = (thing for thing in vars(plugins).values() if inspect.isclass(thing) and is_dataclass(thing))
    return [kind for kind in declared if kind not in registered]


def _point(point: HookPoint[Any]) -> Iterator[str]:
    yield f"## `{point.name}`\n"
    yield f"{point.text} Returns `{point.kind.__name__}`: {inspect.getdoc(point.kind)}\n"
    yield from _table(point.kind)


def _kind(kind: type[Any]) -> Iterator[str]:
    yield f"## `{kind.__name__}`\n"
    yield f"{inspect.getdoc(kind)}\n"
    yield from _table(kind)


def _table(kind: type[Any]) -> Iterator[str]:
    yield "| field | type | default |"
    yield "|---|---|---|"
    yield from (f"| `{each.name}` | `{_type(each)}` | {_default(each)} |" for each in fields(kind))
    yield ""


def _type(each: Field[Any]) -> str:
    name = each.type if isinstance(each.type, str) else inspect.formatannotation(each.type)
    return MODULES.sub("", name).replace("|", "\\|").replace("str \\| django.utils.functional.Promise", "Text")


def _default(each: Field[Any]) -> str:
    if each.default_factory is not MISSING:
        return f"`{each.default_factory()!r}`"
    return "" if each.default is MISSING else f"`{each.default!r}`"
