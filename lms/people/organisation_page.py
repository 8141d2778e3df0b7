"""What the page of an organisation shows: the tree with numbers, and who manages what."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from lms.people.models import Department, Organisation, OrganisationMembership, User
from lms.people.permissions import gives_everywhere_in, manages


@dataclass
class Branch:
    """A department in the tree: how many people belong to it, who manages it, its place, and those below."""

    department: Department
    people: int
    managers: Sequence[User]
    editable: bool
    place: int = 0
    last: bool = False
    below: "list[Branch]" = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether neither people nor departments belong to it; a cohort may still hold it."""
        return not self.people and not self.below

    @property
    def above_place(self) -> int:
        return self.place - 1

    @property
    def below_place(self) -> int:
        return self.place + 1


def tree_of(organisation: Organisation, user: User) -> list[Branch]:
    """Return the top of the organisation's tree, in three queries; ``user`` may change what is ``editable``."""
    there = Count("people", filter=Q(people__is_active=True))
    departments: QuerySet[Any] = (
        Department.objects.filter(organisation=organisation).annotate(people_count=there).order_by("order")
    )
    managers, everywhere = _managers_by_department(organisation), gives_everywhere_in(user, organisation)
    branches = {
        one.pk: Branch(one, one.people_count, managers.get(one.pk, []), everywhere or manages(user, None, one))
        for one in departments
    }
    top: list[Branch] = []
    for branch in branches.values():
        parent = branch.department.parent_id
        siblings = branches[parent].below if parent else top
        branch.place = len(siblings)
        siblings.append(branch)
    for siblings in (top, *(branch.below for branch in branches.values())):
        if siblings:
            siblings[-1].last = True
    return top


def managers_of(organisation: Organisation) -> list[OrganisationMembership]:
    """Return who holds a role for the whole organisation."""
    held = OrganisationMembership.objects.filter(organisation=organisation, department=None)
    return list(held.select_related("user").order_by("-role", "user__last_name"))


def _managers_by_department(organisation: Organisation) -> dict[int | None, list[User]]:
    held = OrganisationMembership.objects.filter(organisation=organisation, role="manager", department__isnull=False)
    found: dict[int | None, list[User]] = defaultdict(list)
    for one in held.select_related("user"):
        found[one.department_id].append(one.user)
    return found
