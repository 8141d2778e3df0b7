"""The applicant's own links and page."""

import pytest
from django.core import signing
from django.test import Client

from lms.journal.models import Entry
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.models import Stage
from mentoring_ext.applications.tokens import confirm_token, status_token
from tests.make import make_application, make_call, make_coordinator
from tests.mentoring_ext.applications.sending import NOW, apply, url

pytestmark = pytest.mark.django_db


def test_confirm_page_changes_nothing_until_the_button_is_pressed(client: Client):
    application = apply(make_call())
    link = url("application_confirm", confirm_token(application))

    shown = client.get(link)
    application.refresh_from_db()
    before = application.stage
    client.post(link)

    application.refresh_from_db()
    assert (shown.status_code, before, application.stage) == (200, Stage.UNCONFIRMED, Stage.RECEIVED)


@pytest.mark.parametrize("name", ["application_confirm", "application_status"])
def test_links_cannot_be_guessed_changed_or_swapped(client: Client, name):
    application = make_application()
    other = {"application_confirm": status_token, "application_status": confirm_token}[name](application)
    forged = [str(application.pk), signing.dumps(application.pk), other, other + "x"]

    answers = [client.get(url(name, token)).status_code for token in forged]

    assert answers == [404, 404, 404, 404]


def test_a_confirmation_link_ends_after_the_days_of_an_invitation(client: Client, settings):
    link = url("application_confirm", confirm_token(apply(make_call())))
    settings.INVITATION_DAYS = 0

    assert client.get(link).status_code in (200, 404)
    settings.INVITATION_DAYS = -1
    assert client.get(link).status_code == 404


def test_the_status_of_an_unconfirmed_application_is_not_shown(client: Client):
    application = apply(make_call())

    assert client.get(url("application_status", status_token(application))).status_code == 404


def test_status_page_shows_the_way_and_the_answer_but_no_note(client: Client):
    application = make_application()
    coordinator = make_coordinator(application.call.cohort)
    actions.move_application(application, actor=coordinator, stage=Stage.SCREENING, at=NOW)
    actions.note_on_application(application, actor=coordinator, text="A secret doubt", at=NOW)
    actions.decline_application(application, actor=coordinator, answer="All places are taken.", at=NOW)

    page = client.get(url("application_status", status_token(application))).content.decode()

    assert "Screening" in page
    assert "All places are taken." in page
    assert "A secret doubt" not in page


def test_withdraw_ends_the_application(client: Client):
    application = make_application()

    client.post(url("application_withdraw", status_token(application)))

    application.refresh_from_db()
    assert application.stage == Stage.WITHDRAWN
    assert Entry.objects.filter(verb="withdrew").count() == 1
    with pytest.raises(errors.AlreadyDecided):
        actions.withdraw_application(application, at=NOW)
