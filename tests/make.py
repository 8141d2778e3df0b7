"""Makers of what tests need, ordered by room: each returns a saved object, with every field open to change."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from lms.people.models import Department, Organisation, OrganisationMembership, SiteRole, User

PASSWORD = "a-long-enough-password"
_numbers: Iterator[int] = count(1)


# lms.people
def make_organisation(**fields: Any) -> Organisation:
    number = next(_numbers)
    defaults = {"name": f"Organisation {number}", "slug": f"organisation-{number}", "country": "GR"}
    return Organisation.objects.create(**defaults | fields)


def make_department(**fields: Any) -> Department:
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Department.objects.create(**{"name": f"Department {next(_numbers)}"} | fields)


def make_user(**fields: Any) -> User:
    """Make a person who signs in with ``PASSWORD``; ``password`` gives another."""
    number = next(_numbers)
    defaults = {
        "username": f"person{number}",
        "email": f"person{number}@example.org",
        "first_name": "Person",
        "last_name": f"Number{number}",
        "password": make_password(fields.pop("password", PASSWORD)),
    }
    return User.objects.create(**defaults | fields)


def make_manager(organisation: Organisation, **fields: Any) -> User:
    """Make a person who manages the organisation."""
    user = make_user(organisation=organisation, **fields)
    role = OrganisationMembership.Role.MANAGER
    OrganisationMembership.objects.create(user=user, organisation=organisation, role=role)
    return user


def make_trainer(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.TRAINER, **fields)


def make_editor(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.EDITOR, **fields)


def make_administrator(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.ADMINISTRATOR, **{"is_staff": True, "is_superuser": True} | fields)


def _with_site_role(role: SiteRole.Role, **fields: Any) -> User:
    user = make_user(**fields)
    SiteRole.objects.create(user=user, role=role)
    return user
