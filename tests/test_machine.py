"""What the tests say of a machine that lacks something."""

from pathlib import Path

import pytest

from tests import machine


def put_node(folder: Path, version: str) -> Path:
    """Write a program named node that says it is of this version."""
    path = folder / "node"
    path.write_text(f"#!/bin/sh\necho {version}\n")
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
