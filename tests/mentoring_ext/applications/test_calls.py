"""Which form a call may ask, by when it answers, and who finds it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.models import Audience, Call
from mentoring_ext.programmes.models import Role
from tests.make import (
    make_application,
    make_application_form,
    make_call,
    make_cohort,
    make_coordinator,
    make_member,
    make_organisation,
    make_user,
)
from tests.mentoring_ext.applications.sending import TODAY, url
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
IN_HOUSE = "application_in_house"


def open_call(cohort, **changed):
    fields = {"title": "Mentors", "text": "You.", "opens_on": TODAY, "closes_on": TODAY + timedelta(days=9)}
    return actions.open_call(cohort, actor=make_coordinator(cohort), **fields | changed)


def sent(cohort, **changed):
    fields = {"title": "Mentors", "text": "You", "opens_on": "2026-01-01", "closes_on": "2026-02-01"}
    return {"cohort": cohort.pk, "version": make_application_form().pk} | fields | changed


def test_a_call_asks_a_form_of_its_own_organisation():
    cohort = make_cohort()
    version = make_application_form(slug="own", organisation=cohort.organisation)

    assert open_call(cohort, version=version).version == version


def test_a_call_does_not_ask_a_form_of_others():
    with pytest.raises(errors.FormOfOthers):
        open_call(make_cohort(), version=make_application_form(slug="far", organisation=make_organisation()))


def test_a_call_asks_only_forms_of_applications():
    with pytest.raises(errors.FormOfOthers):
        open_call(make_cohort(), version=make_application_form("something_else"))


def test_a_call_does_not_ask_a_form_that_is_not_published():
    version = make_application_form()
    version.published_at = None

    with pytest.raises(errors.FormOfOthers):
        open_call(make_cohort(), version=version)


def test_the_page_of_a_call_refuses_a_form_of_another_organisation_beside_the_field(client: Client):
    cohort, other = make_cohort(), make_cohort()
    coordinator = make_coordinator(cohort)
    make_member(other, Role.COORDINATOR, user=coordinator)
    client.force_login(coordinator)
    version = make_application_form(slug="far", organisation=other.organisation)

    response = client.post(url("call_new"), sent(cohort, version=version.pk))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["version"])
    assert (response.context["form"]["title"].value(), Call.objects.count()) == ("Mentors", 0)


def test_a_call_keeps_its_form_when_a_form_of_others_is_sent(client: Client):
    call, other = make_call(), make_cohort()
    coordinator = make_coordinator(call.cohort)
    make_member(other, Role.COORDINATOR, user=coordinator)
    client.force_login(coordinator)
    version = make_application_form(slug="far", organisation=other.organisation)

    response = client.post(url("call_edit", call.pk), sent(call.cohort, version=version.pk))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["version"])
    assert Call.objects.get().version == call.version


def test_answers_come_after_the_last_day_to_apply():
    with pytest.raises(errors.AnswersBeforeItCloses):
        open_call(make_cohort(), answers_by=TODAY + timedelta(days=8))


def test_the_page_of_a_call_asks_for_a_later_answer_beside_the_field(client: Client):
    cohort = make_cohort()
    client.force_login(make_coordinator(cohort))

    response = client.post(url("call_new"), sent(cohort, answers_by="2026-01-15"))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["answers_by"])


def test_the_page_of_a_call_leads_to_where_forms_are_composed(client: Client):
    client.force_login(make_coordinator(make_cohort()))

    assert f'href="{reverse("lms_questionnaires:form_list")}"' in client.get(url("call_new")).content.decode()


def test_the_form_says_whom_a_call_is_for_and_hides_the_address_of_one_for_staff():
    call = open_call(make_cohort(), version=make_application_form(IN_HOUSE))

    assert call.audience == Audience.IN_HOUSE
    assert call.slug.startswith("mentors-")
    assert len(call.slug) == len("mentors-") + 12


@pytest.mark.parametrize(
    ("who", "seen"),
    [("visitor", False), ("stranger", False), ("colleague", True), ("coordinator", True)],
)
def test_a_call_for_staff_is_listed_in_its_own_house_alone(client: Client, who, seen):
    call = make_call(audience=Audience.IN_HOUSE, title="For colleagues")
    people = {
        "stranger": lambda: make_user(organisation=make_organisation()),
        "colleague": lambda: make_user(organisation=call.organisation),
        "coordinator": lambda: make_coordinator(call.cohort),
    }
    if who != "visitor":
        client.force_login(people[who]())

    listed = call in client.get(url("call_list")).context["calls"]

    assert (listed, client.get(call.get_absolute_url()).status_code) == (seen, 200)


def test_the_first_page_shows_visitors_open_calls_for_everybody(client: Client):
    make_call(title="For everybody")
    make_call(title="For colleagues", audience=Audience.IN_HOUSE)
    make_call(title="Over by now", closes_on=TODAY - timedelta(days=1))

    page = client.get("/").content.decode()

    assert [title in page for title in ("For everybody", "For colleagues", "Over by now")] == [True, False, False]


def test_the_first_page_asks_the_same_for_one_and_three(client: Client):
    assert_same_queries(lambda: client.get("/"), make_call)


@pytest.mark.parametrize("what", ["house", "role", "applied", "other house"])
def test_the_first_page_asks_staff_without_a_role_for_help(client: Client, what):
    call = make_call(audience=Audience.IN_HOUSE, title="For colleagues")
    user = make_user(organisation=make_organisation() if what == "other house" else call.organisation)
    if what == "role":
        make_member(make_cohort(organisation=call.organisation), Role.MENTEE, user=user)
    if what == "applied":
        make_application(call=call, user=user)
    client.force_login(user)

    page = client.get(reverse("lms_agenda:home")).content.decode()

    assert ("Your house looks for mentors" in page) == (what == "house")
