"""The applicant's own links and page."""

import pytest
from django.core import signing
from django.test import Client

from lms.files.actions import store_upload
from lms.files.kinds import PICTURES
from lms.files.models import StoredFile
from lms.journal.models import Entry
from lms.questionnaires.actions import answers_of
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.actions import Applicant
from mentoring_ext.applications.models import Application, Stage
from mentoring_ext.applications.tokens import confirm_token, status_token
from mentoring_ext.profiles.models import MentorProfile
from tests.make import make_application, make_call, make_coordinator
from tests.mentoring_ext.applications.sending import NOW, apply, pdf, picture, sent, url

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


@pytest.mark.parametrize("stage", [Stage.SCREENING, Stage.INTERVIEW, Stage.ACCEPTED, Stage.DECLINED, Stage.WITHDRAWN])
def test_what_somebody_reads_cannot_be_changed_any_more(client: Client, stage):
    application = make_application(stage=stage, headline="Old")
    token = status_token(application)
    applicant = Applicant(email=application.email, columns={"headline": "New"})

    with pytest.raises(errors.NoLongerEditable):
        actions.change_application(application, applicant=applicant, at=NOW)
    answer = client.post(url("application_edit", token), sent(headline="New"))

    application.refresh_from_db()
    assert application.headline == "Old"
    assert answer["Location"] == url("application_status", token)


def test_what_nobody_reads_yet_can_be_changed_with_its_files(client: Client):
    client.post(
        url("application_new", make_call().slug), sent(cv=pdf(), picture=picture(), taught="yes", taught__what="A")
    )
    application = actions.confirm_application(Application.objects.get(), at=NOW)
    changed = sent(
        headline="Painter", email="other@example.org", taught="yes", taught__what="B", picture=picture(name="b.png")
    )

    client.post(url("application_edit", status_token(application)), changed)

    application = Application.objects.get()
    assert (application.headline, application.email, application.stage) == ("Painter", "nikos@example.org", "received")
    assert (str(application.cv), str(application.picture)) == ("cv.pdf", "b.png")
    assert answers_of(application.responses.get())["taught-what"] == "B"
    assert StoredFile.objects.count() == 2
    assert application in [entry.object for entry in Entry.objects.filter(verb="changed")]


def test_a_wrong_change_is_answered_beside_its_field(client: Client):
    application = make_application(headline="Old")

    answer = client.post(url("application_edit", status_token(application)), sent(headline="", motivation="New words"))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["headline"])
    assert answer.context["form"]["motivation"].value() == "New words"


def test_the_picture_goes_along_to_the_mentors_sheet_and_stays_there():
    kept = store_upload(picture(), actor=None, kinds=PICTURES)
    application = make_application(picture=kept, place="Elaia", languages=["en"])

    actions.accept_application(application, actor=make_coordinator(application.call.cohort), at=NOW)
    actions.erase_application(Application.objects.get(), at=NOW)

    profile = MentorProfile.objects.get()
    assert (profile.picture, profile.place, profile.languages) == (kept, "Elaia", ["en"])
    assert kept.file.storage.exists(kept.file.name)
    assert Application.objects.get().picture is None
