"""Two imports of the same list at the same moment."""

from io import BytesIO

import pytest
from django.utils import timezone

from lms.people.models import User
from mentoring_ext.invitations import actions
from mentoring_ext.invitations.models import PeopleImport
from mentoring_ext.programmes.models import CohortMembership
from tests.at_once import at_once
from tests.make import make_cohort

ROWS = [
    "Eleni Anni,,e@example.org",
    "Maria Rossi,maria,",
    "Jan Novak,,",
    *(f"P N{n},,p{n}@example.org" for n in range(40)),
]


@pytest.mark.django_db(transaction=True)
def test_same_list_at_once_makes_nobody_twice():
    make_cohort(name="Athens")
    content = "\n".join(["name,username,email,cohort,role", *(f"{row},Athens,mentee" for row in ROWS)]).encode()

    def run() -> int:
        _plan, made = actions.import_people(BytesIO(content), actor=None, at=timezone.now())
        return made.people.filter(is_new=True).count() if made else -1

    created = at_once(run, run)

    assert sorted(created) == [0, len(ROWS)]
    assert (User.objects.count(), CohortMembership.objects.count()) == (len(ROWS), len(ROWS))
    assert PeopleImport.objects.count() == 2
