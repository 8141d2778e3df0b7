"""Letters: texts with placeholders, sending once, and the same answer to many."""

from datetime import UTC, datetime
from smtplib import SMTPException

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from lms.jobs.models import Job
from lms.journal.models import Entry
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.actions import Answer, Deed
from mentoring_ext.applications.bulk_job import MANY
from mentoring_ext.applications.letter_tasks import send_letter
from mentoring_ext.applications.letter_texts import LetterText, fill, missing_in, shipped, unknown_in
from mentoring_ext.applications.models import Letter, LetterTemplate, Purpose, Stage
from mentoring_ext.programmes.models import Role
from tests.make import make_application, make_call, make_coordinator, make_letter, make_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 25, 10, tzinfo=UTC)


def url(name, *args):
    return reverse(f"mentoring_applications:{name}", args=args)


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def coordinator(call, client: Client):
    person = make_coordinator(call.cohort, email="katerina@example.org")
    client.force_login(person)
    return person


@pytest.mark.parametrize("purpose", Purpose)
def test_shipped_texts_hold_what_they_need_and_nothing_unknown(purpose):
    text = shipped(purpose)

    assert (unknown_in(text.subject + text.body, purpose), missing_in(text.body, purpose)) == ([], [])


def test_fill_goes_over_the_text_once():
    assert fill("{name} {link}\n\n\n\nend", {"name": "{link}"}) == "{link} {link}\n\nend"


@pytest.mark.parametrize(
    ("subject", "body", "error", "field"),
    [
        ("Hello {nmae}", "{answer}", errors.UnknownPlaceholder, "subject"),
        ("Hello", "{answer} {times}", errors.UnknownPlaceholder, "body"),
        ("See {link}", "{answer}", errors.UnknownPlaceholder, "subject"),
        ("Hello", "No answer", errors.PlaceholderMissing, "body"),
    ],
)
def test_a_text_is_refused_beside_its_field(call, coordinator, subject, body, error, field):
    with pytest.raises(error) as raised:
        actions.change_letter_text(
            call.organisation, actor=coordinator, purpose="declined", subject=subject, body=body, at=NOW
        )

    assert raised.value.field == field


def test_own_words_are_used_until_the_shipped_ones_are_wanted_again(call, coordinator):
    application = make_application(call=call, first_name="Ada", last_name="Lind")
    words = {"purpose": "waiting", "subject": "Wait, {first_name}", "body": "{name}, please wait. {link}"}
    actions.change_letter_text(call.organisation, actor=coordinator, at=NOW, **words)

    own = actions.write_letter(application, purpose="waiting", actor=coordinator, at=NOW)
    actions.restore_letter_text(call.organisation, actor=coordinator, purpose="waiting", at=NOW)
    again = actions.write_letter(application, purpose="waiting", actor=coordinator, at=NOW)

    assert (own.subject, own.body) == ("Wait, Ada", "Ada Lind, please wait. {link}")
    assert again.subject == "Your application is on our waiting list"
    assert {entry.verb for entry in Entry.objects.filter(actor=coordinator)} == {"changed", "deleted"}


def test_a_letter_leaves_once_with_its_links(call, coordinator):
    application = make_application(call=call)
    letter = make_letter(application, state="waiting", body="Look: {link}")

    first, second = send_letter.func(letter.pk), send_letter.func(letter.pk)

    letter.refresh_from_db()
    assert (first, second, len(mail.outbox), letter.state) == (True, False, 1, Letter.State.SENT)
    assert "/applications/status/" in mail.outbox[0].body
    assert "{link}" in letter.body
    with pytest.raises(errors.SentAlready):
        actions.send_again(letter, actor=coordinator, at=NOW)


def test_what_could_not_be_sent_is_seen_and_sent_again(
    client: Client, call, coordinator, monkeypatch, django_capture_on_commit_callbacks
):
    letter = make_letter(make_application(call=call), state="waiting")
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _refuse)
        send_letter.func(letter.pk)
    letter.refresh_from_db()
    failed = letter.state

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("letter_again", letter.pk))

    letter.refresh_from_db()
    assert (failed, letter.state, len(mail.outbox)) == (Letter.State.FAILED, Letter.State.SENT, 1)


def _refuse(*args):
    raise SMTPException("the server is away")


