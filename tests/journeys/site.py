"""The running site for journeys: `manage.py serve` on a free port, with its own folder."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.servers import free_port, wait_until

SECONDS_TO_STOP = 60


@contextmanager
def running_site(folder: Path, port: int | None = None, **variables: str) -> Iterator[str]:
    """Serve the database in ``folder`` while the block lasts, and give the site's address.

    ``variables`` are added to the environment.

    Raises ``AssertionError`` when the server does not end by itself after SIGTERM.
    """
    address = f"http://127.0.0.1:{port or free_port()}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
        "KYKLOS_VAR": str(folder),
        "SITE_URL": address,
        "PYTHONUNBUFFERED": "1",
        "NIGHTLY_TIME": "",
        **variables,
    }
    environment.pop("DATABASE_URL", None)
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "collectstatic", "--no-input", "--verbosity=0"], env=environment, check=True)
    with (folder / "log.txt").open("w") as log:
        command = [*manage, "serve", "--port", address.rpartition(":")[2]]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until(lambda: process.poll() is not None or _answers(address))
        assert process.poll() is None, (folder / "log.txt").read_text()
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=SECONDS_TO_STOP) == 0, (folder / "log.txt").read_text()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/health/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
