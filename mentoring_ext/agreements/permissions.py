"""Who may read, write and sign an agreement."""

import rules
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import Person, describe
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.groups.models import MentoringGroup
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

describe("mentoring_agreements.view_agreement", _("read a group’s agreement"), Agreement.objects.visible_to)
describe("mentoring_agreements.sign_agreement", _("sign a group’s agreement"), Agreement.objects.visible_to)
describe("mentoring_agreements.write_agreement", _("write a group’s agreement"), MentoringGroup.objects.visible_to)
