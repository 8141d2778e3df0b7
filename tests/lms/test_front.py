"""The front page and the places that every page leads to."""

import pytest
from django.test import Client

from lms.front.models import FrontPage
from tests.make import make_user

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
