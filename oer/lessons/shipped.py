"""Reading the shipped content: Markdown with front matter for lessons, YAML for quizzes. Knows files, no database.

A lesson's Markdown is cut into blocks at lines that start with three colons::

    :::reflection
    When did somebody last help you without giving advice?
    :::

Kinds are ``reflection``, ``tip``, ``checklist`` and ``quotation``; what follows the kind on its line is the title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import markdown
import yaml

from lms.text.clean_html import clean_html

CONTENT = Path(__file__).resolve().parent.parent / "content"
FRONT_MATTER = re.compile(r"\A---\n(?P<facts>.*?)\n---\n(?P<text>.*)\Z", re.S)
FENCE = re.compile(r"^:::(?P<kind>[a-z]+)[ ]*(?P<title>[^\n]*)\n(?P<text>.*?)\n:::[ ]*$", re.M | re.S)


class WrongContent(ValueError):
    """A shipped file cannot be read; the message names the file and what is wrong."""


@dataclass(frozen=True)
class Source:
    """One file of the shipped content: what it says about itself, its text, and its fingerprint."""

    path: Path
    facts: dict[str, Any]
    text: str

    @property
    def name(self) -> str:
        """Return the path below the content folder, the file's name in the database."""
        return str(self.path.relative_to(CONTENT)) if self.path.is_relative_to(CONTENT) else str(self.path)

    @property
    def slug(self) -> str:
        """Return the page's part of the address: the file name without number, language and ending."""
        return re.sub(r"^\d+-", "", self.path.name.split(".")[0])

    @property
    def is_quiz(self) -> bool:
        """Return whether the file is a quiz."""
        return self.path.suffix == ".yaml"

    @property
    def fingerprint(self) -> str:
        """Return what changes when the file changes."""
        return sha256(self.path.read_bytes()).hexdigest()


def read_source(path: Path) -> Source:
    """Read one lesson, module or quiz. Raises ``WrongContent``."""
    written = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        return Source(path, _facts(path, written), "")
    parts = FRONT_MATTER.match(written)
    if parts is None:
        raise WrongContent(f"{path}: front matter between two lines of --- is missing")
    return Source(path, _facts(path, parts["facts"]), parts["text"].strip())


def _facts(path: Path, written: str) -> dict[str, Any]:
    facts = yaml.safe_load(written)
    if not isinstance(facts, dict) or "title" not in facts:
        raise WrongContent(f"{path}: a title is missing")
    return facts


def read_module(folder: Path, language: str) -> tuple[Source, list[Source]]:
    """Read a module's own file and its lessons and quizzes, in the order of their numbers."""
    files = sorted([*folder.glob(f"[0-9]*.{language}.md"), *folder.glob(f"[0-9]*.{language}.yaml")])
    return read_source(folder / f"module.{language}.md"), [read_source(path) for path in files]


def blocks_of(source: Source) -> list[dict[str, Any]]:
    """Return the lesson's blocks as a StreamField stores them.

    Ids follow from the file, the kind and the place among its kind, so that private notes find their question again
    when a lesson is loaded anew.
    """
    counts: dict[str, int] = {}
    blocks = []
    for kind, title, text in _cut(source.text):
        counts[kind] = counts.get(kind, 0) + 1
        block_id = str(uuid5(NAMESPACE_URL, f"{source.name}#{kind}-{counts[kind]}"))
        blocks.append({"type": kind, "value": _value(source, kind, title, text), "id": block_id})
    return blocks


def _cut(text: str) -> Iterator[tuple[str, str, str]]:
    place = 0
    for fence in FENCE.finditer(text):
        before = text[place : fence.start()].strip()
        if before:
            yield "text", "", before
        yield fence["kind"], fence["title"].strip(), fence["text"].strip()
        place = fence.end()
    if text[place:].strip():
        yield "text", "", text[place:].strip()


def _value(source: Source, kind: str, title: str, text: str) -> Any:
    if kind == "text":
        return html_of(text)
    if kind == "reflection":
        return {"question": " ".join(text.split())}
    if kind == "tip":
        return {"title": title, "text": html_of(text)}
    if kind == "checklist":
        return {"title": title, "items": [line.removeprefix("- ").strip() for line in text.splitlines() if line]}
    if kind == "quotation":
        return yaml.safe_load(text)
    raise WrongContent(f"{source.path}: there is no block called {kind!r}")


def html_of(text: str) -> str:
    """Return Markdown as harmless HTML."""
    return str(clean_html(markdown.markdown(text, extensions=["smarty", "sane_lists"])))
