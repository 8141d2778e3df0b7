"""Attempts of a department's manager to bind the whole organisation, or another department."""

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.actions import grant_organisation_role
from lms.people.models import Department, User
from mentoring_ext.programmes.models import ChecklistTemplate, Programme
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> Department:
    return make.make_department()


@pytest.fixture
def manager(client: Client, department: Department) -> User:
    person = make.make_user(organisation=department.organisation)
    grant_organisation_role(person, department.organisation, "manager", actor=None, department=department)
    client.force_login(person)
    return person


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


def test_checklist_of_the_whole_organisation_stays(client: Client, manager: User, department: Department, programme):
    template = make.make_checklist(programme, "Own", organisation=department.organisation)

    response = client.post(reverse("mentoring_programmes:template_remove", args=[template.pk]))

    assert response.status_code == 403
    assert ChecklistTemplate.objects.filter(pk=template.pk).exists()


@pytest.mark.parametrize("where", ["whole", "other", "own"])
def test_new_checklist_is_for_the_own_department_alone(
    client: Client, manager: User, department: Department, programme: Programme, where: str
):
    other = make.make_department(organisation=department.organisation)
    chosen = {"whole": "", "other": other.pk, "own": department.pk}[where]
    form = {"programme": programme.pk, "organisation": department.organisation_id, "name": "New", "department": chosen}

    response = client.post(reverse("mentoring_programmes:template_new"), form)

    assert response.status_code == (302 if where == "own" else 422)
    assert ChecklistTemplate.objects.filter(name="New").exists() == (where == "own")
