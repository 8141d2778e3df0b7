"""The StreamField that keeps its block definitions out of migrations."""

from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.fields import StreamField

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue


class BodyField(StreamField):
    """A stream of blocks. Blocks are code, not schema: a changed block needs no migration."""

    if TYPE_CHECKING:  # how the attribute of a page reads, and what may be written to it

        def __get__(self, page: models.Model | None, owner: type[models.Model]) -> StreamValue: ...
        def __set__(self, page: models.Model, value: StreamValue | str) -> None: ...

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup")
        return name, path, [[]], kwargs
