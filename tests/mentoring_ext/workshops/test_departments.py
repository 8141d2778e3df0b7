"""For which departments somebody plans workshops and keeps scenarios."""

import pytest
from django.urls import reverse

from lms.people.models import Department, User
from mentoring_ext.workshops import actions, errors
from mentoring_ext.workshops.models import Scenario, Workshop
from tests import make
from tests.mentoring_ext.workshops.planning import BEFORE, sign_in, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> Department:
    """A department with one below it and one beside it."""
    library = make.make_department(name="Library")
    make.make_department(organisation=library.organisation, parent=library, name="Children")
    make.make_department(organisation=library.organisation, name="Museum")
    return library


@pytest.fixture
def planner(library: Department) -> User:
    """Somebody who coordinates a cohort of the library and nothing else."""
    return make.make_coordinator(make.make_cohort(organisation=library.organisation, department=library))


def plan(actor: User, library: Department, name: str | None) -> Workshop:
    department = Department.objects.get(name=name) if name else None
    place = {"organisation": library.organisation, "department": department}
    return actions.plan_workshop(None, actor=actor, values=values_of(), at=BEFORE, **place)


@pytest.mark.parametrize("name", ["Library", "Children"])
def test_a_department_is_planned_for_with_all_below_it(planner: User, library: Department, name: str):
    workshop = plan(planner, library, name)

    assert workshop.department and workshop.department.name == name
    assert planner.has_perm("mentoring_workshops.keep_workshop", workshop)


@pytest.mark.parametrize("name", ["Museum", None])
def test_nothing_is_planned_beside_or_above_it(planner: User, library: Department, name: str | None):
    workshop = plan(make.make_manager(library.organisation), library, name)

    with pytest.raises(errors.NotYours):
        plan(planner, library, name)
    assert not planner.has_perm("mentoring_workshops.keep_workshop", workshop)
    assert not Workshop.objects.visible_to(planner).exists()


def test_who_serves_the_whole_plans_for_every_department(library: Department):
    manager = make.make_manager(library.organisation)

    assert [plan(manager, library, name).pk for name in ("Library", "Children", "Museum", None)]
    with pytest.raises(errors.NotYours):
        plan(manager, make.make_department(name="Elsewhere"), "Library")


def test_the_page_offers_own_departments_alone(planner: User, library: Department):
    client, page = sign_in(planner), reverse("mentoring_workshops:workshop_new")
    typed = {name: value for name, value in values_of(held_by=planner.pk).items() if name != "prepares"}
    typed |= {"organisation": library.organisation.pk}

    field = client.get(page).context["form"].fields["department"]
    wrong = client.post(page, typed | {"department": Department.objects.get(name="Museum").pk})
    right = client.post(page, typed | {"department": library.pk})

    assert {one.name for one in field.queryset} == {"Library", "Children"}
    assert list(wrong.context["form"].errors) == ["department"]
    assert (right.status_code, Workshop.objects.get().department) == (302, library)


def test_scenarios_of_the_whole_organisation_are_kept_by_who_serves_it(planner: User, library: Department):
    manager = make.make_manager(library.organisation)
    head = {"organisation": library.organisation, "title": "A case", "summary": "Short."}
    theirs = actions.write_scenario(None, actor=manager, values=head, at=BEFORE)
    own = actions.write_scenario(None, actor=planner, values=head, at=BEFORE)

    assert list(Scenario.objects.visible_to(planner)) == [own]
    assert set(Scenario.objects.visible_to(manager)) == {theirs, own}


def test_who_holds_a_workshop_changes_it_where_it_is(library: Department):
    holder = make.make_mentor_profile().user
    workshop = make.make_workshop(organisation=library.organisation, held_by=holder)
    client, page = sign_in(holder), reverse("mentoring_workshops:workshop_edit", args=[workshop.pk])
    typed = {name: value for name, value in values_of(held_by=holder.pk, title="New").items() if name != "prepares"}

    moved = client.post(page, typed | {"organisation": make.make_organisation().pk})
    kept = client.post(page, typed | {"organisation": library.organisation.pk})

    assert (list(moved.context["form"].errors), kept.status_code) == (["organisation"], 302)
    assert Workshop.objects.get().title == "New"
