"""Who may write, read and review good practices."""

import rules
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models import Department, Organisation
from lms.people.permissions import Person, describe, has_role, manages, manages_somewhere
from mentoring_ext.practices.models import Practice
from mentoring_ext.programmes.models import Role


def practices_seen_by(user: Person) -> Q:
    """Return the filter of the gallery, of one's own practices, and of those handed in to the manager ``user``."""
    gallery = Q(state=Practice.State.PUBLISHED)
    if not user.is_authenticated:
        return gallery
    return gallery | Q(authors=user) | (~Q(state=Practice.State.DRAFT) & practices_overseen_by(user))


def practices_overseen_by(user: Person) -> Q:
    """Return the filter of the practices of the organisations and departments that ``user`` manages."""
    whole = Organisation.objects.managed_by(user).order_by().values("pk")
    parts = Department.objects.managed_by(user).order_by().values("pk")
    return Q(organisation__in=whole) | Q(group__cohort__department__in=parts)


@rules.predicate
def mentors_somewhere(user: Person) -> bool:
    """The person is or was a mentor in a cohort, whichever."""
    return has_role(user, Role.MENTOR)


@rules.predicate
def is_author(user: Person, practice: Practice) -> bool:
    """The person is one of the practice's authors."""
    return practice.authors.filter(pk=user.pk).exists()


@rules.predicate
def oversees_practice(user: Person, practice: Practice) -> bool:
    """The person manages the organisation or department that the practice comes from."""
    department = practice.group.cohort.department if practice.group else None
    return manages(user, practice.organisation, department)


rules.add_perm("mentoring_practices.write_practice", mentors_somewhere)
rules.add_perm("mentoring_practices.edit_practice", is_author)
rules.add_perm("mentoring_practices.list_waiting", manages_somewhere)
rules.add_perm("mentoring_practices.review_practice", oversees_practice & ~is_author)

describe("mentoring_practices.write_practice", _("write a good practice"))
describe("mentoring_practices.edit_practice", _("change a good practice"), Practice.objects.visible_to)
describe("mentoring_practices.list_waiting", _("see the good practices that wait for a manager"))
describe(
    "mentoring_practices.review_practice", _("publish a good practice or give it back"), Practice.objects.visible_to
)
