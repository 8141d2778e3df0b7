"""Who is signed in: roles found with one look, and rights that rules alone give."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from lms.people import actions
from lms.people.backends import PersonBackend
from lms.people.models import SiteRole, User
from lms.people.permissions import forget_roles, has_role, roles_of
from tests.make import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db


def loaded(user: User) -> User:
    """Return the person as a request gets them."""
    person = PersonBackend().get_user(user.pk)
    assert person is not None
    return person


def test_signed_in_person_without_roles_costs_one_query(django_assert_num_queries):
    user = make_user()

    with django_assert_num_queries(1):
        roles = roles_of(loaded(user))

    assert roles == []


def test_signed_in_person_has_the_roles_of_every_source_that_holds_some():
    user = make_user()
    actions.grant_site_role(user, SiteRole.Role.TRAINER, actor=None)
    actions.grant_organisation_role(user, make_organisation(), "manager", actor=None)

    names = [role.name for role in roles_of(loaded(user))]

    assert names == ["trainer", "manager"]


def test_role_taken_away_is_gone_with_the_next_request():
    user = make_user()
    membership = actions.grant_organisation_role(user, make_organisation(), "manager", actor=None)
    before = has_role(loaded(user), "manager")

    actions.withdraw_organisation_role(membership, actor=None)

    assert (before, has_role(loaded(user), "manager")) == (True, False)


def test_role_given_within_a_request_counts_once_roles_are_forgotten():
    person = loaded(make_user())
    SiteRole.objects.create(user=person, role=SiteRole.Role.TRAINER)

    forget_roles(person)

    assert has_role(person, "trainer")


def test_closed_account_is_nobody():
    assert PersonBackend().get_user(make_user(is_active=False).pk) is None


def test_unknown_account_is_nobody():
    assert PersonBackend().get_user(0) is None


def test_right_that_rules_alone_know_is_not_looked_for_in_groups(django_assert_num_queries):
    person = loaded(make_user())

    with django_assert_num_queries(0):
        allowed = person.has_perm("mentoring_profiles.view_mentors")

    assert not allowed


def test_right_that_a_group_can_give_counts():
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="view_organisation"))

    assert loaded(user).has_perm("lms_people.view_organisation")


@pytest.mark.parametrize("name", ["ada", "Ada@example.org"])
def test_person_signs_in_by_user_name_or_address(client: Client, name: str):
    make_user(username="ada", email="ada@example.org")

    response = client.post("/accounts/login/", {"login": name, "password": PASSWORD})

    assert response.status_code == 302
