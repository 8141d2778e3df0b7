from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mentoring_ext.matching import actions
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.reports.equality import equality_of, fairness_of, to_show
from mentoring_ext.profiles.choices import Gender
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 12), max_size=6))
def test_no_hidden_group_follows_from_the_rest(sizes):
    shown = to_show(sizes)
    hidden = [size for key, size in sizes.items() if key not in shown]

    assert all(sizes[key] >= 5 for key in shown)
    assert not hidden or not shown or (len(hidden) > 1 and sum(hidden) >= 5)


@pytest.fixture
def many(cohort, coordinator, db):
    """Twelve mentees, of whom six told one gender and one another, and places for them all."""
    for _place in range(4):
        add_mentor(cohort, capacity=3)
    genders = list(Gender.values)
    for place in range(12):
        mentee = add_mentee(cohort, interests=["music"] if place % 2 else ["film"])
        if place < 7:
            make.make_details(mentee, gender=genders[place == 6])
    return actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)


def test_small_groups_are_hidden_and_cannot_be_computed(many):
    everybody, attributes = equality_of(many)

    gender = attributes[0]
    assert everybody.people == 12
    assert all(row.people >= 5 for row in gender.rows)
    assert sum(row.people for row in gender.rows) + gender.hidden == 12
    assert gender.hidden != 1


def test_the_report_is_shown_and_downloaded(client, cohort, many):
    page = client.get(reverse("mentoring_matching:run_equality", args=[cohort.pk, many.pk]))
    assert b"The price of fairness" in page.content
    book = client.get(reverse("mentoring_matching:equality_file", args=[cohort.pk, many.pk]))
    rows = list(load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True))
    assert rows[1][2] == 12
    assert fairness_of(many).price >= 0
