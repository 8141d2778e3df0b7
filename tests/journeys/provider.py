"""A real OpenID provider that runs on this machine: npm's oidc-provider, put under var/ at set-up."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import machine
from tests.servers import free_port, wait_until

SCRIPT = Path(__file__).parent / "oidc" / "provider.mjs"


@contextmanager
def running_provider(callback: str) -> Iterator[str]:
    """Run the provider while the block lasts, for a site with this callback; give the provider's address."""
    issuer = f"http://127.0.0.1:{free_port()}"
    command = [machine.node(), str(SCRIPT), issuer, callback, str(machine.PROVIDER.absolute())]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        said = process.stdout
        assert said is not None
        wait_until(lambda: process.poll() is not None or "Ready" in said.readline())
        assert process.poll() is None
        yield issuer
    finally:
        process.terminate()
        process.communicate(timeout=20)
