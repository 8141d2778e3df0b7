"""Calls for mentors, applying without an account, and the coordinator's decisions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.files.actions import store_upload
from lms.files.kinds import PICTURES
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.privacy.models import Reading
from lms.questionnaires.actions import save_draft
from lms.questionnaires.spec import QuestionSpec
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.models import OPEN_STAGES, Application, Call, Stage
from mentoring_ext.applications.privacy import handler
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.programmes.models import CohortMembership, Role
from tests.links import invitations_in
from tests.make import (
    make_application,
    make_application_form,
    make_call,
    make_cohort,
    make_coordinator,
    make_member,
    make_user,
    make_version,
)
from tests.mentoring_ext.applications.sending import PDF, pdf, picture, sent, url
from tests.own_data import own_data
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
TODAY = NOW.date()


def signed_in(client, person):
    client.force_login(person)
    return person


# The coordinator


def test_open_call_is_for_ones_own_cohort():
    cohort = make_cohort()

    call = actions.open_call(
        cohort,
        actor=make_coordinator(cohort),
        title="Calls",
        text="We look for you.",
        opens_on=TODAY,
        closes_on=TODAY,
    )

    assert (call.slug, call.organisation) == ("calls-2", cohort.organisation)
    assert Entry.objects.get(verb="created").object == call


def test_open_call_refuses_another_cohort():
    stranger = make_coordinator(make_cohort())

    with pytest.raises(errors.NotYourCohort):
        actions.open_call(make_cohort(), actor=stranger, title="x", text="x", opens_on=TODAY, closes_on=TODAY)


def test_open_call_refuses_days_the_wrong_way_round():
    cohort = make_cohort()
    yesterday = TODAY - timedelta(days=1)

    with pytest.raises(errors.ClosesBeforeItOpens):
        actions.open_call(
            cohort, actor=make_coordinator(cohort), title="x", text="x", opens_on=TODAY, closes_on=yesterday
        )


def test_new_call_page_opens_a_call(client: Client):
    cohort = make_cohort()
    signed_in(client, make_coordinator(cohort))

    response = client.post(
        url("call_new"),
        {
            "cohort": cohort.pk,
            "version": make_application_form().pk,
            "title": "Mentors",
            "text": "You",
            "opens_on": "2026-01-01",
            "closes_on": "2099-01-01",
        },
    )

    assert response["Location"] == Call.objects.get().get_absolute_url()


@pytest.mark.parametrize("wrong", ["other cohort", "days"])
def test_new_call_page_answers_beside_the_field(client: Client, wrong):
    cohort, other = make_cohort(), make_cohort()
    signed_in(client, make_coordinator(cohort))
    given = {
        "cohort": cohort.pk,
        "version": make_application_form().pk,
        "title": "Mentors",
        "text": "You",
        "opens_on": "2026-01-01",
        "closes_on": "2026-02-01",
    }
    changes: dict[str, dict[str, Any]] = {"other cohort": {"cohort": other.pk}, "days": {"closes_on": "2025-12-31"}}

    response = client.post(url("call_new"), given | changes[wrong])

    assert response.status_code == 422
    assert set(response.context["form"].errors) == ({"cohort"} if wrong == "other cohort" else {"closes_on"})
    assert response.context["form"]["title"].value() == "Mentors"


def test_a_call_is_changed_by_its_coordinator_alone(client: Client):
    call = make_call()
    fields = {
        "cohort": call.cohort.pk,
        "version": call.version.pk,
        "title": "New",
        "text": "You",
        "opens_on": "2026-01-01",
        "closes_on": "2099-01-01",
    }
    strange = Client()
    strange.force_login(make_coordinator(make_cohort()))

    refused = strange.post(url("call_edit", call.pk), fields)
    signed_in(client, make_coordinator(call.cohort))
    done = client.post(url("call_edit", call.pk), fields)

    call.refresh_from_db()
    assert (refused.status_code, done.status_code, call.title) == (404, 302, "New")


@pytest.mark.parametrize("stage", OPEN_STAGES)
def test_move_goes_to_any_open_stage(stage):
    application = make_application(stage=Stage.SCREENING)
    coordinator = make_coordinator(application.call.cohort)

    moved = actions.move_application(application, actor=coordinator, stage=stage, at=NOW)

    assert moved.stage == stage
    assert Entry.objects.filter(verb="moved").count() == (stage != Stage.SCREENING)


@pytest.mark.parametrize("stage", [Stage.ACCEPTED, Stage.DECLINED, Stage.UNCONFIRMED, "nonsense", ""])
def test_move_goes_nowhere_else(stage):
    application = make_application()

    with pytest.raises(errors.NotAnOpenStage):
        actions.move_application(application, actor=make_user(), stage=stage, at=NOW)


@pytest.mark.parametrize("stage", [Stage.ACCEPTED, Stage.DECLINED, Stage.WITHDRAWN, Stage.UNCONFIRMED])
def test_what_is_decided_stays(stage):
    application = make_application(stage=stage)
    deeds = [
        lambda: actions.move_application(application, actor=make_user(), stage=Stage.RECEIVED, at=NOW),
        lambda: actions.accept_application(application, actor=make_user(), at=NOW),
        lambda: actions.decline_application(application, actor=make_user(), answer="No.", at=NOW),
    ]

    for deed in deeds:
        with pytest.raises(errors.AlreadyDecided):
            deed()


def test_accept_makes_a_mentor_of_a_stranger(django_capture_on_commit_callbacks):
    application = make_application(email="new@example.org", headline="Painter", country="IT")
    cohort = application.call.cohort
    coordinator = make_coordinator(cohort)

    with django_capture_on_commit_callbacks(execute=True):
        actions.accept_application(application, actor=coordinator, answer="Welcome!", at=NOW)

    user = User.objects.get(email="new@example.org")
    profile = MentorProfile.objects.get(user=user)
    assert (profile.origin, profile.headline, profile.country) == ("external", "Painter", "IT")
    assert (profile.entered_at, profile.experience) == (NOW, application.experience)
    assert CohortMembership.objects.get(user=user).role == Role.MENTOR
    assert user.invitation.accepted_at is None
    (only,) = [sent for sent in mail.outbox if sent.to == [user.email]]
    assert (only.subject, "Welcome!" in str(only.body)) == ("Welcome as a mentor", True)
    assert invitations_in(str(only.body)) == [user.invitation]
    assert Notice.objects.filter(recipient=user).exists()
    assert Entry.objects.filter(verb="accepted").count() == 1


def test_accept_takes_a_colleague_in_house():
    application = make_application()
    application.user = make_user(organisation=application.call.organisation)
    application.save()

    actions.accept_application(application, actor=make_coordinator(application.call.cohort), at=NOW)

    assert MentorProfile.objects.get(user=application.user).origin == "in_house"


def test_accept_leaves_everything_as_it_was_for_a_mentee_of_the_cohort():
    application = make_application()
    application.user = make_member(application.call.cohort, Role.MENTEE)
    application.save()

    with pytest.raises(errors.OtherRoleInCohort):
        actions.accept_application(application, actor=make_coordinator(application.call.cohort), at=NOW)

    application.refresh_from_db()
    assert application.stage == Stage.RECEIVED
    assert MentorProfile.objects.count() == 0


def test_decline_needs_a_reason():
    with pytest.raises(errors.AnswerMissing):
        actions.decline_application(make_application(), actor=make_user(), answer=" ", at=NOW)


def test_decline_page_sends_the_reason(client: Client, django_capture_on_commit_callbacks):
    application = make_application()
    signed_in(client, make_coordinator(application.call.cohort))

    empty = client.post(url("application_decline", application.pk), {"answer": ""})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("application_decline", application.pk), {"answer": "All places <b>are</b> taken."})

    application.refresh_from_db()
    assert (empty.status_code, application.stage) == (422, Stage.DECLINED)
    assert "All places <b>are</b> taken." in mail.outbox[0].body
    message = mail.outbox[0]
    assert isinstance(message, mail.EmailMultiAlternatives)
    assert "&lt;b&gt;" in str(message.alternatives[0][0])


def test_accept_page_says_what_stands_in_the_way(client: Client):
    application = make_application()
    application.user = make_member(application.call.cohort, Role.MENTEE)
    application.save()
    signed_in(client, make_coordinator(application.call.cohort))

    response = client.post(url("application_accept", application.pk), {"answer": "Welcome"})

    assert response.status_code == 422
    assert "has another role" in response.content.decode()
    assert response.context["form"]["answer"].value() == "Welcome"


def test_notes_are_written_on_the_application(client: Client):
    application = make_application()
    coordinator = signed_in(client, make_coordinator(application.call.cohort))

    empty = client.post(application.get_absolute_url(), {"text": ""})
    client.post(application.get_absolute_url(), {"text": "Good talk."})

    note = application.notes.get()
    assert (empty.status_code, note.text, note.author) == (422, "Good talk.", coordinator)
    assert Entry.objects.get(verb="wrote").actor == coordinator


def test_another_coordinator_finds_nothing(client: Client):
    application = make_application()
    signed_in(client, make_coordinator(make_cohort()))
    pages = ["application_detail", "application_cv", "application_accept", "application_decline"]

    answers = [client.get(url(name, application.pk)).status_code for name in pages]
    moved = client.post(url("application_move", application.pk), {"stage": Stage.TRAINING})

    assert answers == [404] * 4
    assert moved.status_code == 404
    assert client.get(url("call_board", application.call_id)).status_code == 404


def test_the_cv_is_handed_to_the_coordinator_and_the_reading_is_written_down(client: Client):
    application = make_application()
    signed_in(client, make_coordinator(application.call.cohort))
    missing = client.get(url("application_cv", application.pk))
    client_of_applicant = Client()
    client_of_applicant.post(url("application_new", application.call.slug), sent(cv=pdf()))
    with_cv = actions.confirm_application(Application.objects.get(email="nikos@example.org"), at=NOW)

    response = client.get(url("application_cv", with_cv.pk))

    assert missing.status_code == 404
    assert response.getvalue() == PDF
    assert response["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert Reading.objects.of(with_cv).get().reader.pk == int(client.session["_auth_user_id"])


def test_opening_a_picture_is_written_down(client: Client):
    application = make_application()
    application.picture = store_upload(picture(), actor=None, kinds=PICTURES)
    application.save()
    signed_in(client, make_coordinator(application.call.cohort))

    response = client.get(url("application_picture", application.pk))

    assert response.status_code == 200 and response.getvalue()
    assert Reading.objects.of(application).get().what == f"Your picture: {application.call}"


def test_a_file_that_was_sent_as_an_answer_is_opened_and_written_down(client: Client):
    version = make_version(QuestionSpec("licence", "file", "Your licence"))
    application, other = make_application(), make_application()
    answers = {"licence": pdf("licence.pdf")}
    response = save_draft(version, actor=None, subject=application, answers=answers, at=NOW)
    answer = response.answers.get().pk
    signed_in(client, make_coordinator(application.call.cohort))

    page = client.get(application.get_absolute_url()).content.decode()
    opened = client.get(reverse("mentoring_applications:answer_file", args=[application.pk, answer]))
    elsewhere = client.get(reverse("mentoring_applications:answer_file", args=[other.pk, answer]))

    assert reverse("mentoring_applications:answer_file", args=[application.pk, answer]) in page
    assert "Opening this is noted." in page
    assert (opened.getvalue(), elsewhere.status_code) == (PDF, 404)
    assert Reading.objects.of(application).filter(what=f"A file that you sent: {application.call}").exists()


def test_agenda_names_what_waits():
    application = make_application()
    make_application(call=application.call)
    coordinator = make_coordinator(application.call.cohort)

    titles = [str(item.title) for item in agenda_for(coordinator, NOW)]

    assert "2 applications wait to be read" in titles


def test_the_applicants_home_shows_the_application(client: Client):
    application = make_application(user=signed_in(client, make_user()))

    assert application.call.title in client.get(reverse("lms_agenda:home")).content.decode()


def test_call_lists_ask_the_same_for_one_and_three(client: Client):
    cohort = make_cohort()
    signed_in(client, make_coordinator(cohort))

    assert_same_queries(lambda: Client().get(url("call_list")), make_call)
    assert_same_queries(
        lambda: client.get(url("own_call_list")), lambda: make_application(call=make_call(cohort=cohort))
    )


def test_board_asks_the_same_for_one_and_three(client: Client):
    call = make_call()
    signed_in(client, make_coordinator(call.cohort))

    assert_same_queries(lambda: client.get(url("call_board", call.pk)), lambda: make_application(call=call))


def test_erasing_empties_applications_and_keeps_the_count():
    user = make_user()
    application = make_application(user=user, first_name="Ada")
    told = own_data(user, "applications")

    handler().erase(user)

    application.refresh_from_db()
    assert told["application"][0]["first_name"] == "Ada"
    assert (application.first_name, application.user, application.stage) == ("", None, Stage.RECEIVED)
