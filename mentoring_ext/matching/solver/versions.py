"""Which programs an answer is made with: another version may find other pairs of the same worth."""

import platform
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("numpy", "scipy", "ortools")
"""What the solver stands on; the last one need not be installed."""


def versions() -> dict[str, str]:
    """Return the versions of Python and of the solver's libraries that are installed."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
