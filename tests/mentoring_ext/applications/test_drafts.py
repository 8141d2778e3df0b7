"""What is typed is kept until it is sent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lms.agenda.actions import agenda_for
from lms.files.models import StoredFile
from lms.journal.models import Entry
from lms.robots import new_ticket
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.models import Application, Draft
from mentoring_ext.applications.tokens import draft_token
from tests.make import make_call, make_user
from tests.mentoring_ext.applications.sending import NOW, TODAY, apply, draft_of, pdf, picture, sent, url

pytestmark = pytest.mark.django_db
AS_PAGE = {"HTTP_ACCEPT": "application/json"}


def test_keep_draft_keeps_wrong_answers_too_and_is_written_down_once():
    call, key = make_call(), uuid4()

    draft_of(call, key=key)
    draft = draft_of(call, key=key, data={"q-email": ["still wrong"]}, uploads={"cv": pdf()})

    assert Draft.objects.get() == draft
    assert (draft.data, draft.files.get().file.name) == ({"q-email": ["still wrong"]}, "cv.pdf")
    assert Entry.objects.filter(verb="started").count() == 1


def test_keep_draft_refuses_a_closed_call():
    with pytest.raises(errors.CallClosed):
        draft_of(make_call(closes_on=TODAY - timedelta(days=1)))


def test_keep_draft_refuses_what_was_sent_already():
    call, key = make_call(), uuid4()
    apply(call, form_key=key)

    with pytest.raises(errors.AlreadySent):
        draft_of(call, key=key)


def test_another_upload_takes_the_place_of_the_first():
    call, key = make_call(), uuid4()
    draft_of(call, key=key, uploads={"picture": picture()})

    draft = draft_of(call, key=key, uploads={"picture": picture(name="new.png")})

    assert draft.files.get().file.name == "new.png"
    assert StoredFile.objects.count() == 1


def test_save_and_go_on_later_mails_the_link(client: Client, django_capture_on_commit_callbacks):
    call = make_call()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("application_keep", call.slug), sent(headline="", consent=None))

    draft = Draft.objects.get()
    assert response["Location"] == url("draft_kept", draft_token(draft))
    assert mail.outbox[0].to == ["nikos@example.org"]
    assert draft.get_absolute_url() in mail.outbox[0].body
    assert draft.get_absolute_url() in client.get(response["Location"]).content.decode()


def test_a_link_goes_on_on_another_device_with_everything(client: Client):
    call, ticket = make_call(), new_ticket(timezone.now())
    wrong = sent(ticket, email="not yet", taught="yes", cv=pdf(), picture=picture())
    client.post(url("application_keep", call.slug), wrong)
    draft = Draft.objects.get()

    page = Client().get(draft.get_absolute_url())

    form = page.context["form"]
    assert [form[code].value() for code in ("email", "headline", "taught")] == ["not yet", "Photographer", "yes"]
    assert form["competences"].value() == ["teaching", "arts"]
    assert page.content.decode().count("We keep your file") == 2
    assert page.context["guard"]["ticket"].value() != ticket


def test_what_is_gone_on_with_is_sent_once(client: Client):
    call = make_call()
    client.post(url("application_keep", call.slug), sent(cv=pdf()))
    ticket = client.get(Draft.objects.get().get_absolute_url()).context["guard"]["ticket"].value()

    for _time in range(2):
        client.post(url("application_new", call.slug), sent(ticket))

    assert Application.objects.get().cv.name == "cv.pdf"
    assert Draft.objects.count() == 0


def test_the_page_saves_by_itself_and_hears_when(client: Client):
    call = make_call()

    answer = client.post(url("application_keep", call.slug), sent(), **AS_PAGE)

    assert answer.json()["address"] == Draft.objects.get().get_absolute_url()
    saved = f"{timezone.localtime(Draft.objects.get().saved_at):%H:%M}"
    assert answer.json()["saved"] == saved
    assert f"Saved {saved}" in client.get(answer.json()["address"]).content.decode()
    assert mail.outbox == []


def test_a_late_save_does_not_bring_a_sent_form_back(client: Client):
    call, ticket = make_call(), new_ticket(timezone.now())
    client.post(url("application_new", call.slug), sent(ticket))

    answer = client.post(url("application_keep", call.slug), sent(ticket), **AS_PAGE)

    assert (answer.status_code, Draft.objects.count()) == (409, 0)


def test_throwing_away_takes_the_files_along(client: Client):
    draft = draft_of(make_call(), uploads={"cv": pdf()})
    token = draft_token(draft)

    client.post(url("draft_delete", token))

    assert (Draft.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert client.get(url("draft_edit", token)).status_code == 404


def test_a_closed_call_says_so_to_whoever_comes_back(client: Client):
    draft = draft_of(make_call())
    draft.call.closes_on = TODAY - timedelta(days=1)
    draft.call.save()

    assert "This call is closed" in client.get(draft.get_absolute_url()).content.decode()


def test_the_agenda_names_what_was_begun_while_signed_in():
    user = make_user()
    draft = draft_of(make_call(), user=user)

    items = agenda_for(user, NOW)

    assert [item.url for item in items if item.key.startswith("application-draft")] == [draft.get_absolute_url()]


def test_mail_is_sent_to_one_address_three_times_an_hour(client: Client, django_capture_on_commit_callbacks):
    call, ticket = make_call(), new_ticket(timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(5):
            client.post(url("application_keep", call.slug), sent(ticket))

    assert len(mail.outbox) == 3


def test_mailing_links_tells_nobody_else(client: Client, django_capture_on_commit_callbacks):
    call = make_call()
    apply(call)
    draft_of(make_call())

    with django_capture_on_commit_callbacks(execute=True):
        known = client.post(url("link_new"), {"email": "NIKOS@example.org"})
        unknown = client.post(url("link_new"), {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [sent.to for sent in mail.outbox if "links" in sent.subject] == [["NIKOS@example.org"]]
    assert "/applications/confirm/" in mail.outbox[-1].body
    assert "/applications/draft/" in mail.outbox[-1].body


def test_actions_throw_away_is_written_down():
    actions.throw_draft_away(draft_of(make_call()), actor=None)

    assert Entry.objects.filter(verb="deleted").count() == 1
