"""A database with all migrations run, kept between runs: each test process works on a copy of it.

On the way there a copy of then is kept, too: as the first releases left it, for the test of upgrades.
``python -m tests.databases`` makes both ahead of the tests.
"""

import fcntl
import functools
import gc
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

KEPT = settings.ROOT / "var" / "templates"
THEN = [
    ("mentoring_applications", "0003_carry_over_decisions"),
    ("mentoring_matching", "0001_initial"),
    ("mentoring_profiles", "0001_initial"),
]
"""Before forms were composed, before the workbench, and before consents and the index had tables of their own."""
OF_THEN = "_then"
"""What the name of that copy ends with."""


def name_for(worker: str) -> str:
    """Return the name of a test process's own copy."""
    return os.fspath(settings.PRIVATE_ROOT / worker) if _is_sqlite() else f"kyklos_test_{worker}_{os.getpid()}"


def use_copy(name: str) -> None:
    """Point the default connection at a fresh copy of the template, a database or file of that name."""
    make_template()
    _connect_to(name)
    restore_copy()


def restore_copy(*, then: bool = False) -> None:
    """Put the template's rows back into this process's copy, after a test that has committed; or take that of then."""
    connection.close()
    template = _template_name() + (OF_THEN if then else "")
    if _is_sqlite():
        _copy_sqlite(KEPT / template, settings.DATABASES["default"]["NAME"])
    else:
        drop_copy()
        with _maintenance() as execute:
            execute(f'CREATE DATABASE "{connection.settings_dict["NAME"]}" TEMPLATE "{template}"')


def drop_copy() -> None:
    """Remove this process's copy; a copy of SQLite goes with the temporary folder that it lies in."""
    connection.close()
    if not _is_sqlite():
        with _maintenance() as execute:
            execute(f'DROP DATABASE IF EXISTS "{connection.settings_dict["NAME"]}" WITH (FORCE)')


def make_template() -> None:
    """Run all migrations into the template, unless one is there for just these migrations and locked versions."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"lock.{connection.vendor}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_sqlite():
            _make_sqlite_template(KEPT / _template_name())
        else:
            _make_postgres_template(_template_name())


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _template_name() -> str:
    found = hashlib.sha256()
    for path in [*sorted(settings.ROOT.glob("*/**/migrations/*.py")), settings.ROOT / "requirements.lock"]:
        found.update(os.fsencode(path.relative_to(settings.ROOT)) + path.read_bytes())
    return f"kyklos_template_{found.hexdigest()[:16]}"


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _make_sqlite_template(template: Path) -> None:
    if template.exists():
        return
    unfinished = KEPT / "unfinished"
    unfinished.unlink(missing_ok=True)
    _connect_to(os.fspath(unfinished))
    with many_models_at_little_cost():
        _migrate_to_then()
        _copy_sqlite(unfinished, template.with_name(template.name + OF_THEN))
        call_command("migrate", verbosity=0)
    connection.close()
    _copy_sqlite(unfinished, KEPT / "copied")
    (KEPT / "copied").rename(template)
    unfinished.unlink()


def _migrate_to_then() -> None:
    """Run what the three rooms had then, and all migrations of the others."""
    executor = MigrationExecutor(connection)
    rooms = {room for room, _name in THEN}
    executor.migrate([*(leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] not in rooms), *THEN])
    connection.close()


@contextmanager
def many_models_at_little_cost() -> Iterator[None]:
    """Spare half of what the models of each state of the migrations cost while the block lasts.

    Django keeps which setting swaps a model, and forgets it with each state, though settings do not change; and what
    looks for garbage looks through all the models again and again.
    """
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apps, "get_swappable_settings_name", functools.cache(apps.get_swappable_settings_name))
        yield
    gc.set_threshold(*usual)


def _copy_sqlite(source: Path, target: Path | str) -> None:
    # By SQLite's own copying, not by the file: other threads may have the target open.
    reading, writing = sqlite3.connect(source), sqlite3.connect(target, timeout=20)
    reading.backup(writing)
    reading.close()
    writing.close()


def _make_postgres_template(template: str) -> None:
    with _maintenance() as execute:
        if execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]):
            return
        execute("DROP DATABASE IF EXISTS kyklos_unfinished WITH (FORCE)")
        execute("CREATE DATABASE kyklos_unfinished")
        _connect_to("kyklos_unfinished")
        with many_models_at_little_cost():
            _migrate_to_then()
            execute(f'DROP DATABASE IF EXISTS "{template}{OF_THEN}" WITH (FORCE)')
            execute(f'CREATE DATABASE "{template}{OF_THEN}" TEMPLATE kyklos_unfinished')
            call_command("migrate", verbosity=0)
        connection.close()
        execute(f'ALTER DATABASE kyklos_unfinished RENAME TO "{template}"')


@contextmanager
def _maintenance() -> Iterator[Any]:
    """Give a function that runs one statement outside of any transaction and returns its rows."""
    with connection._nodb_cursor() as cursor:

        def execute(statement: str, values: list[str] | None = None) -> list[Any]:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

        yield execute


if __name__ == "__main__":
    django.setup()
    make_template()
