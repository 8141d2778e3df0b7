"""Who may read, write and sign an agreement."""

import rules

from lms.people.permissions import Person
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.groups.permissions import coordinates, is_member, is_mentor_of, is_open


@rules.predicate
def is_party(user: Person, agreement: Agreement) -> bool:
    """The person is one of those who sign."""
    return agreement.parties.filter(user=user.pk).exists()


@rules.predicate
def sees_group(user: Person, agreement: Agreement) -> bool:
    """The person is in the agreement's group or coordinates it."""
    return bool((is_member | coordinates).test(user, agreement.group))


rules.add_perm("mentoring_agreements.view_agreement", sees_group)
rules.add_perm("mentoring_agreements.sign_agreement", is_party)
rules.add_perm("mentoring_agreements.write_agreement", (is_mentor_of | coordinates) & is_open)
