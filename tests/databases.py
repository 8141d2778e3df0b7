"""A database with all migrations run, kept between runs: each test process works on a copy of it.

``python -m tests.databases`` makes it ahead of the tests.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

KEPT = settings.ROOT / "var" / "templates"


def name_for(worker: str) -> str:
    """Return the name of a test process's own copy."""
    return os.fspath(settings.PRIVATE_ROOT / worker) if _is_sqlite() else f"kyklos_test_{worker}_{os.getpid()}"


def use_copy(name: str) -> None:
    """Point the default connection at a fresh copy of the template, a database or file of that name."""
    make_template()
    _connect_to(name)
    restore_copy()


def restore_copy() -> None:
    """Put the template's rows back into this process's copy, after a test that has committed."""
    connection.close()
    if _is_sqlite():
        _copy_sqlite(KEPT / _template_name(), settings.DATABASES["default"]["NAME"])
    else:
        drop_copy()
        with _maintenance() as execute:
            execute(f'CREATE DATABASE "{connection.settings_dict["NAME"]}" TEMPLATE "{_template_name()}"')


def drop_copy() -> None:
    """Remove this process's copy; a copy of SQLite goes with the temporary folder that it lies in."""
    connection.close()
    if not _is_sqlite():
        with _maintenance() as execute:
            execute(f'DROP DATABASE IF EXISTS "{connection.settings_dict["NAME"]}" WITH (FORCE)')


def make_template() -> None:
    """Run all migrations into the template, unless one is there for just these migrations and locked versions."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
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
    call_command("migrate", verbosity=0)
    connection.close()
    _copy_sqlite(unfinished, KEPT / "copied")
    (KEPT / "copied").rename(template)
    unfinished.unlink()


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
