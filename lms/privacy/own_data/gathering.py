"""Gathering everything that the rooms hold of a person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from pathlib import PurePath
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db.models import Field, FileField, ForeignKey, ManyToManyField, Model, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lms.files.models import StoredFile
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS, Held, PrivacyHandler
from lms.privacy.own_data.words import words_of


@dataclass(frozen=True)
class Cell:
    """One field of a row: its name, what it is called, its value for programs, and in words for people."""

    name: str
    label: str
    value: Any
    words: str
    is_file: bool = False


@dataclass(frozen=True)
class Table:
    """The rows of one model that tell about the person."""

    name: str
    label: str
    rows: list[list[Cell]]

    def as_data(self) -> list[dict[str, Any]]:
        """Return the rows as plain data."""
        return [{cell.name: cell.value for cell in row} for row in self.rows]


@dataclass(frozen=True)
class Part:
    """What one room holds: tables, and what it adds as plain data of its own."""

    name: str
    label: str
    tables: list[Table]
    more: dict[str, Any]

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data, by the name of the table."""
        return {table.name: table.as_data() for table in self.tables} | self.more


@dataclass
class Files:
    """The person's files on their way into the archive: each once, under a name that is nobody else's there."""

    paths: dict[StoredFile, str] = field(default_factory=dict)

    def path_of(self, stored: StoredFile) -> str:
        """Return where the file lies in the archive; from now on it belongs in there."""
        return self.paths.setdefault(stored, f"files/{stored.pk.hex[:8]}-{PurePath(stored.name).name}")


def gather(user: User) -> Iterator[tuple[Part, Files]]:
    """Yield what each room holds of the person, room by room, with the files that its rows name."""
    for handler in PRIVACY_HANDLERS.collect():
        files = Files()
        yield _part(handler, user, files), files


def _part(handler: PrivacyHandler, user: User, files: Files) -> Part:
    tables = [table for held in handler.held if (table := _table(held, user, files)).rows]
    more = handler.export(user) if handler.export else {}
    label = str(handler.label or capfirst(handler.name))
    return Part(handler.name, label, tables, {name: value for name, value in more.items() if value})


def _table(held: Held, user: User, files: Files) -> Table:
    model = apps.get_model(held.model)
    label = str(held.label or capfirst(model._meta.verbose_name_plural))
    rows = [list(_cells(row, held, user, files)) for row in rows_of(held, user)]
    return Table(model._meta.model_name or "", label, rows)


def rows_of(held: Held, user: User) -> QuerySet[Any]:
    """Return the rows that tell about the person, oldest first."""
    model = apps.get_model(held.model)
    ways = [held.about] if isinstance(held.about, str) else held.about
    about = reduce(or_, (Q(**{way: user.pk}) for way in ways))
    # An inner query, so that a row found in two ways stands once.
    found = model._base_manager.filter(pk__in=model._base_manager.filter(about, **held.where).values("pk"))
    rows: QuerySet[Any] = found.select_related(*_keys(model)).order_by("pk")
    return rows


def _keys(model: type[Model]) -> list[str]:
    return [each.name for each in model._meta.concrete_fields if isinstance(each, ForeignKey)]


def told_fields(held: Held) -> list[Field[Any, Any] | GenericForeignKey]:
    """Return the fields of the model that the person gets: all that are not left out, but for keys that say nothing."""
    meta = apps.get_model(held.model)._meta
    generic = [each for each in meta.private_fields if isinstance(each, GenericForeignKey)]
    inside = {name for each in generic for name in (each.ct_field, each.fk_field)}
    fields = [*meta.concrete_fields, *meta.many_to_many]
    plain = [each for each in fields if not each.primary_key and each.name not in inside]
    return [each for each in [*plain, *generic] if each.name not in held.left_out]


def _cells(row: Model, held: Held, user: User, files: Files) -> Iterator[Cell]:
    if isinstance(row, StoredFile):
        path = files.path_of(row)
        yield Cell("path", str(_("File")), path, path, is_file=True)
    for each in told_fields(held):
        value = _value(row, each, files)
        if getattr(row, each.name, None) != user and value not in (None, "", [], {}):
            label = capfirst(str(getattr(each, "verbose_name", each.name.replace("_", " "))))
            is_file = isinstance(getattr(row, each.name), StoredFile)
            yield Cell(each.name, label, value, words_of(row, each, value), is_file)


def _value(row: Model, each: Field[Any, Any] | GenericForeignKey, files: Files) -> Any:
    if isinstance(each, ManyToManyField):
        return [str(thing) for thing in getattr(row, each.name).all()]
    value = getattr(row, each.name)
    if isinstance(value, StoredFile):
        return files.path_of(value)
    if isinstance(each, FileField):
        return None if isinstance(row, StoredFile) else value.name
    return str(value) if isinstance(value, Model) else value
