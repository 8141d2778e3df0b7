"""The library: attribution, combining licences, and the public catalogue."""

import pytest
from django.test import Client

from oer.library.attribution import Credit, attribution_line
from oer.library.combine import Terms, combined, why_not
from oer.library.models import Competence, Framework
from tests.make import make_catalogue, make_enrolment, make_lesson, make_module, make_user
from tests.queries import assert_same_queries

BY = Terms("cc-by-4-0", changes=True, share_alike=False, commercial=True)
BY_SA = Terms("cc-by-sa-4-0", changes=True, share_alike=True, commercial=True)
BY_ND = Terms("cc-by-nd-4-0", changes=False, share_alike=False, commercial=True)
BY_NC = Terms("cc-by-nc-4-0", changes=True, share_alike=False, commercial=False)
BY_NC_SA = Terms("cc-by-nc-sa-4-0", changes=True, share_alike=True, commercial=False)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (BY, BY, ""),
        (BY, BY_SA, ""),
        (BY, BY_NC, ""),
        (BY_NC, BY_NC_SA, ""),
        (BY_SA, BY_SA, ""),
        (BY, BY_ND, "no_changes"),
        (BY_ND, BY_ND, "no_changes"),
        (BY_SA, BY_NC_SA, "two_share_alikes"),
        (BY_SA, BY_NC, "sells_against_non_commercial"),
        (BY_NC, BY_SA, "sells_against_non_commercial"),
    ],
)
def test_why_not_follows_the_chart_of_creative_commons(first, second, reason):
    assert why_not(first, second) == reason


def test_combined_looks_at_every_two():
    assert combined([BY, BY_SA, BY_NC]) == "sells_against_non_commercial"


def test_attribution_line_names_title_authors_source_and_licence():
    credit = Credit("Listening", "Ada", "CC BY 4.0", "the Guide")

    assert attribution_line(credit) == "“Listening” by Ada, based on the Guide. Licence: CC BY 4.0."


def test_attribution_line_leaves_out_what_is_unknown():
    assert attribution_line(Credit("Listening", "", "CC0 1.0")) == "“Listening”. Licence: CC0 1.0."


@pytest.mark.django_db
def test_a_module_builds_its_attribution_line_from_itself():
    module = make_module(title="Listening", authors="Ada")

    assert module.attribution == "“Listening” by Ada. Licence: CC BY 4.0."


@pytest.mark.django_db
def test_catalogue_says_so_while_it_is_empty(client: Client):
    assert "There is no module yet." in client.get(make_catalogue().url).content.decode()


@pytest.mark.django_db
def test_catalogue_shows_a_visitor_published_modules_only(client: Client):
    catalogue = make_catalogue()
    module = make_module(catalogue=catalogue)
    make_module(catalogue=catalogue, live=False)

    assert client.get(catalogue.url).context["modules"] == [module]


@pytest.mark.django_db
def test_catalogue_asks_the_database_as_often_for_many_modules(client: Client):
    catalogue, user = make_catalogue(), make_user()
    client.force_login(user)

    def make():
        module = make_module(catalogue=catalogue)
        make_lesson(module=module)
        make_enrolment(user=user, course=module)

    assert_same_queries(lambda: client.get(catalogue.url), make)


@pytest.fixture
def two_levels(db: None):
    catalogue = make_catalogue()
    return catalogue, make_module(catalogue=catalogue), make_module(catalogue=catalogue, level="advanced")


def test_catalogue_narrows_by_level(client: Client, two_levels):
    catalogue, _first, advanced = two_levels

    answer = client.get(catalogue.url, {"level": "advanced"})

    (level,) = answer.context["filters"]
    assert answer.context["modules"] == [advanced]
    assert [(chip.label, chip.url, chip.active) for chip in level.chips] == [
        ("First steps", "?level=foundation", False),
        ("Experienced", "?", True),
    ]


def test_catalogue_narrows_by_topic(client: Client, two_levels):
    catalogue, first, second = two_levels
    framework = Framework.objects.create(slug="digcomp-2-2", name="DigComp", version="2.2")
    for module, code in ((first, "1"), (second, "2")):
        area = Competence.objects.create(framework=framework, code=code, title=f"Area {code}")
        module.competences.set([Competence.objects.create(framework=framework, area=area, code=f"{code}.1", title="A")])
        module.save()

    assert client.get(catalogue.url, {"area": "2"}).context["modules"] == [second]


def test_catalogue_helps_out_of_a_filter_that_finds_nothing(client: Client, two_levels):
    catalogue, _first, _second = two_levels

    assert "Take one away." in client.get(catalogue.url, {"level": "nonsense"}).content.decode()
