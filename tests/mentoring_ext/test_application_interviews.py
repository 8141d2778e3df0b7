"""Interviews: times, answers by link, calendar files, and what was said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.actions import Offer
from mentoring_ext.applications.models import Appointment, Interview, Letter, Stage
from mentoring_ext.applications.tokens import status_token
from tests.make import make_application, make_assignment, make_coordinator, make_trainer, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 25, 10, tzinfo=UTC)
MONDAY, TUESDAY = NOW + timedelta(days=3), NOW + timedelta(days=4)
State = Appointment.State


def url(name, *args):
    return reverse(f"mentoring_applications:{name}", args=args)


@pytest.fixture
def application():
    return make_application(user=make_user(email="ada@example.org"))


@pytest.fixture
def coordinator(application):
    return make_coordinator(application.call.cohort)


def offered(application, coordinator, *times, **changed):
    offer = Offer(**{"times": times or (MONDAY, TUESDAY), "host": coordinator, "place": "Library"} | changed)
    return actions.offer_interview(application, actor=coordinator, offer=offer, at=NOW)


def entry(letter):
    calendar = Calendar.from_ical(letter.calendar)
    (event,) = calendar.walk("VEVENT")
    return {
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "start": event["DTSTART"].dt,
    }


def newest():
    return Letter.objects.order_by("-pk")[0]


def test_offer_moves_to_the_interview_and_names_the_times(application, coordinator):
    appointment = offered(application, coordinator)

    application.refresh_from_db()
    letter = Letter.objects.get()
    assert (application.stage, appointment.state, appointment.times.count()) == (Stage.INTERVIEW, State.OFFERED, 2)
    assert (letter.purpose, letter.calendar) == ("invitation", "")
    assert "Monday 28 September 2026, 13:00" in letter.body
    assert "{link}" in letter.body
    assert Entry.objects.filter(verb="scheduled").count() == 1


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"place": ""}, errors.PlaceOrLink),
        ({"times": (NOW,)}, errors.TimeIsPast),
        ({"times": ()}, errors.TimeIsPast),
    ],
)
def test_offer_needs_a_place_and_times_to_come(application, coordinator, changed, error):
    with pytest.raises(error):
        offered(application, coordinator, **changed) if "times" not in changed else actions.offer_interview(
            application, actor=coordinator, offer=Offer(host=coordinator, place="x", **changed), at=NOW
        )


def test_one_time_is_pencilled_in_then_moved_then_taken_out(application, coordinator):
    offered(application, coordinator, MONDAY)
    first = entry(newest())
    offered(application, coordinator, TUESDAY)
    moved = entry(newest())
    actions.cancel_interview(application, actor=coordinator, at=NOW)
    gone = entry(newest())

    assert (first["method"], first["status"], first["start"]) == ("REQUEST", "TENTATIVE", MONDAY)
    assert (moved["method"], moved["start"]) == ("REQUEST", TUESDAY)
    assert (gone["method"], gone["status"], gone["start"]) == ("CANCEL", "CANCELLED", TUESDAY)
    assert first["uid"] == moved["uid"] == gone["uid"]
    assert first["sequence"] < moved["sequence"] < gone["sequence"]


def test_several_new_times_take_the_old_entry_out_and_start_anew(application, coordinator):
    offered(application, coordinator, MONDAY)
    first = entry(newest())
    appointment = offered(application, coordinator, MONDAY, TUESDAY)
    gone = entry(newest())
    actions.confirm_time(application, time=appointment.times.get(starts_at=TUESDAY).pk, at=NOW)
    fixed = entry(newest())

    assert (gone["method"], gone["uid"]) == ("CANCEL", first["uid"])
    assert (fixed["method"], fixed["status"], fixed["start"]) == ("REQUEST", "CONFIRMED", TUESDAY)
    assert fixed["uid"] != first["uid"]


def test_another_place_leaves_a_fixed_time_fixed(application, coordinator):
    appointment = offered(application, coordinator)
    actions.confirm_time(application, time=appointment.times.get(starts_at=MONDAY).pk, at=NOW)

    changed = offered(application, coordinator, MONDAY, place="Town hall")

    assert (changed.state, changed.starts_at, entry(newest())["status"]) == (State.CONFIRMED, MONDAY, "CONFIRMED")


def test_confirming_twice_changes_nothing_and_a_gone_time_is_refused(application, coordinator):
    appointment = offered(application, coordinator)
    time = appointment.times.first()
    actions.confirm_time(application, time=time.pk, at=NOW)
    letters = Letter.objects.count()

    actions.confirm_time(application, time=time.pk, at=NOW)

    assert Letter.objects.count() == letters
    assert Notice.objects.filter(recipient=coordinator, kind="interview").count() == 1
    with pytest.raises(errors.TimeGone):
        actions.confirm_time(application, time=0, at=NOW)
    with pytest.raises(errors.TimeGone):
        actions.confirm_time(application, time=time.pk, at=MONDAY)


def test_another_time_needs_words_and_reaches_the_coordinator(application, coordinator):
    offered(application, coordinator)

    with pytest.raises(errors.WishMissing):
        actions.ask_other_time(application, wish=" ", at=NOW)
    appointment = actions.ask_other_time(application, wish="Friday, please.", at=NOW)

    assert appointment.state == State.OTHER_ASKED
    assert f"interview-{appointment.pk}" in {item.key for item in agenda_for(coordinator, NOW)}


def test_there_is_nothing_to_answer_without_an_appointment(application):
    for deed in (
        lambda: actions.confirm_time(application, time=1, at=NOW),
        lambda: actions.ask_other_time(application, wish="x", at=NOW),
        lambda: actions.cancel_interview(application, actor=None, at=NOW),
    ):
        with pytest.raises(errors.NoAppointment):
            deed()


def test_a_decision_or_a_withdrawal_calls_the_interview_off(application, coordinator):
    offered(application, coordinator, MONDAY)

    actions.withdraw_application(application, at=NOW)

    assert Appointment.objects.get().state == State.CANCELLED
    assert entry(newest())["method"] == "CANCEL"


def test_both_sides_have_the_interview_on_their_agenda(application, coordinator):
    appointment = offered(application, coordinator)
    waiting = {item.key for item in agenda_for(application.user, NOW)}
    actions.confirm_time(application, time=appointment.times.first().pk, at=NOW)

    dues = [{item.key: item.due for item in agenda_for(person, NOW)} for person in (application.user, coordinator)]

    assert f"own-interview-{appointment.pk}" in waiting
    assert dues[0][f"own-interview-{appointment.pk}"] == MONDAY
    assert dues[1][f"interview-{appointment.pk}"] == MONDAY


def test_the_mail_carries_the_calendar_with_its_method(application, coordinator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        offered(application, coordinator, MONDAY)

    (message,) = [sent for sent in mail.outbox if sent.to == [application.email]]
    kinds = [part["Content-Type"] for part in message.message().walk()]
    assert sum("text/calendar" in kind and 'method="REQUEST"' in kind for kind in kinds) == 2
    assert Letter.objects.get().state == Letter.State.SENT
    assert "/applications/status/" in str(message.body)


def test_the_link_page_fixes_a_time_and_takes_a_wish(client: Client, application, coordinator):
    now = timezone.now()
    offer = Offer(times=(now + timedelta(days=3), now + timedelta(days=4)), host=coordinator, place="Library")
    appointment = actions.offer_interview(application, actor=coordinator, offer=offer, at=now)
    address = url("interview_answer", status_token(application))

    shown = client.get(address)
    empty = client.post(address, {"wish": ""})
    gone = client.post(address, {"time": "0"})
    client.post(address, {"time": str(appointment.times.first().pk)})
    file = client.get(url("interview_file", status_token(application)))
    client.post(address, {"wish": "Later, please"})

    appointment.refresh_from_db()
    assert "These are times by the clock of Europe/Athens." in shown.content.decode()
    assert (shown.status_code, empty.status_code, gone["Location"]) == (200, 422, address)
    assert (file["Content-Type"], appointment.state) == ("text/calendar; charset=utf-8", State.OTHER_ASKED)


def test_a_guessed_link_answers_nothing(client: Client, application, coordinator):
    offered(application, coordinator)

    for name in ("interview_answer", "interview_file"):
        assert client.get(url(name, str(application.pk))).status_code == 404
    assert client.get(url("interview_file", status_token(application))).status_code == 404


def test_offer_page_keeps_what_was_typed(client: Client, application, coordinator):
    client.force_login(coordinator)

    response = client.post(
        url("interview_offer", application.pk),
        {"host": coordinator.pk, "minutes": "45", "place": "", "link": "", "time_1": "2020-01-01T10:00"},
    )

    assert response.status_code == 422
    assert response.context["form"]["time_1"].value() == "2020-01-01T10:00"
    assert "place" in response.context["form"].errors


def test_the_record_of_a_talk_is_written_on_by_its_author(client: Client, application):
    trainer = make_assignment(application, user=make_trainer()).user
    client.force_login(trainer)

    client.post(
        url("interview_record", application.pk), {"held_on": "2026-09-20", "note_0": "Painting.", "impression": "Good"}
    )
    interview = Interview.objects.get()
    client.post(
        url("interview_record_edit", application.pk, interview.pk), {"held_on": "2026-09-20", "impression": "Better"}
    )
    wrong = client.post(url("interview_record", application.pk), {"held_on": "", "impression": "Kept"})

    interview.refresh_from_db()
    assert (interview.author, interview.impression, len(interview.answers)) == (trainer, "Better", 6)
    assert (wrong.status_code, wrong.context["form"]["impression"].value()) == (422, "Kept")
    client.force_login(make_coordinator(application.call.cohort))
    assert client.get(url("interview_record_edit", application.pk, interview.pk)).status_code == 404
