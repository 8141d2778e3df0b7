"""Several deeds in the same moment: real threads, each with its own connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from lms.errors import DomainError

Result = TypeVar("Result")


def at_once(*deeds: Callable[[], Result]) -> list[Result]:
    """Do all deeds at once; return what each returned, in their order, or raise what one of them raised."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], Result]) -> Result:
        barrier.wait(timeout=60)
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [job.result(timeout=60) for job in [threads.submit(run, deed) for deed in deeds]]


def outcomes(*deeds: Callable[[], object]) -> list[str]:
    """Do all deeds at once; return "done" or the code of the broken rule for each."""

    def outcome(deed: Callable[[], object]) -> str:
        try:
            deed()
        except DomainError as error:
            return error.code
        return "done"

    return at_once(*(lambda deed=deed: outcome(deed) for deed in deeds))
