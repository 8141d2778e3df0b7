"""The short way to a page: as right as Wagtail's own, whatever editors change after a page was visited."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from lms.front.models import TextPage
from tests.make import make_catalogue, make_lesson, make_module

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(client):
    module = make_module(slug="listening")
    assert client.get("/training/listening/").status_code == 200
    return module


def test_visited_page_is_routed_in_one_query(client: Client, module, django_assert_num_queries):
    text = Site.objects.get().root_page.add_child(instance=TextPage(title="About", slug="about", body="<p>Us.</p>"))
    client.get(text.get_url())

    with django_assert_num_queries(1):
        response = client.get(text.get_url())

    assert response.context["page"] == text


def test_restricted_page_is_hidden_at_once(client: Client, module):
    PageViewRestriction.objects.create(page=module, restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/training/listening/").status_code == 302


def test_page_below_a_restricted_one_is_hidden_at_once(client: Client, module):
    PageViewRestriction.objects.create(page=module.get_parent(), restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/training/listening/").status_code == 302


def test_page_beside_a_restricted_one_stays_open(client: Client, module):
    PageViewRestriction.objects.create(page=make_module(), restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/training/listening/").status_code == 200


def test_alias_is_hidden_with_its_source(client: Client, module):
    alias = module.create_alias(update_slug="mirror", parent=module.get_parent())
    client.get(alias.get_url())

    PageViewRestriction.objects.create(page=module, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(alias.get_url()).status_code == 302


def test_unpublished_page_is_gone_at_once(client: Client, module):
    module.unpublish()

    assert client.get("/training/listening/").status_code == 404


def test_renamed_page_leaves_its_address_at_once(client: Client, module):
    module.slug = "hearing"
    module.save()

    addresses = ["/training/listening/", "/training/hearing/"]
    assert [client.get(address).status_code for address in addresses] == [404, 200]


def test_page_below_a_renamed_one_leaves_its_address_at_once(client: Client, module):
    lesson = make_lesson(module=module, slug="first")
    client.get(lesson.get_url())

    module.slug = "hearing"
    module.save()

    addresses = ["/training/listening/first/", "/training/hearing/first/"]
    assert [client.get(address).status_code for address in addresses] == [404, 200]


def test_another_page_takes_an_address_over_at_once(client: Client, module):
    module.slug = "hearing"
    module.save()
    other = make_module(slug="listening")

    assert client.get("/training/listening/").context["page"] == other


def test_moved_page_leaves_its_address_at_once(client: Client, module):
    module.move(make_catalogue(slug="archive"), pos="last-child")

    addresses = ["/training/listening/", "/archive/listening/"]
    assert [client.get(address).status_code for address in addresses] == [404, 200]


def test_site_with_another_root_shows_its_own_pages_at_once(client: Client, module):
    site = Site.objects.get()
    site.root_page = module
    site.save()

    addresses = ["/training/listening/", "/"]
    assert [client.get(address).status_code for address in addresses] == [404, 200]


def test_unknown_address_is_not_found(client: Client):
    assert [client.get("/nowhere/").status_code for _visit in range(2)] == [404, 404]
