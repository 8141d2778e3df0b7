"""Who may write, read and review good practices."""

import rules
from django.db.models import Q

from lms.people.models import OrganisationMembership
from lms.people.permissions import Person, has_role
from mentoring_ext.practices.models import Practice
from mentoring_ext.programmes.models import Role
from mentoring_ext.programmes.permissions import manages_somewhere


def practices_seen_by(user: Person) -> Q:
    """Return the filter of the gallery, of one's own practices, and of those handed in to the manager ``user``."""
    gallery = Q(state=Practice.State.PUBLISHED)
    if not user.is_authenticated:
        return gallery
    return gallery | Q(authors=user) | (~Q(state=Practice.State.DRAFT) & practices_overseen_by(user))


def practices_overseen_by(user: Person) -> Q:
    """Return the filter of the practices of the organisations and departments that ``user`` manages."""
    manager = OrganisationMembership.objects.filter(user=user.pk, role=OrganisationMembership.Role.MANAGER)
    whole = manager.filter(department=None).values("organisation")
    parts = manager.exclude(department=None).values("department")
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
    return Practice.objects.filter(practices_overseen_by(user), pk=practice.pk).exists()


rules.add_perm("mentoring_practices.write_practice", mentors_somewhere)
rules.add_perm("mentoring_practices.edit_practice", is_author)
rules.add_perm("mentoring_practices.list_waiting", manages_somewhere)
rules.add_perm("mentoring_practices.review_practice", oversees_practice & ~is_author)
