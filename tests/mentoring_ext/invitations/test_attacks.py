"""Attempts to rise by an invitation or a list."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people.models import User
from lms.people.permissions import has_role
from mentoring_ext.invitations import actions
from mentoring_ext.programmes.models import Cohort, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make.make_cohort(name="Athens")


def check(row: str, actor: User) -> list[tuple[int, str]]:
    file = BytesIO(f"name,username,email,role,cohort\n{row}".encode())
    return [(error.row, error.column) for error in actions.check_people(file, actor=actor).errors]


def leaders(cohort: Cohort) -> list[User]:
    return [make.make_manager(cohort.organisation), make.make_administrator()]


def test_who_oversees_a_cohort_does_not_become_its_coordinator_by_a_list(cohort: Cohort):
    for person in leaders(cohort):
        assert check(f"{person},,{person.email},coordinator,Athens", person) == [(2, "role")]


def test_who_oversees_a_cohort_does_not_become_its_coordinator_by_the_form(client: Client, cohort: Cohort):
    for person in leaders(cohort):
        client.force_login(person)
        form = {"first_name": "A", "last_name": "B", "email": person.email.upper(), "role": "coordinator"}

        response = client.post(reverse("mentoring_programmes:member_invite", args=[cohort.pk]), form)

        assert response.status_code == 422
        assert not has_role(User.objects.get(pk=person.pk), Role.COORDINATOR, cohort)


def test_nobody_brings_an_account_in_by_its_user_name_to_get_its_key(client: Client, cohort: Cohort):
    coordinator = make.make_coordinator(cohort)
    victim = make.make_member(make.make_cohort(), "mentor", email="", username="maria.rossi")
    file = BytesIO(f"name,username,email,role,cohort\n{victim},maria.rossi,,mentee,Athens".encode())
    actions.import_people(file, actor=coordinator, at=timezone.now())
    client.force_login(coordinator)

    assert client.post(reverse("lms_people:sign_in_help", args=[victim.pk])).status_code == 404
