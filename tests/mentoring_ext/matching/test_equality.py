from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from lms.journal.models import Entry
from lms.people.models import User
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions.equality import make_report
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import EqualityReport
from mentoring_ext.matching.privacy import erase
from mentoring_ext.matching.reports.equality import fairness_in_points, figures_of, in_words, to_show
from mentoring_ext.profiles.choices import Gender
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor

pytestmark = pytest.mark.django_db


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 12), max_size=6))
def test_no_hidden_group_follows_from_the_rest(sizes):
    shown = to_show(sizes)
    hidden = [size for key, size in sizes.items() if key not in shown]

    assert all(sizes[key] >= 5 for key in shown)
    assert not hidden or not shown or (len(hidden) > 1 and sum(hidden) >= 5)


@pytest.fixture
def many(cohort, coordinator):
    """Twelve mentees, of whom six told one gender and one another, and places for them all."""
    for _place in range(4):
        add_mentor(cohort, capacity=3)
    genders = list(Gender.values)
    for place in range(12):
        mentee = add_mentee(cohort, interests=["music"] if place % 2 else ["film"])
        if place < 7:
            make.make_details(mentee, gender=genders[place == 6])
    return actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)


@pytest.fixture
def address(cohort, many):
    return reverse("mentoring_matching:run_equality", args=[cohort.pk, many.pk])


def test_small_groups_are_hidden_and_cannot_be_computed(many):
    everybody, attributes = in_words(figures_of(many))

    gender = attributes[0]
    assert everybody.people == 12
    assert all(row.people >= 5 for row in gender.rows)
    assert sum(row.people for row in gender.rows) + gender.hidden == 12
    assert gender.hidden != 1


def test_groups_by_country_come_from_the_organisations(many):
    mentees = list(many.proposals.values_list("mentee", flat=True))
    for code, keys in (("GR", mentees[:6]), ("CY", mentees[6:])):
        User.objects.filter(pk__in=keys).update(organisation=make.make_organisation(country=code))

    _everybody, attributes = in_words(figures_of(many))

    country = attributes[3]
    assert (str(country.name), {str(row.name): row.people for row in country.rows}) == (
        "Country",
        {"Greece": 6, "Cyprus": 6},
    )


def test_the_report_is_made_shown_and_downloaded(client, address, cohort, many):
    before = client.get(address).content.decode()
    client.post(address)
    page = client.get(address).content.decode()
    book = client.get(reverse("mentoring_matching:equality_file", args=[cohort.pk, many.pk]))

    first, second = load_workbook(BytesIO(book.content)).worksheets
    rows, price = list(first.iter_rows(values_only=True)), list(second.iter_rows(values_only=True))
    fairness = fairness_in_points(EqualityReport.objects.get().fairness)
    assert ("Make the report" in before, "Make the report" in page) == (True, False)
    assert ("The price of fairness" in before, "The price of fairness" in page) == (False, True)
    assert [row[1] for row in price] == [fairness.best_total, fairness.fair_total, fairness.price]
    assert rows[1][2] == 12
    assert fairness.price >= 0
    assert Entry.objects.filter(verb="created", object_type__model="equalityreport").count() == 1


def test_a_report_stays_whatever_is_changed_by_hand(coordinator, many):
    first = make_report(many, actor=coordinator, at=AT).figures
    actions.move_mentee(many, many.proposals.all()[0].mentee, None, actor=coordinator, reason="So", at=AT)

    assert make_report(many, actor=coordinator, at=AT).figures == first


def test_two_runs_that_differ_by_one_person_have_one_report(client, cohort, coordinator, many):
    make_report(many, actor=coordinator, at=AT)
    add_mentee(cohort)
    second = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    address = reverse("mentoring_matching:run_equality", args=[cohort.pk, second.pk])

    answer = client.post(address, follow=True).content.decode()
    file = client.get(reverse("mentoring_matching:equality_file", args=[cohort.pk, second.pk]))

    with pytest.raises(errors.CountedAlready):
        make_report(second, actor=coordinator, at=AT)
    assert "Nobody is counted twice" in answer
    assert "All mentees" not in answer
    assert file["Location"] == address


def test_other_people_of_the_cohort_have_a_report_of_their_own(cohort, coordinator, many):
    make_report(many, actor=coordinator, at=AT)
    for member in cohort.memberships.filter(role="mentee"):
        member.state = "left"
        member.save()
    for _place in range(5):
        add_mentee(cohort)
    second = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert make_report(second, actor=coordinator, at=AT).figures["everybody"]["people"] == 5


def test_who_made_the_report_can_be_erased(coordinator, many):
    make_report(many, actor=coordinator, at=AT)

    erase(coordinator)

    assert EqualityReport.objects.get().made_by is None


def test_opening_the_page_shows_the_price_that_is_kept(client, address, coordinator, many):
    report = make_report(many, actor=coordinator, at=AT)
    report.fairness = {"best": 990_000_000, "fair": 770_000_000, "exact": True}
    report.save()

    page = client.get(address).content.decode()

    assert "costs the whole 22000" in page


def test_a_report_from_before_gets_its_price_and_keeps_its_figures(client, address, coordinator, many):
    figures = make_report(many, actor=coordinator, at=AT).figures
    EqualityReport.objects.update(fairness={})
    before = client.get(address).content.decode()

    client.post(address)

    report = EqualityReport.objects.get()
    assert "Nobody has worked out yet" in before
    assert report.figures == figures
    assert report.fairness["best"] >= report.fairness["fair"] > 0


def test_fairness_that_costs_nothing_says_so(client, cohort, run):
    page = client.post(
        reverse("mentoring_matching:run_equality", args=[cohort.pk, run.pk]), follow=True
    ).content.decode()

    assert fairness_in_points(EqualityReport.objects.get().fairness).price == 0
    assert "costs the whole nothing" in page
    assert "0.0 points" not in page
