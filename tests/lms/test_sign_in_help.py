"""A coordinator helps somebody who forgot the password, and cannot get at anybody's account that opens more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people import actions, errors
from lms.people.actions.helping import CODES_AN_HOUR
from lms.people.models import OneTimeCode, User
from mentoring_ext.programmes.models import Cohort, CohortMembership
from tests import make

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "another-long-password"


@pytest.fixture
def cohort() -> Cohort:
    return make.make_cohort()


@pytest.fixture
def coordinator(cohort: Cohort) -> User:
    return make.make_coordinator(cohort)


def help_page(person: User) -> str:
    return reverse("lms_people:sign_in_help", args=[person.pk])


def code_shown_to(helper: User, person: User) -> str:
    client = Client()
    client.force_login(helper)
    response = client.post(help_page(person))
    assert response["Cache-Control"].startswith("max-age=0")
    return str(response.context["code"])


def test_the_code_leads_to_a_new_password(cohort: Cohort, coordinator: User):
    person = make.make_member(cohort, "mentee", email="")
    code = code_shown_to(coordinator, person)
    client = Client()

    client.post(reverse("lms_people:code_enter"), {"username": person.username, "code": code})
    client.post(reverse("lms_people:code_password"), {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD})

    assert User.objects.get(pk=person.pk).check_password(NEW_PASSWORD)


def test_it_is_written_down_and_told_to_the_person(cohort: Cohort, coordinator: User):
    person = make.make_member(cohort, "mentee", email="")

    actions.help_to_sign_in(person, actor=coordinator, at=timezone.now())

    entry = Entry.objects.get(verb="granted")
    assert (entry.actor, entry.object, entry.data["reason"]) == (coordinator, person, "forgotten password")
    assert Notice.objects.get(kind="sign_in_help").recipient == person


def with_guarded_role(cohort: Cohort) -> User:
    person = make.make_member(cohort, "mentee", email="")
    actions.grant_organisation_role(person, make.make_organisation(), "manager", actor=None)
    return person


def with_site_role(role: str):
    def make_person(cohort: Cohort) -> User:
        person = make.make_member(cohort, "mentor", email="")
        actions.grant_site_role(person, role, actor=None)
        return person

    return make_person


def who_left(cohort: Cohort) -> User:
    person = make.make_member(cohort, "mentee", email="")
    CohortMembership.objects.filter(user=person).update(state="left")
    return person


GREATER = {
    "administrator": with_site_role("administrator"),
    "editor": with_site_role("editor"),
    "trainer": with_site_role("trainer"),
    "manager elsewhere": with_guarded_role,
    "another coordinator": lambda cohort: make.make_coordinator(cohort, email=""),
    "superuser": lambda cohort: make.make_member(cohort, "mentee", email="", is_superuser=True),
    "member of another cohort": lambda cohort: make.make_member(make.make_cohort(), "mentee", email=""),
    "nobody's member": lambda cohort: make.make_user(email=""),
    "somebody with an address": lambda cohort: make.make_member(cohort, "mentee"),
    "somebody who left the cohort": who_left,
    "a closed account": lambda cohort: make.make_member(cohort, "mentee", email="", is_active=False),
}


@pytest.mark.parametrize("who", GREATER)
def test_coordinator_cannot_take_an_account_over(who: str, cohort: Cohort, coordinator: User, client: Client):
    person = User.objects.get(pk=GREATER[who](cohort).pk)
    client.force_login(coordinator)

    assert client.post(help_page(person)).status_code == 404
    with pytest.raises(errors.MayNotHelp):
        actions.help_to_sign_in(person, actor=coordinator, at=timezone.now())
    assert not OneTimeCode.objects.exists()


@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_a_member_helps_nobody(role: str, cohort: Cohort, client: Client):
    client.force_login(make.make_member(cohort, role))

    assert client.post(help_page(make.make_member(cohort, "mentee", email=""))).status_code == 404


def test_nobody_helps_themselves(client: Client):
    administrator = make.make_administrator()
    client.force_login(administrator)

    assert client.post(help_page(administrator)).status_code == 404


def test_administrator_helps_a_coordinator(coordinator: User):
    assert code_shown_to(make.make_administrator(), coordinator)


def test_nobody_hands_out_codes_for_a_whole_site():
    administrator, at = make.make_administrator(), timezone.now()
    for _time in range(CODES_AN_HOUR):
        actions.help_to_sign_in(make.make_user(), actor=administrator, at=at)

    with pytest.raises(errors.TooManyCodes):
        actions.help_to_sign_in(make.make_user(), actor=administrator, at=at)
    assert actions.help_to_sign_in(make.make_user(), actor=administrator, at=at + timedelta(hours=2))
