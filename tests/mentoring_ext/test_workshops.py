"""Workshops: planning, places, attendance, materials, questions; scenarios of use; consultations."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from forum.boards.models import Topic
from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.errors import DutyGone
from lms.people.models import User
from lms.recognition.models import Certificate
from mentoring_ext.programmes.models import Preparation
from mentoring_ext.workshops import actions, errors
from mentoring_ext.workshops.consulting import topics_of
from mentoring_ext.workshops.duties import other_holders, take_workshop, workshops_to_hold
from mentoring_ext.workshops.loading import load_scenarios
from mentoring_ext.workshops.models import Booking, Consultation, Scenario, Workshop
from mentoring_ext.workshops.programme import programme_of
from tests import make
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
START = datetime(2100, 5, 4, 15, tzinfo=UTC)
BEFORE = START - timedelta(days=10)
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def values_of(**changed: Any) -> dict[str, Any]:
    return {
        "title": "Prepare for mentoring",
        "text": "Six topics.",
        "prepares": True,
        "starts_at": START,
        "ends_at": START + timedelta(hours=3),
        "place": "Library",
        "link": "",
        "places": 2,
        "book_until": START - timedelta(days=1),
        "held_by": None,
    } | changed


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def planned(**changed: Any) -> tuple[Workshop, User]:
    """Return an announced workshop with its planner."""
    planner = make.make_manager(make.make_organisation())
    values = values_of(**changed)
    workshop = actions.plan_workshop(None, actor=planner, organisation=planner.organisation, values=values, at=BEFORE)
    return actions.announce_workshop(workshop, actor=planner, at=BEFORE), planner


def mentor() -> User:
    return make.make_mentor_profile().user


def states(workshop: Workshop) -> dict[User, str]:
    return {booking.user: booking.state for booking in workshop.bookings.select_related("user")}


def test_plan_workshop_refuses_other_organisations():
    planner = make.make_manager(make.make_organisation())

    with pytest.raises(errors.NotYours):
        actions.plan_workshop(None, actor=planner, organisation=make.make_organisation(), values=values_of(), at=BEFORE)


def test_places_go_to_the_first_and_the_rest_wait():
    workshop, _planner = planned(places=1)
    first, second = mentor(), mentor()

    for person in (first, second, first):
        actions.book_place(workshop, actor=person, at=BEFORE)

    assert states(workshop) == {first: Booking.State.BOOKED, second: Booking.State.WAITING}


def test_a_place_given_back_goes_to_who_waits_longest():
    workshop, _planner = planned(places=1)
    first, second, third = mentor(), mentor(), mentor()
    for person in (first, second, third):
        actions.book_place(workshop, actor=person, at=BEFORE)

    actions.give_place_back(workshop, actor=first, at=BEFORE)

    assert states(workshop)[second] == Booking.State.BOOKED
    assert states(workshop)[third] == Booking.State.WAITING
    assert [notice.recipient for notice in Notice.objects.filter(text__startswith="You have a place")] == [second]


def test_more_places_let_those_in_who_wait():
    workshop, planner = planned(places=1)
    people = [mentor() for _place in range(3)]
    for person in people:
        actions.book_place(workshop, actor=person, at=BEFORE)

    actions.plan_workshop(
        workshop, actor=planner, organisation=workshop.organisation, values=values_of(places=3), at=BEFORE
    )

    assert set(states(workshop).values()) == {Booking.State.BOOKED}


def test_fewer_places_than_people_are_refused():
    workshop, planner = planned(places=2)
    for _place in range(2):
        actions.book_place(workshop, actor=mentor(), at=BEFORE)

    with pytest.raises(errors.TooManyBooked):
        actions.plan_workshop(
            workshop, actor=planner, organisation=workshop.organisation, values=values_of(places=1), at=BEFORE
        )


def test_a_new_time_is_told_and_moves_the_calendar():
    workshop, planner = planned()
    person = mentor()
    actions.book_place(workshop, actor=person, at=BEFORE)
    later = values_of(starts_at=START + timedelta(hours=1), ends_at=START + timedelta(hours=4))

    moved = actions.plan_workshop(workshop, actor=planner, organisation=workshop.organisation, values=later, at=BEFORE)

    assert moved.sequence == 1
    assert Notice.objects.filter(recipient=person, text__contains="has changed").count() == 1


def test_nobody_books_late_or_a_draft():
    workshop, planner = planned()
    draft = actions.plan_workshop(
        None, actor=planner, organisation=workshop.organisation, values=values_of(), at=BEFORE
    )

    with pytest.raises(errors.BookingClosed):
        actions.book_place(workshop, actor=mentor(), at=START)
    with pytest.raises(errors.BookingClosed):
        actions.book_place(draft, actor=mentor(), at=BEFORE)


def test_give_place_back_needs_a_place_and_time():
    workshop, _planner = planned()
    person = mentor()

    with pytest.raises(errors.NotBooked):
        actions.give_place_back(workshop, actor=person, at=BEFORE)
    actions.book_place(workshop, actor=person, at=BEFORE)
    with pytest.raises(errors.BookingClosed):
        actions.give_place_back(workshop, actor=person, at=START)


def test_call_off_tells_everybody_why_and_ends_it():
    workshop, planner = planned()
    person = mentor()
    actions.book_place(workshop, actor=person, at=BEFORE)

    with pytest.raises(errors.ReasonMissing):
        actions.call_off_workshop(workshop, actor=planner, because=" ", at=BEFORE)
    actions.call_off_workshop(workshop, actor=planner, because="The trainer is ill.", at=BEFORE)

    assert Notice.objects.get(recipient=person).text.endswith("The trainer is ill.")
    for again in (actions.announce_workshop, actions.call_off_workshop):
        more = {"because": "Again"} if again is actions.call_off_workshop else {}
        with pytest.raises(errors.CalledOff):
            again(workshop, actor=planner, at=BEFORE, **more)
    with pytest.raises(errors.CalledOff):
        actions.plan_workshop(
            workshop, actor=planner, organisation=workshop.organisation, values=values_of(), at=BEFORE
        )


def test_a_workshop_that_is_over_is_neither_announced_nor_called_off():
    workshop, planner = planned()
    after = START + timedelta(days=1)

    with pytest.raises(errors.AlreadyOver):
        actions.announce_workshop(workshop, actor=planner, at=after)
    with pytest.raises(errors.AlreadyOver):
        actions.call_off_workshop(workshop, actor=planner, because="Late", at=after)


def test_note_attendance_gives_certificates_and_prepares():
    workshop, planner = planned()
    came, missed = mentor(), mentor()
    bookings = [actions.book_place(workshop, actor=person, at=BEFORE) for person in (came, missed)]

    actions.note_attendance(workshop, actor=planner, present={bookings[0].pk}, at=START)

    certificate = Certificate.objects.get()
    assert (certificate.user, certificate.kind, certificate.title) == (came, "attendance", workshop.title)
    assert certificate.note == "4 May 2100, 3 hours, Library"
    assert [preparation.user for preparation in Preparation.objects.all()] == [came]
    assert list(workshop.bookings.order_by("pk").values_list("attended", flat=True)) == [True, False]


def test_note_attendance_again_mends_a_mistake():
    workshop, planner = planned()
    person = mentor()
    booking = actions.book_place(workshop, actor=person, at=BEFORE)
    actions.note_attendance(workshop, actor=planner, present={booking.pk}, at=START)
    actions.note_attendance(workshop, actor=planner, present={booking.pk}, at=START)

    actions.note_attendance(workshop, actor=planner, present=set(), at=START)

    assert not Certificate.objects.exists()
    assert not Preparation.objects.exists()


def test_note_attendance_waits_for_the_start():
    workshop, planner = planned()

    with pytest.raises(errors.NotYet):
        actions.note_attendance(workshop, actor=planner, present=set(), at=BEFORE)


def test_a_question_goes_to_the_board_for_questions():
    workshop, _planner = planned()
    person = mentor()

    question = actions.ask_question(workshop, actor=person, title="How long?", text="A session.", at=START)

    topic = Topic.objects.get()
    assert question.address == topic.get_absolute_url()
    assert (topic.title, topic.author) == ("How long?", person)
    assert "Prepare for mentoring" in topic.posts.get().body


def test_programme_tells_when_each_point_begins():
    workshop, planner = planned()
    for title, minutes in (("Welcome", 15), ("Roles", 45), ("Questions", 30)):
        actions.write_point(workshop, actor=planner, values={"title": title, "minutes": minutes}, at=BEFORE)
    actions.move_point(workshop.points.get(title="Questions"), actor=planner, place=1, at=BEFORE)

    found = [(timed.point.title, (timed.starts_at - START).seconds // 60) for timed in programme_of(workshop)]

    assert found == [("Welcome", 0), ("Questions", 15), ("Roles", 45)]


def test_the_agenda_names_the_workshop_and_who_notes_it():
    holder = make.make_trainer()
    workshop, _planner = planned(held_by=holder)
    person = mentor()
    actions.book_place(workshop, actor=person, at=BEFORE)

    def keys(user: User, at: datetime) -> list[str]:
        return [item.key for item in agenda_for(user, at) if item.key.startswith("workshop")]

    assert keys(person, BEFORE) == [f"workshop:go:{workshop.pk}"]
    assert keys(holder, START) == [f"workshop:note:{workshop.pk}"]
    assert keys(holder, BEFORE) == []


def test_drafts_are_seen_by_planners_alone():
    planner = make.make_manager(make.make_organisation())
    organisation = planner.organisation
    draft = actions.plan_workshop(None, actor=planner, organisation=organisation, values=values_of(), at=BEFORE)
    staff = make.make_user(organisation=organisation)

    seen = [Workshop.objects.visible_to(person).filter(pk=draft.pk).exists() for person in (planner, staff, mentor())]

    assert seen == [True, False, False]


def test_booking_on_the_page_and_the_calendar_file():
    workshop, _planner = planned(link="https://meet.example/room")
    client, stranger = sign_in(mentor()), sign_in(mentor())
    calendar = reverse("mentoring_workshops:workshop_calendar", args=[workshop.pk])

    client.post(reverse("mentoring_workshops:workshop_book", args=[workshop.pk]))

    event = Calendar.from_ical(client.get(calendar).content).walk("VEVENT")[0]
    assert (event["summary"], event["dtstart"].dt, event["url"]) == (workshop.title, START, "https://meet.example/room")
    assert b"meet.example" not in stranger.get(calendar).content
    assert "meet.example" in client.get(workshop.get_absolute_url()).content.decode()
    assert "meet.example" not in stranger.get(workshop.get_absolute_url()).content.decode()
    client.post(reverse("mentoring_workshops:workshop_give_back", args=[workshop.pk]))
    assert Booking.objects.get().state == Booking.State.GIVEN_BACK


def test_planning_on_the_page_keeps_what_was_typed():
    planner = make.make_manager(make.make_organisation())
    client, page = sign_in(planner), reverse("mentoring_workshops:workshop_new")
    typed = {
        "organisation": planner.organisation.pk,
        "title": "Prepare",
        "text": "Six topics.",
        "starts_at": "2100-05-04T17:00",
        "ends_at": "2100-05-04T16:00",
        "book_until": "2100-05-03T12:00",
        "places": 10,
        "held_by": planner.pk,
    }

    wrong = client.post(page, typed)
    right = client.post(page, typed | {"ends_at": "2100-05-04T20:00", "place": "Library"})

    assert wrong.status_code == 422
    assert sorted(wrong.context["form"].errors) == ["ends_at", "place"]
    assert 'value="Prepare"' in wrong.content.decode()
    workshop = Workshop.objects.get()
    assert right.headers["Location"] == workshop.get_absolute_url()
    assert workshop.length == timedelta(hours=3)


def test_materials_are_for_those_with_a_place():
    workshop, planner = planned()
    keeper, guest, person = sign_in(planner), sign_in(mentor()), mentor()
    actions.book_place(workshop, actor=person, at=BEFORE)
    page = reverse("mentoring_workshops:material_new", args=[workshop.pk])

    wrong = keeper.post(page, {"title": "Slides"})
    keeper.post(page, {"title": "Slides", "file": SimpleUploadedFile("slides.pdf", PDF)})
    material = workshop.materials.get()
    address = reverse("mentoring_workshops:material_download", args=[material.pk])

    assert list(wrong.context["form"].errors) == ["file"]
    assert guest.get(address).status_code == 403
    assert sign_in(person).get(address).getvalue() == PDF
    keeper.post(reverse("mentoring_workshops:material_remove", args=[material.pk]))
    assert not workshop.materials.exists()


def test_attendance_on_the_page_takes_only_own_bookings():
    workshop, planner = planned(starts_at=BEFORE, ends_at=BEFORE + timedelta(hours=2), book_until=BEFORE)
    Workshop.objects.update(starts_at=make.JANUARY, ends_at=make.JANUARY + timedelta(hours=2), book_until=make.JANUARY)
    other, _other_planner = planned()
    own = Booking.objects.create(workshop=workshop, user=mentor(), state="booked", booked_at=make.JANUARY)
    foreign = Booking.objects.create(workshop=other, user=mentor(), state="booked", booked_at=make.JANUARY)

    client, page = sign_in(planner), reverse("mentoring_workshops:workshop_attendance", args=[workshop.pk])

    wrong = client.post(page, {"present": [own.pk, foreign.pk]})
    client.post(page, {"present": [own.pk]})

    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (wrong.status_code, own.attended, foreign.attended) == (422, True, None)


def test_a_scenario_is_written_ordered_and_published_on_pages():
    planner = make.make_manager(make.make_organisation())
    client = sign_in(planner)
    head = {"organisation": planner.organisation.pk, "title": "Shy mentee", "summary": "Nobody speaks."}

    wrong = client.post(reverse("mentoring_workshops:scenario_new"), head | {"title": ""})
    client.post(reverse("mentoring_workshops:scenario_new"), head)
    scenario = Scenario.objects.get()
    for kind in ("situation", "questions", "done"):
        page = reverse("mentoring_workshops:part_new", args=[scenario.pk])
        client.post(page, {"kind": kind, "text": f"About {kind}"})
    last = scenario.parts.get(kind="done")
    client.post(reverse("mentoring_workshops:part_move", args=[last.pk]), {"to": "up"})
    client.post(reverse("mentoring_workshops:part_edit", args=[last.pk]), {"kind": "outcome", "text": "It helped."})
    reader = sign_in(mentor())
    hidden = reader.get(scenario.get_absolute_url())
    client.post(reverse("mentoring_workshops:scenario_publish", args=[scenario.pk]), {"published": "yes"})

    assert (wrong.status_code, hidden.status_code) == (422, 404)
    assert [part.kind for part in scenario.parts.all()] == ["situation", "outcome", "questions"]
    found = reader.get(reverse("mentoring_workshops:scenario_list"), {"q": "helped shy"})
    assert list(found.context["scenarios"]) == [scenario]


def test_a_scenario_belongs_to_an_organisation_of_ones_own():
    planner = make.make_manager(make.make_organisation())
    head = {"organisation": make.make_organisation(), "title": "Theirs", "summary": "No."}

    with pytest.raises(errors.NotYours):
        actions.write_scenario(None, actor=planner, values=head, at=BEFORE)


def asked(**changed: Any) -> Consultation:
    group = make.make_group(mentees=1)
    values = {
        "actor": group.mentor,
        "organisation": group.cohort.organisation,
        "group": group,
        "scope": "We are stuck.",
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2026, 5, 31),
        "at": BEFORE,
    } | changed
    return actions.ask_for_help(values.pop("consultant", None) or mentor(), **values)


def test_a_consultant_gets_a_chat_and_the_topics_between_the_days():
    consultation = asked()
    make.make_sessions(consultation.group)
    helper = consultation.consultant

    accepted = actions.answer_request(consultation, actor=helper, accept=True, answer="Gladly.", at=BEFORE)

    assert {member.user for member in accepted.room.memberships.filter(left_at=None)} == {helper, consultation.asked_by}
    assert [accepted.is_running(date(2026, 5, day)) for day in (1, 31)] == [True, True]
    assert not accepted.is_running(date(2026, 6, 1))
    assert [topic.number for topic in topics_of(accepted)] == [1, 2, 3]
    assert not helper.has_perm("mentoring_groups.view_group", consultation.group)


def test_the_access_ends_by_itself_at_night():
    consultation = asked()
    actions.answer_request(consultation, actor=consultation.consultant, accept=True, answer="", at=BEFORE)
    night = datetime(2026, 6, 1, 3, tzinfo=UTC)

    ended = [actions.end_outlived(night - timedelta(days=1)), actions.end_outlived(night), actions.end_outlived(night)]

    consultation.refresh_from_db()
    assert ended == [0, 1, 0]
    assert consultation.state == Consultation.State.ENDED
    assert not consultation.room.memberships.filter(left_at=None).exists()


def test_no_is_said_with_a_reason_and_once():
    consultation = asked()
    helper = consultation.consultant

    with pytest.raises(errors.ReasonMissing):
        actions.answer_request(consultation, actor=helper, accept=False, answer=" ", at=BEFORE)
    actions.answer_request(consultation, actor=helper, accept=False, answer="No time.", at=BEFORE)
    with pytest.raises(errors.AlreadyAnswered):
        actions.answer_request(consultation, actor=helper, accept=True, answer="", at=BEFORE)

    assert Entry.objects.filter(verb="declined").count() == 1


def test_only_mentors_from_outside_the_group_are_asked():
    group = make.make_group(mentees=1)
    own = make.make_mentor_profile(user=group.mentor).user

    with pytest.raises(errors.NotAMentor):
        asked(consultant=make.make_user())
    with pytest.raises(errors.OwnGroup):
        asked(consultant=own, group=group, actor=make.make_coordinator(group.cohort))


def test_asking_on_the_page_offers_own_groups_alone():
    group, elsewhere = make.make_group(mentees=1), make.make_group(mentees=1)
    client, page = sign_in(group.mentor), reverse("mentoring_workshops:consultation_new")
    typed = {"consultant": mentor().pk, "scope": "Help", "starts_on": "2100-05-01", "ends_on": "2100-04-01"}

    wrong = client.post(page, typed | {"group": elsewhere.pk})
    right = client.post(page, typed | {"group": group.pk, "ends_on": "2100-05-20"})

    assert sorted(wrong.context["form"].errors) == ["ends_on", "group"]
    assert right.headers["Location"] == Consultation.objects.get().get_absolute_url()


def test_lists_ask_as_often_for_many():
    workshop, planner = planned()
    client = sign_in(planner)

    assert_same_queries(
        lambda: client.get(reverse("mentoring_workshops:workshop_list")),
        lambda: actions.plan_workshop(
            None, actor=planner, organisation=workshop.organisation, values=values_of(), at=BEFORE
        ),
    )
    assert_same_queries(
        lambda: client.get(workshop.get_absolute_url()),
        lambda: Booking.objects.create(workshop=workshop, user=make.make_user(), state="booked", booked_at=BEFORE),
    )
    assert_same_queries(
        lambda: client.get(reverse("mentoring_workshops:scenario_list")),
        lambda: Scenario.objects.create(title=f"Case {Scenario.objects.count()}", published=True, changed_at=BEFORE),
    )
    assert_same_queries(
        lambda: client.get(reverse("mentoring_workshops:consultation_list")), lambda: asked(actor=planner)
    )


def test_the_shipped_scenarios_load_once():
    first = load_scenarios(BEFORE)
    load_scenarios(BEFORE)

    assert Scenario.objects.count() == len(first) == 3
    assert [part.kind for part in first[0].parts.all()] == ["situation", "questions", "done", "outcome"]


def test_a_workshop_is_handed_over():
    holder, taker = make.make_trainer(), make.make_trainer()
    workshop, planner = planned(held_by=holder)

    duties = list(workshops_to_hold(holder))
    take_workshop(duties[0].key, holder, taker, planner, BEFORE)

    assert list(other_holders(duties[0].key, holder)) in ([taker, planner], [planner, taker])
    assert [workshop.held_by for workshop in Workshop.objects.all()] == [taker]
    with pytest.raises(DutyGone):
        take_workshop(str(workshop.pk), holder, taker, planner, BEFORE)
