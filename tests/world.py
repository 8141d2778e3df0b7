"""One small world for the permission matrix: a person in each role, and the objects that addresses name.

Each room adds its objects in a function of its own, listed in ``ROOMS`` after the rooms that it builds on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Model

from lms.people.models import User
from tests import make

ROLES = (
    "visitor", "applicant", "stranger", "learner", "mentee", "mentor", "trainer", "coordinator", "manager", "editor",
    "administrator",
)  # fmt: skip


@dataclass
class World:
    """Who is there, by role (a visitor is nobody), and what is there, by the name that the table uses."""

    people: dict[str, User] = field(default_factory=dict)
    objects: dict[str, Model] = field(default_factory=dict)


def add_people(world: World) -> None:
    organisation = make.make_organisation()
    makers: dict[str, Callable[[], User]] = {
        "manager": lambda: make.make_manager(organisation),
        "trainer": make.make_trainer,
        "editor": make.make_editor,
        "administrator": make.make_administrator,
    }
    for role in ROLES:
        if role != "visitor":
            world.people[role] = makers.get(role, make.make_user)()
    world.objects |= {"organisation": organisation, "someone": world.people["stranger"]}


def add_notices(world: World) -> None:
    world.objects["notice"] = make.make_notice(recipient=world.people["mentee"])


ROOMS: list[Callable[[World], None]] = [add_people, add_notices]


def make_world() -> World:
    """Make all objects of the matrix."""
    world = World()
    for add_room in ROOMS:
        add_room(world)
    return world
