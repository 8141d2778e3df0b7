"""Sessions: scheduling, moving, registering, what is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Role
from mentoring_ext.sessions import actions, errors
from mentoring_ext.sessions.beads import beads_of
from mentoring_ext.sessions.dates import first_out_of_order, rhythm
from mentoring_ext.sessions.models import Session
from tests import make
from tests.queries import assert_same_queries

AT = make.JANUARY
WEEK = timedelta(weeks=1)
ATHENS = ZoneInfo("Europe/Athens")


def test_rhythm_keeps_the_hour_over_summer_time():
    first = datetime(2026, 3, 25, 17, 0, tzinfo=ATHENS)

    times = rhythm(first, 7, 2, ATHENS)

    assert [time.astimezone(ATHENS).hour for time in times] == [17, 17]
    assert [time.astimezone(UTC).hour for time in times] == [15, 14]


def test_first_out_of_order_names_the_place():
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 3, 2)]

    assert (first_out_of_order(days), first_out_of_order(days[:2])) == (2, None)


@pytest.fixture
def group(db: None) -> MentoringGroup:
    return make.make_group()


@pytest.fixture
def sessions(group: MentoringGroup) -> list[Session]:
    return make.make_sessions(group)


def test_schedule_sessions_makes_one_for_each_plan(group):
    sessions = make.make_sessions(group)

    assert [session.number for session in sessions] == [1, 2, 3]
    assert [session.starts_at - AT for session in sessions] == [0 * WEEK, WEEK, 2 * WEEK]
    assert sessions[0].minutes == 90
    told = Notice.objects.filter(kind="sessions_scheduled").values_list("recipient", flat=True)
    assert set(told) == {person.pk for person in group.people()[1:]}
    assert Entry.objects.filter(verb="scheduled", object_id=group.pk).count() == 1


def test_schedule_sessions_refuses_a_second_time(group, sessions):
    with pytest.raises(errors.AlreadyScheduled):
        make.make_sessions(group)


def test_schedule_sessions_refuses_a_wrong_number(group):
    with pytest.raises(errors.WrongNumber):
        actions.schedule_sessions(group, actor=group.mentor, first_at=AT, dates=[AT])


def test_schedule_sessions_refuses_dates_out_of_order(group):
    with pytest.raises(errors.OutOfOrder) as refused:
        actions.schedule_sessions(group, actor=group.mentor, first_at=AT, dates=[AT, AT + WEEK, AT + WEEK])

    assert refused.value.field == "starts_at_3"


def test_schedule_sessions_refuses_dates_outside_the_cohort(group):
    with pytest.raises(errors.OutsideCohort) as refused:
        make.make_sessions(group, first_at=AT + 24 * WEEK)

    assert refused.value.field == "starts_at_2"


def test_move_session_moves_one(sessions, group):
    actions.move_session(sessions[1], actor=group.mentor, starts_at=AT + timedelta(days=9))

    days = [(session.starts_at - AT).days for session in group.sessions.all()]
    assert days == [0, 9, 14]
    assert Entry.objects.filter(verb="moved", object_id=sessions[1].pk).count() == 1
    assert Notice.objects.filter(kind="session_moved").count() == 2


def test_move_session_takes_the_rest_along(sessions, group):
    moved = actions.move_session(sessions[1], actor=group.mentor, starts_at=AT + timedelta(days=9), move_rest=True)

    days = [(session.starts_at - AT).days for session in group.sessions.all()]
    assert days == [0, 9, 16]
    assert moved.minutes == 90


def test_move_session_keeps_the_order(sessions, group):
    with pytest.raises(errors.OutOfOrder):
        actions.move_session(sessions[1], actor=group.mentor, starts_at=AT + 3 * WEEK)


def test_move_session_stays_within_the_cohort(sessions, group):
    with pytest.raises(errors.OutsideCohort):
        actions.move_session(sessions[2], actor=group.mentor, starts_at=AT + 52 * WEEK)


def test_move_session_refuses_a_registered_one(sessions, group):
    make.register(sessions[0])

    with pytest.raises(errors.AlreadyHeld):
        actions.move_session(sessions[0], actor=group.mentor, starts_at=AT)


def test_register_session_keeps_form_and_attendance(sessions, group):
    mentor, first, second = group.people()

    session = make.register(sessions[0], attendance={first: True, second: False}, minutes=75)

    assert (session.state, session.minutes, session.registered_by) == (Session.State.HELD, 75, mentor)
    assert {each.user: each.present for each in session.attendances.all()} == {first: True, second: False}
    assert list(session.outcomes.all()) == list(sessions[0].plan.outcomes.all())
    assert Entry.objects.filter(verb="registered", object_id=session.pk).count() == 1


def test_register_session_again_corrects_it(sessions):
    make.register(sessions[0])

    session = make.register(sessions[0], description="Something else.")

    assert (session.description, session.attendances.count()) == ("Something else.", 2)
    assert Entry.objects.filter(verb="changed", object_text=str(session)).count() == 1


def test_register_session_waits_until_it_is_over(sessions):
    with pytest.raises(errors.NotOverYet):
        make.register(sessions[0], at=AT + timedelta(minutes=30))


@pytest.mark.parametrize("places", [[], [False, False], [True]])
def test_register_session_asks_for_everybody(sessions, group, places):
    attendance = dict(zip(group.people()[1:], places, strict=False))

    with pytest.raises(errors.AttendanceMissing):
        make.register(sessions[0], attendance=attendance)


def test_register_session_refuses_outcomes_of_other_programmes(sessions):
    outcomes = make.make_programme().outcomes.all()

    with pytest.raises(errors.OutcomeOfAnotherProgramme):
        make.register(sessions[0], outcomes=outcomes)


def test_registering_the_last_one_tells_the_coordinator(sessions, group):
    coordinator = make.make_member(group.cohort, Role.COORDINATOR)

    for session in sessions:
        make.register(session)

    assert [notice.recipient for notice in Notice.objects.filter(kind="sessions_held")] == [coordinator]


def test_beads_show_what_is_late_and_next(sessions):
    make.register(sessions[0])
    shown = Session.objects.select_related("plan")

    beads = beads_of(shown, AT + timedelta(days=8))

    assert [bead.state for bead in beads] == ["done", "late", "now"]


def agenda_keys(user: User, at: datetime) -> set[str]:
    return {item.key.rpartition("-")[0] for item in agenda_for(user, at)}


def test_agenda_of_the_mentor(group):
    assert "sessions-schedule" in agenda_keys(group.mentor, AT)
    sessions = make.make_sessions(group)

    items = {item.key: item for item in agenda_for(group.mentor, AT + timedelta(hours=3))}

    assert items[f"session-register-{sessions[0].pk}"].due == AT + timedelta(minutes=90)
    assert items[f"session-meet-{sessions[1].pk}"].due == AT + WEEK


def test_agenda_of_the_mentee_shows_the_next_session_only(sessions, group):
    mentee = group.people()[1]

    keys = [item.key for item in agenda_for(mentee, AT - WEEK) if item.key.startswith("session")]

    assert keys == [f"session-meet-{sessions[0].pk}"]


def test_agenda_of_the_coordinator_counts_missing_forms_and_asks_to_close(sessions, group):
    coordinator = make.make_member(group.cohort, Role.COORDINATOR)
    assert "sessions-missing" in agenda_keys(coordinator, AT + 2 * WEEK)

    for session in sessions:
        make.register(session)

    assert "group-close" in agenda_keys(coordinator, AT + 4 * WEEK)
    assert "sessions-missing" not in agenda_keys(coordinator, AT + 4 * WEEK)


# Pages


@pytest.fixture
def browser(client: Client, group: MentoringGroup) -> Client:
    client.force_login(group.mentor)
    return client


def form_of(session: Session, **changed: object) -> dict[str, object]:
    data: dict[str, object] = {
        "starts_at": "2026-01-12T18:00",
        "minutes": 90,
        "format": "online",
        "description": "We worked.",
        "present": [person.pk for person in session.group.people()[1:]],
        "outcomes": [outcome.pk for outcome in session.plan.outcomes.all()],
    }
    return data | changed


def test_schedule_page_shows_all_dates_before_it_saves(browser, group):
    url = reverse("mentoring_sessions:session_schedule", args=[group.pk])
    rhythm = {"first_at": "2026-01-12T18:00", "every_days": 7, "minutes": 90, "format": "online", "place": "Room 2"}

    response = browser.get(url, rhythm)

    form = response.context["form"]
    assert [form[name].value().day for name in form.names] == [12, 19, 26]
    assert not group.sessions.exists()


def test_schedule_page_refuses_no_date(browser, group):
    url = reverse("mentoring_sessions:session_schedule", args=[group.pk])

    response = browser.get(url, {"first_at": "", "every_days": 7, "minutes": 60, "format": "online"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["first_at"]
    assert response.context["form"]["minutes"].value() == "60"


def dates(**changed: str) -> dict[str, object]:
    days = {f"starts_at_{number}": f"2026-01-{day}T18:00" for number, day in ((1, 12), (2, 19), (3, 27))}
    return {"minutes": 90, "format": "online", "place": ""} | days | changed


def test_schedule_page_saves_the_dates(browser, group):
    browser.post(reverse("mentoring_sessions:session_schedule", args=[group.pk]), dates())

    days = [session.starts_at.astimezone(ATHENS).day for session in group.sessions.all()]
    assert days == [12, 19, 27]


def test_schedule_page_says_which_date_is_wrong(browser, group):
    url = reverse("mentoring_sessions:session_schedule", args=[group.pk])

    response = browser.post(url, dates(starts_at_2="2026-01-28T18:00"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["starts_at_3"]
    assert response.context["form"]["starts_at_2"].value() == "2026-01-28T18:00"


def test_register_page_saves(browser, sessions):
    browser.post(reverse("mentoring_sessions:session_register", args=[sessions[0].pk]), form_of(sessions[0]))

    sessions[0].refresh_from_db()
    assert sessions[0].is_held


def test_register_page_keeps_what_was_typed(browser, sessions):
    url = reverse("mentoring_sessions:session_register", args=[sessions[0].pk])

    response = browser.post(url, form_of(sessions[0], present=[], occurrences="It rained."))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["present"]
    assert response.context["form"]["occurrences"].value() == "It rained."


def test_a_key_that_no_database_can_hold_is_wrong_input(browser, sessions):
    url = reverse("mentoring_sessions:session_register", args=[sessions[0].pk])

    response = browser.post(url, {"present": ["9" * 30], "outcomes": ["9" * 30, "x"]})

    assert response.status_code == 422
    assert {"present", "outcomes"} <= set(response.context["form"].errors)


def test_register_page_refuses_the_future(browser, sessions):
    url = reverse("mentoring_sessions:session_register", args=[sessions[0].pk])

    response = browser.post(url, form_of(sessions[0], starts_at="2999-01-01T18:00"))

    assert response.context["form"].errors == {"starts_at": [str(errors.NotOverYet.text)]}


def test_move_page_says_what_is_wrong(browser, sessions):
    url = reverse("mentoring_sessions:session_move", args=[sessions[1].pk])

    response = browser.post(url, {"starts_at": "2026-03-30T18:00"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"starts_at": [str(errors.OutOfOrder.text)]}


def test_move_page_moves(browser, sessions):
    browser.post(reverse("mentoring_sessions:session_move", args=[sessions[1].pk]), {"starts_at": "2026-01-20T18:00"})

    sessions[1].refresh_from_db()
    assert sessions[1].starts_at.astimezone(ATHENS).day == 20


def test_mentees_read_but_do_not_register(client, sessions, group):
    client.force_login(group.people()[1])

    assert client.get(sessions[0].get_absolute_url()).status_code == 200
    assert client.get(reverse("mentoring_sessions:session_register", args=[sessions[0].pk])).status_code == 403


def test_reading_of_a_form_by_the_coordinator_is_noted(client, sessions, group):
    coordinator = make.make_member(group.cohort, Role.COORDINATOR)
    make.register(sessions[0])
    client.force_login(coordinator)

    client.get(sessions[0].get_absolute_url())

    assert Entry.objects.filter(verb="read", actor=coordinator, object_id=sessions[0].pk).count() == 1


def test_session_list_reads_as_often_for_many(browser, group):
    plans = list(group.cohort.programme.session_plans.all())

    def make_one() -> None:
        number = group.sessions.count() + 1
        start = AT + number * WEEK
        Session.objects.create(
            group=group, plan=plans[number - 1], number=number, starts_at=start, ends_at=start + timedelta(hours=1)
        )

    url = reverse("mentoring_sessions:session_list", args=[group.pk])
    assert_same_queries(lambda: browser.get(url), make_one)


def test_strangers_find_no_sessions(client, sessions, group):
    client.force_login(make.make_user())

    assert client.get(sessions[0].get_absolute_url()).status_code == 404
    assert client.get(reverse("mentoring_sessions:session_list", args=[group.pk])).status_code == 404
