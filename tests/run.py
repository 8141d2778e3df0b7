"""Run every check in turn and to the end; then say what failed and what could not run.

``python -m tests.run`` is ``make test``; ``--long`` runs the long rounds, ``--only lint types`` some steps.
With ``CI=true`` nothing may be left out.
"""

import argparse
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import machine, servers

RESULTS = Path("var/test-results")
FLOORS = ("theme", "lms", "oer", "forum", "mentoring_ext")
BIN = Path(sys.executable).parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "lms.settings.production",
    "SECRET_KEY": "only-for-this-check-and-long-enough-to-pass-it-0123456789",
}


@dataclass(frozen=True)
class Step:
    """One check: a command in an environment.

    ``needs`` names parts of the machine; ``tests`` marks a run of tests, ``servers`` one that asks for real servers.
    """

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    tests: bool = False
    servers: bool = False


@dataclass
class Tally:
    """What the run has found so far; a check that is no test run counts as one."""

    passed: int = 0
    failed: int = 0
    failing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def python(name: str, *words: str) -> list[str]:
    return [str(BIN / name), *words]


def manage(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


def pytest(name: str, marks: str, *words: str) -> list[str]:
    return python("pytest", "-m", marks, f"--junitxml={RESULTS / name}.xml", *words)


def steps(long: bool) -> list[Step]:
    """Return the steps of ``make test``, or of ``make test-long``."""
    size = "long" if long else "not long"
    spread = ["-n", "2", "--dist", "worksteal"]
    running = [
        Step("tests", pytest("tests", f"{size} and not journey", *spread), needs=("pango",), tests=True),
        Step(
            "servers",
            pytest("servers", f"{size} and not journey and not once", *spread),
            needs=("pango", "postgres", "redis-server"),
            tests=True,
            servers=True,
        ),
        Step(
            "journeys",
            pytest("journeys", f"{size} and journey", "tests/journeys", *spread),
            needs=("pango", "chromium", "oidc-provider"),
            tests=True,
        ),
    ]
    return running if long else [*static_steps(), *running]


def static_steps() -> list[Step]:
    templates = [str(path) for floor in FLOORS for path in Path(floor).glob("**/templates/**/*.html")]
    return [
        Step("format", python("ruff", "format", "--check", ".")),
        Step("lint", python("ruff", "check", ".")),
        Step("templates", python("djade", "--check", "--target-version", "5.2", *templates)),
        Step("floors", python("lint-imports")),
        Step("types", python("mypy", ".")),
        Step("migrations", manage("makemigrations", "--check", "--dry-run")),
        Step("deploy", manage("check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    ]


@contextmanager
def real_servers(steps: list[Step]) -> Iterator[dict[str, str]]:
    """Run PostgreSQL and Redis while the block lasts, if a step asks for them, and give what tells where they are."""
    with ExitStack() as stack:
        if any(step.servers and not lacks_of(step) for step in steps):
            yield {
                "DATABASE_URL": stack.enter_context(servers.postgres()),
                "REDIS_URL": stack.enter_context(servers.redis_server()),
            }
        else:
            yield {}


@contextmanager
def prepared_beside(steps: list[Step], started: dict[str, str]) -> Iterator[None]:
    """Make the tests' databases, one of each kind, and fetch the quicker browser, all beside what the block does.

    A test step makes itself the database that failed here, and takes the browser that is there.
    """
    of_each_kind = {step.servers: step for step in steps if step.tests and not lacks_of(step)}
    command = [sys.executable, "-m", "tests.databases"]
    with ThreadPoolExecutor() as beside:
        if any("chromium" in step.needs for step in steps):
            beside.submit(machine.install_headless)
        for step in of_each_kind.values():
            beside.submit(subprocess.run, command, env=environment_of(step, started), capture_output=True, check=False)
        yield


def environment_of(step: Step, started: dict[str, str]) -> dict[str, str]:
    basic = {"DJANGO_SETTINGS_MODULE": "lms.settings.test"}
    return basic | os.environ | step.environment | (started if step.servers else {})


def lacks_of(step: Step) -> list[str]:
    return [lack for part in step.needs if (lack := machine.lack_of(part))]


def run(step: Step, tally: Tally, started: dict[str, str]) -> None:
    """Run one step and count it; ``started`` tells where the real servers are."""
    if lacks := lacks_of(step):
        tally.left_out.append(f"{step.name} (no {', '.join(lacks)})")
        return
    print(f"\n── {step.name} ", flush=True)
    began = time.monotonic()
    environment = environment_of(step, started)
    code = subprocess.run(step.command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
    print(f"── {step.name}: {'failed' if code else 'passed'} in {time.monotonic() - began:.0f} s", flush=True)
    count(step, code, tally)


def count(step: Step, code: int, tally: Tally) -> None:
    results = RESULTS / f"{step.name}.xml"
    passed, failed = counts_of(results) if results.exists() else (0, 0)
    if code and not failed:
        failed = 1
    elif not code and not passed:
        passed = 1
    tally.passed += passed
    tally.failed += failed
    if code:
        tally.failing.append(step.name)


def counts_of(results: Path) -> tuple[int, int]:
    suites = ElementTree.parse(results).getroot().iter("testsuite")
    figures = [
        {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")} for suite in suites
    ]
    failed = sum(suite["failures"] + suite["errors"] for suite in figures)
    return sum(suite["tests"] - suite["skipped"] for suite in figures) - failed, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="the long rounds instead of the usual ones")
    parser.add_argument("--only", nargs="+", metavar="STEP", help="only these steps")
    options = parser.parse_args()
    chosen = [step for step in steps(options.long) if not options.only or step.name in options.only]

    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in RESULTS.glob("*.xml"):
        old.unlink()
    needed = {part for step in chosen for part in step.needs}
    machine.install([part for part in machine.missing_parts() if part in needed])
    tally = Tally()
    with real_servers(chosen) as started:
        with prepared_beside(chosen, started):
            for step in chosen:
                if not step.tests:
                    run(step, tally, started)
        for step in chosen:
            if step.tests:
                run(step, tally, started)
    return report(tally)


def report(tally: Tally) -> int:
    """Say how it went, the figures in the last line, and return the exit code."""
    print()
    if tally.failing:
        print("Failed:", ", ".join(tally.failing))
    if tally.left_out:
        print("Left out:", ", ".join(tally.left_out))
    print(f"{tally.passed} passed, {tally.failed} failed")
    in_ci = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    return 1 if tally.failing or (in_ci and tally.left_out) else 0


if __name__ == "__main__":
    sys.exit(main())
