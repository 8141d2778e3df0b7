"""Sockets, health checks, long tasks and nightly ones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.plugins.point import HookPoint, Text


@dataclass(frozen=True)
class SocketRoute:
    """A websocket address: a Django path pattern and the consumer's ASGI application."""

    path: str
    consumer: Any


@dataclass(frozen=True)
class HealthCheck:
    """A part that the site stands on: ``check`` returns within a second, and raises when the part does not work."""

    name: str
    check: Callable[[], None]


@dataclass(frozen=True)
class JobKind:
    """A long task that a person starts and waits for.

    ``run`` is given the running job (``lms.jobs.running.RunningJob``): its data, a place to count what is done, and
    one to leave what came out. A ``repeatable`` kind does no harm when it runs once more after it failed, was stopped
    or interrupted: its owner may start it again. ``given_up`` is given the data and the state of a job that
    ended without ``run`` hearing of it: stopped while it waited, or interrupted because its worker died.
    """

    name: str
    label: Text
    run: Callable[[Any], None]
    repeatable: bool = False
    given_up: Callable[[dict[str, Any], str], None] | None = None


@dataclass(frozen=True)
class NightlyTask:
    """Something that happens once a night, as of a time; ``run`` returns how many things it touched."""

    name: str
    label: Text
    run: Callable[[datetime], int]


SOCKET_ROUTES = HookPoint("register_socket_routes", SocketRoute, "Websocket addresses.")
HEALTH_CHECKS = HookPoint("register_health_checks", HealthCheck, "Parts that the site stands on.")
JOB_KINDS = HookPoint("register_job_kinds", JobKind, "Long tasks with progress.")
NIGHTLY_TASKS = HookPoint("register_nightly_tasks", NightlyTask, "What happens once a night.")
