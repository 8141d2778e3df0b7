"""The StreamField that keeps its block definitions out of migrations."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):  # type: ignore[misc]
    """A stream of blocks. Blocks are code, not schema: a changed block needs no migration."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup")
        return name, path, [[]], kwargs
