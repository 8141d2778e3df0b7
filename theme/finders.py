"""One style sheet out of one file a component, so that a page asks for one file and nothing has to be built."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

NAME = "theme/kyklos.css"
PARTS = Path(__file__).parent / "static" / "theme" / "css"
FIRST = "tokens.css"
"""Names the order of the cascade layers; after it the order of the files does not matter."""


def whole_sheet() -> str:
    """Return all components' styles, each after a line that names its file."""
    parts = sorted(PARTS.glob("*.css"), key=lambda part: (part.name != FIRST, part.name))
    return "".join(f"/* {part.name} */\n{part.read_text()}\n" for part in parts)


class OneStylesheet(BaseFinder):
    """Offers ``theme/kyklos.css`` to ``collectstatic`` and to development's server."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.folder = Path(settings.VAR) / "stylesheet"

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self._write())] if path == NAME else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        self._write()
        yield NAME, FileSystemStorage(location=self.folder)

    def _write(self) -> Path:
        target, sheet = self.folder / NAME, whole_sheet()
        if not target.exists() or target.read_text() != sheet:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".draft")
            draft.write_text(sheet)
            draft.replace(target)
        return target
