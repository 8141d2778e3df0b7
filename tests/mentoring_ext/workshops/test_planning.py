"""Planning a workshop: facts, programme, who sees it, who holds it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lms.notices.models import Notice
from lms.people.errors import DutyGone
from mentoring_ext.workshops import actions, errors
from mentoring_ext.workshops.duties import other_holders, take_workshop, workshops_to_hold
from mentoring_ext.workshops.models import Booking, Scenario, Workshop
from mentoring_ext.workshops.programme import programme_of
from tests import make
from tests.mentoring_ext.workshops.planning import BEFORE, START, asked, mentor, planned, sign_in, values_of
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def test_plan_workshop_refuses_other_organisations():
    planner = make.make_manager(make.make_organisation())

    with pytest.raises(errors.NotYours):
        actions.plan_workshop(None, actor=planner, organisation=make.make_organisation(), values=values_of(), at=BEFORE)


def test_a_new_time_is_told_and_moves_the_calendar():
    workshop, planner = planned()
    person = mentor()
    actions.book_place(workshop, actor=person, at=BEFORE)
    later = values_of(starts_at=START + timedelta(hours=1), ends_at=START + timedelta(hours=4))

    moved = actions.plan_workshop(workshop, actor=planner, organisation=workshop.organisation, values=later, at=BEFORE)

    assert moved.sequence == 1
    assert Notice.objects.filter(recipient=person, text__contains="has changed").count() == 1


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


def test_programme_tells_when_each_point_begins():
    workshop, planner = planned()
    for title, minutes in (("Welcome", 15), ("Roles", 45), ("Questions", 30)):
        actions.write_point(workshop, actor=planner, values={"title": title, "minutes": minutes}, at=BEFORE)
    actions.move_point(workshop.points.get(title="Questions"), actor=planner, place=1, at=BEFORE)

    found = [(timed.point.title, (timed.starts_at - START).seconds // 60) for timed in programme_of(workshop)]

    assert found == [("Welcome", 0), ("Questions", 15), ("Roles", 45)]


def test_drafts_are_seen_by_planners_alone():
    planner = make.make_manager(make.make_organisation())
    organisation = planner.organisation
    draft = actions.plan_workshop(None, actor=planner, organisation=organisation, values=values_of(), at=BEFORE)
    staff = make.make_user(organisation=organisation)

    seen = [Workshop.objects.visible_to(person).filter(pk=draft.pk).exists() for person in (planner, staff, mentor())]

    assert seen == [True, False, False]


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


def test_a_workshop_is_handed_over():
    holder, taker = make.make_trainer(), make.make_trainer()
    workshop, planner = planned(held_by=holder)

    duties = list(workshops_to_hold(holder))
    take_workshop(duties[0].key, holder, taker, planner, BEFORE)

    assert list(other_holders(duties[0].key, holder)) in ([taker, planner], [planner, taker])
    assert [workshop.held_by for workshop in Workshop.objects.all()] == [taker]
    with pytest.raises(DutyGone):
        take_workshop(str(workshop.pk), holder, taker, planner, BEFORE)


def test_a_point_that_was_dragged_says_its_place():
    workshop, planner = planned()
    titles = ("Welcome", "Roles", "Questions")
    points = [
        actions.write_point(workshop, actor=planner, values={"title": title, "minutes": 15}, at=BEFORE)
        for title in titles
    ]

    sign_in(planner).post(reverse("mentoring_workshops:point_move", args=[points[2].pk]), {"place": "0"})

    assert [point.title for point in workshop.points.all()] == ["Questions", "Welcome", "Roles"]
