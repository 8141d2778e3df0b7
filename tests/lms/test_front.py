"""The front page and the places that every page leads to."""

from collections.abc import Callable

import pytest
from django.test import Client

from lms.front.context import Fold, Place, folded
from lms.front.models import FrontPage
from lms.people.models import User
from lms.plugins import place_address
from mentoring_ext.practices.models import Practice
from tests.make import (
    make_administrator,
    make_call,
    make_cohort,
    make_coordinator,
    make_manager,
    make_organisation,
    make_practice,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_front_page_stands_at_the_root_and_shows_its_words(client: Client):
    page = FrontPage.objects.get()

    response = client.get("/")

    assert response.status_code == 200
    assert page.heading in response.content.decode()


def test_a_visitor_is_offered_to_sign_in_and_a_person_to_go_on(client: Client):
    as_visitor = client.get("/").content.decode()
    client.force_login(make_user())
    as_person = client.get("/").content.decode()

    assert ("Sign in" in as_visitor, "Go to what is next for you" in as_person) == (True, True)


def test_the_place_where_a_person_is_now_is_marked(client: Client):
    client.force_login(make_user())

    places = client.get("/home/").context["navigation"]

    assert [place.url for place in places if place.active] == ["/home/"]


def test_a_place_is_marked_on_a_page_that_it_holds(client: Client):
    client.force_login(make_user())

    places = client.get("/certificates/").context["navigation"]

    assert [place.url for place in places if place.active] == ["/courses/"]


def test_the_catalogue_has_its_address_from_the_place_in_the_navigation():
    assert place_address("catalogue") == "/training/"


def test_an_unknown_place_leads_to_the_first_page():
    assert place_address("nowhere") == "/"


def test_front_page_shows_the_parts_that_rooms_add(client: Client):
    practice = make_practice(state=Practice.State.PUBLISHED)
    call = make_call()

    shown = client.get("/").content.decode()

    assert [words in shown for words in (practice.title, call.title, "How it works")] == [True, True, True]


def test_front_page_leaves_out_a_part_that_has_nothing_to_show(client: Client):
    shown = client.get("/").content.decode()

    assert "See all good practices" not in shown


def place(name: str, group: str = "", *, active: bool = False) -> Place:
    return Place(name, f"/{name}/", "house", active, group)


def shown_folds(folds: list[Fold]) -> list[tuple[str, list[str]]]:
    return [(str(fold.group.label) if fold.group else "", [str(one.label) for one in fold.places]) for fold in folds]


def test_few_places_stand_for_themselves():
    folds = folded([place("home"), place("chat", "talk"), place("forum", "talk")])

    assert shown_folds(folds) == [("", ["home"]), ("", ["chat"]), ("", ["forum"])]


def test_many_places_are_folded_into_their_groups_where_the_first_one_stands():
    many = [place("home"), place("chat", "talk"), place("a"), place("b"), place("c"), place("circle", "results")]

    folds = folded([*many, place("forum", "talk", active=True), place("d", "unknown")])

    talk = ("Talk", ["chat", "forum"])
    alone = [("", [name]) for name in ("a", "b", "c", "circle", "d")]
    assert shown_folds(folds) == [("", ["home"]), talk, *alone]
    assert [fold.active for fold in folds] == [False, True, False, False, False, False, False]


def coordinator() -> User:
    return make_coordinator(make_cohort())


def manager() -> User:
    return make_manager(make_organisation())


@pytest.mark.parametrize("make", [coordinator, manager, make_administrator])
def test_nobody_has_more_than_seven_entries_in_the_rail(client: Client, make: Callable[[], User]):
    client.force_login(make())

    answer = client.get("/home/")

    assert (len(answer.context["rail"]) <= 7, len(answer.context["navigation"]) > 7) == (True, True)
