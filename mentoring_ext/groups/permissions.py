"""Who may enter a group's space, and who may look at its state."""

import rules
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.people.permissions import Person, describe
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.programmes import permissions as cohort_permissions
from mentoring_ext.programmes.models import CohortMembership, Role


def groups_seen_by(user: Person) -> Q:
    """Return the filter of the groups that ``user`` is in or coordinates; managers see figures only, on the cohort."""
    member = GroupMember.objects.present().filter(user=user.pk)
    coordinated = CohortMembership.objects.present().filter(user=user.pk, role=Role.COORDINATOR)
    return Q(mentor=user.pk) | Q(pk__in=member.values("group")) | Q(cohort__in=coordinated.values("cohort"))


def groups_around(user: User) -> list[QuerySet[MentoringGroup]]:
    """Return the groups that ``user`` is in or coordinates: without one, no group's duties concern them."""
    return [MentoringGroup.objects.visible_to(user).order_by()]


@rules.predicate
def is_mentor_of(user: Person, group: MentoringGroup) -> bool:
    """The person is the group's mentor."""
    return group.mentor_id == user.pk


@rules.predicate
def is_mentee_of(user: Person, group: MentoringGroup) -> bool:
    """The person is one of the group's mentees now."""
    return GroupMember.objects.present().filter(group=group, user=user.pk).exists()


is_member = is_mentor_of | is_mentee_of
"""The person is the group's mentor or one of its mentees."""


@rules.predicate
def coordinates(user: Person, group: MentoringGroup) -> bool:
    """The person coordinates the group's cohort."""
    return bool(cohort_permissions.coordinates.test(user, group.cohort))


@rules.predicate
def is_open(user: Person, group: MentoringGroup) -> bool:
    """The group is not closed."""
    return not group.is_closed


rules.add_perm("mentoring_groups.view_group", is_member | coordinates)
rules.add_perm("mentoring_groups.enter_group", is_member)
rules.add_perm("mentoring_groups.view_documents", is_member)
rules.add_perm("mentoring_groups.add_document", is_member & is_open)
rules.add_perm("mentoring_groups.close_group", coordinates & is_open)

describe("mentoring_groups.view_group", _("see how a group gets on"), MentoringGroup.objects.visible_to)
describe("mentoring_groups.enter_group", _("enter a group’s own space"), MentoringGroup.objects.visible_to)
describe("mentoring_groups.view_documents", _("read a group’s documents"), MentoringGroup.objects.visible_to)
describe("mentoring_groups.add_document", _("put a document into a group’s space"), MentoringGroup.objects.visible_to)
describe("mentoring_groups.close_group", _("close a group"), MentoringGroup.objects.visible_to)
