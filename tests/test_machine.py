"""What the tests say of a machine that lacks something."""

from pathlib import Path

import pytest

from tests import machine


def put_node(folder: Path, version: str) -> Path:
    """Write a program named node that says it is of this version."""
    return put_program(folder, "node", f"echo {version}")


def put_program(folder: Path, name: str, does: str) -> Path:
    """Write a program of that name that does this in the shell."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("version", ["v18.19.0", "v9.0.0", "nonsense", ""])
def test_node_that_is_too_old_is_named_with_what_is_needed(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = put_node(tmp_path, version)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert machine.lack_of("oidc-provider") == f"node 20 or newer: {path} is {version or 'of no version'}"


@pytest.mark.parametrize("version", ["v20.0.0", "v24.1.2"])
def test_node_that_is_new_enough_is_taken(version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = put_node(tmp_path, version)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert machine.node() == str(path)


def test_machine_without_node_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert machine.lack_of("oidc-provider") == "node"


@pytest.mark.parametrize("others", [[], ["chromium"], ["chromium", "google-chrome"]])
def test_browser_without_windows_comes_first(others: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in [*others, machine.HEADLESS]:
        put_program(tmp_path, name, "")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert machine.browser() == str(tmp_path / machine.HEADLESS)


def test_chromium_itself_serves_where_it_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = put_program(tmp_path, "chromium", "")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert machine.browser() == str(path)


@pytest.mark.parametrize("apt", ["exit 1", "echo nothing of that name >&2; exit 100"])
def test_browser_without_windows_that_cannot_be_had_is_no_failure(
    apt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    put_program(tmp_path, "apt-get", apt)
    path = put_program(tmp_path, "chromium", "")
    monkeypatch.setenv("PATH", str(tmp_path))

    machine.install_headless()

    assert machine.browser() == str(path)
