"""`make bench`: measure on PostgreSQL with the settings of a real installation and write bench/RESULTS.md."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from bench.pages import REQUESTS, ROUNDS, Cost, measure_hello, measure_site
from tests import machine
from tests.servers import postgres

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """
| page | CPU ms a request (spread) | server | database | of hello | SQL | HTML KB raw / gzip |
|---|---|---|---|---|---|---|
""".strip()


def main() -> None:
    machine.install([part for part in machine.missing_parts() if part == "postgres"])
    with postgres() as database, tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lms.settings.production",
            "SECRET_KEY": "only-for-measuring-0123456789-0123456789-0123456789",
            "DATABASE_URL": database,
            "KYKLOS_VAR": folder,
        }
        for words in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"]):
            subprocess.run([sys.executable, "manage.py", *words], env=environment, check=True)
        made = subprocess.run([sys.executable, "-m", "bench.data"], env=environment, check=True, stdout=subprocess.PIPE)
        hello = measure_hello()
        costs = measure_site(json.loads(made.stdout), environment, urlsplit(database).port or 0)
    RESULTS.write_text(report(hello, costs), encoding="utf-8")
    sys.stdout.write(RESULTS.read_text())


def report(hello: Cost, costs: list[Cost]) -> str:
    """Return the results as Markdown."""
    rows = "\n".join(cost.row(hello) for cost in [hello, *costs])
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "wagtail", "uvicorn", "a2wsgi", "psycopg"))
    return f"""# Results

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.
{os.cpu_count()} cores ({processor()}), load {os.getloadavg()[0]:.1f} when it ended.
Python {platform.python_version()}, {packages}, PostgreSQL {postgres_version()}.
Production settings, one process, warm, one request after the other.
Medians of {ROUNDS} rounds of {REQUESTS} requests.
CPU: processor time of the server process and of all processes of PostgreSQL.

{HEAD}
{rows}
"""


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def postgres_version() -> str:
    return (
        subprocess.check_output([machine.program("postgres"), "--version"], text=True)
        .partition(")")[2]
        .split("(")[0]
        .strip()
    )


if __name__ == "__main__":
    main()