def test_letter_text_page_refuses_keeps_previews_tests_and_saves(
    client: Client, call, coordinator, django_capture_on_commit_callbacks
):
    application = make_application(call=call, first_name="Ada")
    address = url("letter_text_edit", call.organisation_id, "waiting")
    given = {"subject": "Wait", "body": "Dear {first_name}", "sample": application.pk}

    wrong = client.post(address, given | {"body": "Dear {frist_name}", "save": "1"})
    shown = client.post(address, given | {"preview": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, given | {"test": "1"})
    saved = client.post(address, given | {"save": "1"})

    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["body"])
    assert wrong.context["form"]["body"].value() == "Dear {frist_name}"
    assert (shown.context["preview"].body, shown.status_code) == ("Dear Ada", 200)
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["katerina@example.org"], "Test: Wait")]
    assert (saved.status_code, LetterTemplate.objects.get().body) == (302, "Dear {first_name}")


def test_texts_of_another_organisation_are_not_found(client: Client, coordinator):
    assert client.get(url("letter_text_list", make_call().organisation_id)).status_code == 404


def test_the_same_answer_for_many_names_who_is_left(call, coordinator, django_capture_on_commit_callbacks):
    three = [make_application(call=call) for _number in range(2)]
    member = make_member(call.cohort, Role.MENTEE)
    three.append(make_application(call=call, user=member))

    with django_capture_on_commit_callbacks(execute=True):
        outcome = actions.answer_many(three, actor=coordinator, answer=Answer(Deed.ACCEPTED, words="Welcome"), at=NOW)

    assert (outcome.done, [name for _pk, name, _why in outcome.left]) == (2, [str(three[2])])
    assert sorted(sent.to[0] for sent in mail.outbox if "Welcome" in str(sent.body)) == sorted(
        a.email for a in three[:2]
    )


def test_bulk_page_shows_each_mail_before_it_leaves(client: Client, call, coordinator):
    two = [make_application(call=call) for _number in range(2)]
    strange = make_application()
    address = url("application_answer", call.pk)
    text = shipped("declined")
    given = {
        "chosen": [*[found.pk for found in two], strange.pk],
        "deed": "declined",
        "subject": text.subject,
        "body": text.body,
        "words": "All places are taken.",
    }

    empty = client.post(address, given | {"words": "", "send": "1"})
    preview = client.post(address, given | {"preview": "1"})
    sent = client.post(address, given | {"send": "1"})

    strange.refresh_from_db()
    assert (empty.status_code, "words" in empty.context["form"].errors) == (422, True)
    assert [str(row["application"]) for row in preview.context["previews"]] == [str(found) for found in two]
    assert "All places are taken." in preview.context["previews"][0]["letter"].body
    assert (sent.status_code, strange.stage) == (302, Stage.RECEIVED)
    assert call.applications.filter(stage=Stage.DECLINED, decision__actor=coordinator).count() == 2


def test_many_answers_are_a_job_of_ones_own(client: Client, call, coordinator, django_capture_on_commit_callbacks):
    chosen = [make_application(call=call).pk for _number in range(MANY + 1)]
    given = {"chosen": chosen, "deed": "screening", "send": "1"}

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("application_answer", call.pk), given)

    job = Job.objects.get()
    assert (response["Location"], job.state) == (job.get_absolute_url(), Job.State.DONE)
    assert call.applications.filter(stage=Stage.SCREENING).count() == MANY + 1


def test_nobody_ticked_leads_back_to_the_list(client: Client, call, coordinator):
    response = client.get(url("application_answer", call.pk), {"deed": "declined"})

    assert response["Location"] == url("application_list", call.pk)


def test_the_decision_page_shows_the_mail_without_sending_it(client: Client, call, coordinator):
    application = make_application(call=call)

    response = client.post(url("application_decline", application.pk), {"answer": "Sorry.", "preview": "1"})

    application.refresh_from_db()
    assert (response.status_code, application.stage) == (200, Stage.RECEIVED)
    assert "Sorry." in response.context["letter"].body


def test_letters_of_texts_with_markup_stay_text(call, coordinator):
    application = make_application(call=call, first_name="<b>Ada</b>")
    text = LetterText("Hello", "Dear {first_name}")

    letter = actions.write_letter(application, purpose="message", actor=coordinator, at=NOW, text=text)
    send_letter.func(letter.pk)

    assert "&lt;b&gt;Ada" in str(mail.outbox[0].alternatives[0][0])
