"""For which organisations and departments somebody opens cohorts and copies programmes."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.models import Department, OrganisationMembership, User
from mentoring_ext.programmes import actions, errors
from mentoring_ext.programmes.models import Cohort, Programme
from mentoring_ext.programmes.permissions import departments_to_open_for, opens_for, organisations_to_open_for
from tests import make

pytestmark = pytest.mark.django_db
AT = make.JANUARY


@pytest.fixture
def library() -> Department:
    """A department with one below it and one beside it."""
    library = make.make_department(name="Library")
    make.make_department(organisation=library.organisation, parent=library, name="Children")
    make.make_department(organisation=library.organisation, name="Museum")
    return library


@pytest.fixture(params=["manager", "coordinator", "cohort"])
def person(request: pytest.FixtureRequest, library: Department) -> User:
    """Somebody whose only role is in the library: its manager, its coordinator, or of one of its cohorts."""
    if request.param == "cohort":
        return make.make_coordinator(make.make_cohort(organisation=library.organisation, department=library))
    user = make.make_user()
    OrganisationMembership.objects.create(
        user=user, organisation=library.organisation, department=library, role=request.param
    )
    return user


def child_of(library: Department) -> Department:
    return library.children.get()


def beside(library: Department) -> Department:
    return Department.objects.get(organisation=library.organisation, name="Museum")


def open_cohort(actor: User, department: Department | None, **fields: Any) -> Cohort:
    given = {"name": "Spring", "country": "GR", "starts_on": date(2026, 1, 5), "at": AT}
    programme = make.make_programme()
    return actions.open_cohort(programme, actor=actor, department=department, **given | fields)


def test_a_role_in_a_department_opens_for_it_and_what_is_below(person: User, library: Department):
    first = open_cohort(person, library, organisation=library.organisation)
    second = open_cohort(person, child_of(library), organisation=library.organisation, name="Autumn")

    assert [cohort.department for cohort in (first, second)] == [library, child_of(library)]
    assert list(organisations_to_open_for(person)) == [library.organisation]
    assert set(departments_to_open_for(person)) == {library, child_of(library)}


def test_a_role_in_a_department_opens_nothing_beside_or_above_it(person: User, library: Department):
    for department in (None, beside(library)):
        with pytest.raises(errors.NotYourDepartment):
            open_cohort(person, department, organisation=library.organisation)

    assert not opens_for(person, make.make_organisation())


def test_nobody_opens_for_a_department_of_another_organisation(library: Department):
    manager = make.make_manager(library.organisation)

    with pytest.raises(errors.NotYourDepartment):
        open_cohort(manager, make.make_department(), organisation=library.organisation)
    assert open_cohort(manager, beside(library), organisation=library.organisation)


def test_whoever_serves_the_whole_organisation_opens_everywhere_in_it(library: Department):
    coordinator = make.make_coordinator(make.make_cohort(organisation=library.organisation))

    assert opens_for(coordinator, library.organisation) and opens_for(coordinator, library.organisation, library)
    assert departments_to_open_for(coordinator).count() == 3


def test_a_programme_is_copied_only_to_departments_of_the_person(person: User, library: Department):
    fields = {"actor": person, "organisation": library.organisation, "name": "Ours", "at": AT}

    for department in (None, beside(library)):
        with pytest.raises(errors.NotYourPlace):
            actions.transfer_programme(make.make_programme(), department=department, **fields)
    assert actions.transfer_programme(make.make_programme(), department=child_of(library), **fields)


@pytest.mark.parametrize("page", ["cohort_new", "programme_copy"])
def test_the_forms_offer_only_departments_of_the_person(client: Client, person: User, library: Department, page: str):
    client.force_login(person)
    url = reverse(f"mentoring_programmes:{page}", args=[make.make_programme().slug] if page == "programme_copy" else [])

    field = client.get(url).context["form"].fields["department"]
    refused = client.post(url, {"organisation": library.organisation_id, "department": beside(library).pk, "name": "X"})
    empty = client.post(url, {"organisation": library.organisation_id, "name": "X"})

    offered = [key for _organisation, group in field.choices for key, _label in group]
    assert offered == [library.pk, child_of(library).pk]
    for response in (refused, empty):
        assert (response.status_code, "department" in response.context["form"].errors) == (422, True)
        assert response.context["form"]["name"].value() == "X"


def test_who_serves_one_organisation_and_a_department_of_another_is_told_beside_the_department(
    client: Client, person: User, library: Department
):
    OrganisationMembership.objects.create(user=person, organisation=make.make_organisation(), role="manager")
    client.force_login(person)
    data = {"organisation": library.organisation_id, "name": "Whole", "country": "GR", "starts_on": "2026-01-05"}
    data |= {"programme": make.make_programme().pk}

    response = client.post(reverse("mentoring_programmes:cohort_new"), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["department"])
    assert not Cohort.objects.filter(name="Whole").exists()


def test_programmes_are_seen_along_the_branch_of_the_tree(person: User, library: Department):
    ours = {"organisation": library.organisation}
    seen = [make.make_programme(), make.make_programme(**ours)]
    seen += [make.make_programme(**ours, department=one) for one in (library, child_of(library))]
    make.make_programme(**ours, department=beside(library))
    make.make_programme(organisation=make.make_organisation())

    assert set(Programme.objects.visible_to(person).exclude(cohorts__in=Cohort.objects.all())) == set(seen)
