"""Applying with the form that a call asks."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils import timezone

from lms.files.models import StoredFile
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.people.permissions import has_role
from lms.questionnaires.actions import answers_of
from lms.robots import may_try, new_ticket
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.models import Application, Stage
from mentoring_ext.applications.tokens import confirm_token
from tests.make import make_application, make_call, make_coordinator, make_user
from tests.mentoring_ext.applications.sending import NOW, TODAY, apply, pdf, picture, sent, url

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    client.force_login(person)
    return person


def test_apply_waits_for_the_address_to_be_confirmed(django_capture_on_commit_callbacks):
    call = make_call()

    with django_capture_on_commit_callbacks(execute=True):
        application = apply(call)

    assert (application.stage, application.competences) == (Stage.UNCONFIRMED, ["teaching", "arts"])
    assert [sent.to for sent in mail.outbox] == [["nikos@example.org"]]
    assert "/applications/confirm/" in mail.outbox[0].body
    assert Entry.objects.get(verb="applied").object == application


def test_apply_refuses_a_closed_call():
    with pytest.raises(errors.CallClosed):
        apply(make_call(closes_on=TODAY - timedelta(days=1)))


def test_the_same_form_twice_makes_one_application(django_capture_on_commit_callbacks):
    call, key = make_call(), uuid4()

    with django_capture_on_commit_callbacks(execute=True):
        first, second = apply(call, form_key=key), apply(call, form_key=key)

    assert first == second
    assert len(mail.outbox) == 1


def test_a_new_try_replaces_an_unconfirmed_one_and_ends_its_link():
    call = make_call()
    first = apply(call)
    old_link = url("application_confirm", confirm_token(first))

    second = apply(call, email="Nikos@Example.org", headline="Painter")

    assert Application.objects.get() == second
    assert Client().post(old_link).status_code == 404


def test_applying_again_changes_nothing_and_tells_only_the_owner(django_capture_on_commit_callbacks):
    call = make_call()
    there = make_application(call=call, email="nikos@example.org", headline="Old")

    with django_capture_on_commit_callbacks(execute=True):
        again = apply(call, headline="Changed by a stranger")

    there.refresh_from_db()
    assert (again, there.headline) == (there, "Old")
    assert "/applications/status/" in mail.outbox[0].body


def test_a_colleague_with_the_same_address_needs_no_confirmation():
    user = make_user(email="nikos@example.org")

    application = apply(make_call(), user=user)

    assert application.stage == Stage.RECEIVED
    assert has_role(User.objects.get(pk=user.pk), "applicant", application.call)


def test_a_signed_in_person_with_another_address_has_to_confirm_it():
    application = apply(make_call(), user=make_user(email="other@example.org"))

    assert application.stage == Stage.UNCONFIRMED


def test_confirm_tells_the_coordinators(django_capture_on_commit_callbacks):
    call = make_call()
    coordinator = make_coordinator(call.cohort)
    application = apply(call)

    with django_capture_on_commit_callbacks(execute=True):
        actions.confirm_application(application, at=NOW)
        actions.confirm_application(application, at=NOW)

    assert Notice.objects.get(recipient=coordinator).kind == "application_received"
    assert [change.stage for change in application.changes.all()] == [Stage.RECEIVED]
    assert Entry.objects.filter(verb="confirmed").count() == 1


def test_apply_page_keeps_the_application_with_its_cv(client: Client):
    call = make_call()

    response = client.post(
        url("application_new", call.slug),
        sent(
            cv=pdf(),
        ),
    )

    application = Application.objects.get()
    assert response["Location"] == url("application_sent", call.slug)
    assert (application.stage, application.user, str(application.cv)) == (Stage.UNCONFIRMED, None, "cv.pdf")


def test_apply_page_starts_without_errors(client: Client):
    response = client.get(url("application_new", make_call().slug))

    assert (response.status_code, response.context["form"].is_bound) == (200, False)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"email": "no address"}, "email"),
        ({"country": "XX"}, "country"),
        ({"competences": None}, "competences"),
        ({"competences": ["flying"]}, "competences"),
        ({"motivation": " "}, "motivation"),
        ({"consent": None}, "kept_with_consent"),
        ({"ticket": "forged"}, "__all__"),
        ({"taught": "yes"}, "taught-what"),
        ({"cv": SimpleUploadedFile("cv.pdf", b"<script>alert(1)</script>")}, "cv"),
    ],
)
def test_apply_page_answers_beside_the_field_and_keeps_the_rest(client: Client, wrong, field):
    response = client.post(url("application_new", make_call().slug), sent(**wrong))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["headline"].value() == "Photographer"
    assert Application.objects.count() == 0


def test_apply_page_stops_what_is_too_quick(client: Client, settings):
    settings.PUBLIC_FORM_MIN_SECONDS = 2

    response = client.post(url("application_new", make_call().slug), sent(new_ticket(timezone.now())))

    assert response.status_code == 422
    assert Application.objects.count() == 0


def test_apply_page_keeps_every_good_upload_when_another_field_is_wrong(client: Client):
    address, ticket = url("application_new", make_call().slug), new_ticket(timezone.now())
    wrong = sent(ticket, headline="", cv=pdf(), picture=picture(), diploma=SimpleUploadedFile("d.pdf", b"<html>"))
    first = client.post(address, wrong)

    client.post(address, sent(ticket, diploma=pdf("diploma.pdf")))

    application = Application.objects.get()
    assert first.status_code == 422
    assert first.content.decode().count("We keep your file") == 2
    assert (str(application.cv), str(application.picture)) == ("cv.pdf", "me.png")
    assert [str(answer.file) for answer in application.responses.get().answers.all()] == ["diploma.pdf"]
    assert StoredFile.objects.unused().count() == 0


def test_apply_page_lets_a_kept_file_be_taken_out(client: Client):
    address, ticket = url("application_new", make_call().slug), new_ticket(timezone.now())
    client.post(address, sent(ticket, headline="", cv=pdf()))

    client.post(address, sent(ticket, **{"cv-out": "on"}))

    assert Application.objects.get().cv is None
    assert StoredFile.objects.count() == 0


def test_answers_without_a_column_are_kept_and_unasked_ones_are_not(client: Client):
    call = make_call()

    client.post(url("application_new", call.slug), sent(taught="yes", taught__what="Old slides"))
    client.post(url("application_new", call.slug), sent(email="b@example.org", taught="no", taught__what="Old slides"))

    told = [answers_of(row.responses.get()) for row in Application.objects.order_by("pk")]
    assert told == [{"taught": True, "taught-what": "Old slides"}, {"taught": False}]


def test_apply_page_answers_the_same_for_a_known_address(client: Client):
    call = make_call()
    make_application(call=call, email="known@example.org")

    known = client.post(url("application_new", call.slug), sent(email="known@example.org"))
    unknown = client.post(url("application_new", call.slug), sent(email="unknown@example.org"))

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_apply_page_stops_a_flood_from_one_place(client: Client, rf: RequestFactory):
    address = url("application_new", make_call().slug)
    tries = [may_try(rf.post(address), "apply") for _try in range(59)]

    statuses = [client.post(address, sent(first_name="")).status_code for _try in range(2)]

    assert (set(tries), statuses) == ({True}, [422, 429])


def test_apply_page_takes_a_signed_in_persons_address(client: Client):
    user = signed_in(client, make_user(email="ada@example.org"))
    call = make_call()

    response = client.post(url("application_new", call.slug), sent(email="someone@example.org"))

    application = Application.objects.get()
    assert (application.email, application.user, application.stage) == ("ada@example.org", user, Stage.RECEIVED)
    assert "/applications/status/" in response["Location"]
    assert client.get(url("application_new", call.slug))["Location"] == call.get_absolute_url()


def test_a_closed_call_takes_nothing(client: Client):
    call = make_call(closes_on=date(2021, 1, 1))

    response = client.post(url("application_new", call.slug), sent())

    assert response["Location"] == call.get_absolute_url()
    assert Application.objects.count() == 0


def test_a_call_before_its_first_day_is_not_found(client: Client):
    call = make_call(opens_on=date(2099, 1, 1))

    assert client.get(call.get_absolute_url()).status_code == 404
