"""Organisations, the tree of their departments, and who manages what in it."""

import pytest

from lms.journal.models import Entry
from lms.people import actions, errors
from lms.people.models import Department, Organisation
from lms.people.permissions import manages
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation(name="Elaia")


def grow(organisation: Organisation, *names: str) -> list[Department]:
    """Make departments that stand one below the other."""
    grown: list[Department] = []
    for name in names:
        parent = grown[-1] if grown else None
        grown.append(make.make_department(organisation=organisation, name=name, parent=parent))
    return grown


def test_add_organisation_makes_a_short_name_for_addresses():
    boss = make.make_administrator()
    make.make_organisation(slug="casa-das-artes")

    made = actions.add_organisation(actor=boss, name="Casa das Artes", country="PT")

    assert (made.slug, made.country) == ("casa-das-artes-2", "PT")
    assert Entry.objects.get(verb="created").object == made


def test_add_organisation_refuses_a_name_twice(town: Organisation):
    with pytest.raises(errors.OrganisationNameTaken):
        actions.add_organisation(actor=make.make_administrator(), name="ELAIA", country="GR")


def test_change_organisation_keeps_the_address(town: Organisation):
    before = town.slug

    actions.change_organisation(town, actor=make.make_administrator(), name="Elaia and Region", country="CY")

    town.refresh_from_db()
    assert (town.name, town.country, town.slug) == ("Elaia and Region", "CY", before)


def test_departments_come_in_the_order_of_the_tree(town: Organisation):
    culture, libraries = grow(town, "Culture", "Libraries")
    make.make_department(organisation=town, name="Archive")
    make.make_department(organisation=town, name="Museum", parent=culture)

    assert [one.trail for one in Department.objects.all().as_tree()] == [
        "Culture",
        "Culture › Libraries",
        "Culture › Museum",
        "Archive",
    ]
    assert libraries.level == 2


def test_add_department_refuses_the_name_of_a_sibling_but_not_of_a_cousin(town: Organisation):
    boss = make.make_administrator()
    culture, _libraries = grow(town, "Culture", "Office")

    actions.add_department(town, actor=boss, name="Office")
    with pytest.raises(errors.DepartmentNameTaken):
        actions.add_department(town, actor=boss, name="office", parent=culture)


def test_add_department_refuses_a_parent_elsewhere_and_a_seventh_level(town: Organisation):
    boss = make.make_administrator()
    levels = grow(town, *"ABCDEF")

    with pytest.raises(errors.TooDeep):
        actions.add_department(town, actor=boss, name="G", parent=levels[-1])
    with pytest.raises(errors.OtherOrganisation):
        actions.add_department(make.make_organisation(), actor=boss, name="G", parent=levels[0])


def test_moving_a_department_takes_everything_below_it_along(town: Organisation):
    culture, libraries, children = grow(town, "Culture", "Libraries", "Children")
    service = make.make_department(organisation=town, name="Service")

    actions.change_department(libraries, actor=make.make_administrator(), name="Libraries", parent=service)

    children.refresh_from_db()
    assert children.path == f"/{service.pk}/{libraries.pk}/{children.pk}/"
    assert not children.is_below(culture)
    assert Entry.objects.get(verb="moved").data == {"moved_from": culture.pk}


def test_a_department_cannot_stand_below_itself(town: Organisation):
    culture, _libraries, children = grow(town, "Culture", "Libraries", "Children")

    with pytest.raises(errors.BelowItself):
        actions.change_department(culture, actor=make.make_administrator(), name="Culture", parent=children)


def test_moving_a_branch_respects_the_depth(town: Organisation):
    boss, branch = make.make_administrator(), grow(town, "X", "Y")
    levels = grow(town, *"ABCDE")

    with pytest.raises(errors.TooDeep):
        actions.change_department(branch[0], actor=boss, name="X", parent=levels[-1])


def test_order_department_changes_the_place_among_siblings(town: Organisation):
    first, _second, third = (make.make_department(organisation=town, name=name) for name in "ABC")

    actions.order_department(third, actor=make.make_administrator(), place=0)

    assert [one.name for one in Department.objects.all().as_tree()] == ["C", "A", "B"]
    actions.order_department(first, actor=make.make_administrator(), place=99)
    assert [one.name for one in Department.objects.all().as_tree()] == ["C", "B", "A"]


def test_remove_department_only_when_it_is_empty(town: Organisation):
    boss = make.make_administrator()
    culture, libraries = grow(town, "Culture", "Libraries")
    person = make.make_user(organisation=town, department=libraries)

    for department in (culture, libraries):
        with pytest.raises(errors.DepartmentInUse):
            actions.remove_department(department, actor=boss)
    person.department = None
    person.save()
    actions.remove_department(libraries, actor=boss)

    assert [one.name for one in Department.objects.all()] == ["Culture"]


def test_remove_department_refuses_one_with_a_cohort(town: Organisation):
    (culture,) = grow(town, "Culture")
    make.make_cohort(organisation=town, department=culture)

    with pytest.raises(errors.DepartmentInUse):
        actions.remove_department(culture, actor=make.make_administrator())


def test_a_manager_of_a_department_manages_those_below_it(town: Organisation, django_assert_num_queries):
    culture, libraries, children = grow(town, "Culture", "Libraries", "Children")
    other = make.make_department(organisation=town, name="Service")
    manager = make.make_user()
    actions.grant_organisation_role(manager, town, "manager", actor=None, department=libraries)

    assert [manages(manager, town, one) for one in (culture, libraries, children, other)] == [False, True, True, False]
    with django_assert_num_queries(1):
        assert set(Department.objects.managed_by(manager)) == {libraries, children}


def test_a_manager_of_ten_does_not_manage_hundred_and_one(town: Organisation):
    ten, _more = grow(town, "Ten", "Below")
    Department.objects.filter(pk=ten.pk).update(path="/1/")
    hundred = make.make_department(organisation=town, name="Hundred")
    Department.objects.filter(pk=hundred.pk).update(path="/10/")
    manager = make.make_user()
    actions.grant_organisation_role(manager, town, "manager", actor=None, department=ten)

    assert hundred not in Department.objects.managed_by(manager)


def test_removing_a_department_asks_first_and_changes_nothing(client):
    department = make.make_department()
    client.force_login(make.make_administrator())

    asked = client.get(f"/people/departments/{department.pk}/remove/")

    assert asked.context["question"] == f"Remove “{department}”?"
    assert Department.objects.filter(pk=department.pk).exists()
