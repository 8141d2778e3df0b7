"""The people of the demo and what they know of themselves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password

from lms.people.actions import grant_organisation_role, grant_site_role
from lms.people.models import Department, Organisation, OrganisationMembership, SiteRole, User

DATA = Path(__file__).parent / "data"
PASSWORD = "kyklos-demo"  # noqa: S105
MAIL_DOMAIN = "demo.example"
CASTS = ("finished", "running", "next", "others", "waiting", "young")
"""The cohorts whose people get accounts."""
SHOWN = ("running", "finished", "waiting", "young")
"""The cohorts from which the sign-in page shows people."""


def read(name: str) -> dict[str, Any]:
    """Return one of the demo's data files."""
    content: dict[str, Any] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return content


@dataclass
class Demo:
    """What the steps of the demo share: the day it is made for, one source of chance, people by user name, words."""

    at: datetime
    random: Random = field(default_factory=lambda: Random(2026))  # noqa: S311
    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cast: dict[str, Any] = field(default_factory=lambda: read("people.yaml"))
    words: dict[str, Any] = field(default_factory=lambda: read("words.yaml"))

    def ago(self, *, weeks: float = 0, days: float = 0, hour: int = 17) -> datetime:
        """Return that many weeks and days before the demo's day, at a full hour."""
        then = self.at - timedelta(weeks=weeks, days=days)
        return then.replace(hour=hour, minute=0, second=0, microsecond=0)

    def some(self, items: Iterable[Any], least: int, most: int) -> list[Any]:
        """Return between ``least`` and ``most`` of the items, in their order."""
        pool = list(items)
        chosen = set(self.random.sample(range(len(pool)), min(self.random.randint(least, most), len(pool))))
        return [item for place, item in enumerate(pool) if place in chosen]

    def team(self, cohort: str, role: str) -> list[User]:
        """Return the people whom the cast names for a cohort ("finished") and role ("mentors")."""
        return [self.people[person["username"]] for person in self.cast[cohort][role]]


def make_organisations(demo: Demo) -> None:
    """Make the two organisations with their departments."""
    for row in demo.cast["organisations"]:
        organisation = Organisation.objects.create(name=row["name"], slug=row["slug"], country=row["country"])
        demo.organisations[organisation.slug] = organisation
        _make_departments(organisation, row["departments"])


def _make_departments(organisation: Organisation, rows: list[dict[str, Any]], parent: Department | None = None) -> None:
    for row in rows:
        made = Department.objects.create(organisation=organisation, name=row["name"], parent=parent)
        _make_departments(organisation, row.get("below", []), made)


def make_accounts(demo: Demo) -> None:
    """Make an account for everybody in the cast, all with the demo's password, and give staff their roles."""
    hashed = make_password(PASSWORD)
    teams = [team for cohort in CASTS for team in demo.cast[cohort].values()]
    parts = {slug: list(one.departments.order_by("pk")) for slug, one in demo.organisations.items()}
    for place, row in enumerate([*demo.cast["accounts"], *chain.from_iterable(teams)]):
        own = parts[row.get("organisation", "elaia")]
        demo.people[row["username"]] = User.objects.create(
            username=row["username"],
            first_name=row["first_name"],
            last_name=row["last_name"],
            email=f"{row['username']}@{MAIL_DOMAIN}",
            organisation=demo.organisations.get(row.get("organisation", "elaia")),
            # Every second one belongs to a department, the others to the organisation as a whole.
            department=own[place // 2 % len(own)] if place % 2 else None,
            password=hashed,
        )
    _give_roles(demo)


def _give_roles(demo: Demo) -> None:
    people, admin = demo.people, demo.people["admin"]
    grant_site_role(admin, SiteRole.Role.ADMINISTRATOR, actor=None)
    grant_site_role(people["editor"], SiteRole.Role.EDITOR, actor=admin)
    grant_site_role(people["trainer"], SiteRole.Role.TRAINER, actor=admin)
    manager, coordinator = OrganisationMembership.Role.MANAGER, OrganisationMembership.Role.COORDINATOR
    for name, organisation, role in (
        ("manager", "elaia", manager),
        ("coordinator", "elaia", coordinator),
        ("manager-ribeira", "ribeira", manager),
        ("coordinator-ribeira", "ribeira", coordinator),
    ):
        grant_organisation_role(people[name], demo.organisations[organisation], role, actor=admin)


def shown_accounts() -> list[dict[str, str]]:
    """Return the accounts that the demo offers: role in words, the person's name, user name and password."""
    cast = read("people.yaml")
    teams = [cast["accounts"], *(team for cohort in SHOWN for team in cast[cohort].values())]
    rows = [person for team in teams for person in team if person.get("shown_as")]
    return [
        {
            "role": row["shown_as"],
            "name": f"{row['first_name']} {row['last_name']}",
            "username": row["username"],
            "password": PASSWORD,
        }
        for row in rows
    ]
