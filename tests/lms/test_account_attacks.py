"""Attempts at other people's accounts by those who look after some of them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people import actions, errors
from lms.people.models import Organisation, User
from mentoring_ext.programmes.models import Cohort, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make.make_cohort()


@pytest.fixture
def organisation() -> Organisation:
    return make.make_organisation()


def test_coordinator_gets_no_code_for_who_takes_part_elsewhere_too(cohort: Cohort):
    coordinator, person = make.make_coordinator(cohort), make.make_member(make.make_cohort(), "mentor", email="")
    cohort.memberships.create(user=person, role=Role.MENTEE, joined_at=timezone.now())

    with pytest.raises(errors.MayNotHelp):
        actions.help_to_sign_in(person, actor=coordinator, at=timezone.now())


@pytest.mark.parametrize("page", ["person_address", "person_edit", "person_close"])
def test_manager_does_not_take_over_who_holds_something_in_another_organisation(
    client: Client, organisation: Organisation, page: str
):
    manager, cohort = make.make_manager(organisation), make.make_cohort()
    person = make.make_member(cohort, "coordinator", organisation=organisation, password="!")
    client.force_login(manager)

    response = client.post(reverse(f"lms_people:{page}", args=[person.pk]), {"email": "mine@example.org"})

    assert response.status_code == 403
    assert User.objects.get(pk=person.pk).email == person.email


def test_manager_still_looks_after_who_takes_part_in_the_organisation(organisation: Organisation):
    manager = make.make_manager(organisation)
    person = make.make_member(make.make_cohort(organisation=organisation), "mentor", organisation=organisation)

    assert manager.has_perm("lms_people.change_person", person)


@pytest.mark.parametrize("sign", ["²", "9" * 30])
def test_odd_numbers_in_addresses_are_no_errors(client: Client, organisation: Organisation, sign: str):
    manager, department = make.make_manager(organisation), make.make_department(organisation=organisation)
    client.force_login(manager)

    listed = client.get(reverse("lms_people:person_list"), {"after": sign})
    ordered = client.post(reverse("lms_people:department_order", args=[department.pk]), {"place": sign})

    assert (listed.status_code, ordered.status_code) == (200, 302)
