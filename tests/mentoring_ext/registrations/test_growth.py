"""From the start to the end: what the first session asked and the last evaluation asks again, side by side."""

from typing import Any

import pytest
from django.test import Client

from lms.people.models import User
from mentoring_ext.evaluation.models import EvaluationRound
from mentoring_ext.evaluation.reports import figures_of, final_evaluation_of, growth_between
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.programmes.models import Role
from mentoring_ext.registrations import actions
from tests import make
from tests.mentoring_ext.registrations.registering import address
from tests.mentoring_ext.registrations.test_initial import INITIAL
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def finish(pair: GroupMember, **said: Any) -> GroupMember:
    """Let a pair write its initial evaluation, and the mentee hand in the final one."""
    actions.finish_initial(
        actions.initial_of(pair, at=make.AUTUMN), actor=pair.user, answers=INITIAL | said, at=make.AUTUMN
    )
    make.make_round(pair.group)
    make.make_evaluation(pair.user, {"sure-content": 1, "together-words": "We quarrelled."})
    return pair


def pair_of(**fields: Any) -> GroupMember:
    return make.make_finished_group(mentees=1, **fields).members.select_related("group").get()


def page_for(user: User, pair: GroupMember) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(address("initial_detail", pair.pk))


def test_growth_sets_the_same_questions_side_by_side():
    pair = finish(pair_of(), **{"sure-problems": 4})
    initial, final = actions.initial_of(pair, at=make.AUTUMN).response, final_evaluation_of(pair)
    assert initial and final

    [topics] = growth_between(initial, final)

    assert (topics.label, topics.start.mean, topics.end.mean) == ("Topics of work", 2.4, 3.4)
    assert [(line.start, line.end) for line in topics.lines] == [
        ("A little", "Quite"),
        ("A little", "Not at all"),
        ("A little", "Quite"),
        ("A little", "Quite"),
        ("Quite", "Quite"),
    ]
    assert [line.has_grown for line in topics.lines] == [True, False, True, True, False]
    assert [line.has_fallen for line in topics.lines] == [False, True, False, False, False]


def test_growth_is_read_by_mentee_mentor_and_coordinator_alone():
    pair = finish(pair_of())
    cohort = pair.group.cohort
    coordinator = cohort.memberships.get(role=Role.COORDINATOR).user
    people = [pair.user, pair.group.mentor, coordinator, make.make_manager(cohort.organisation), make.make_user()]

    pages = [page_for(person, pair) for person in people]

    assert [page.status_code for page in pages] == [200, 200, 200, 404, 404]
    assert ["Topics of work" in page.text for page in pages[:3]] == [True] * 3


def test_the_mentor_reads_nothing_else_of_the_last_evaluation():
    pair = finish(pair_of())

    page = page_for(pair.group.mentor, pair)

    assert "We quarrelled." not in page.text
    assert [line.question for line in page.context["growth"][0].lines] == [
        "Finding things on the internet, and seeing what is true",
        "Making texts, pictures and videos",
        "Mail, chat and video calls, and working with others online",
        "Showing and selling my work online",
        "Helping myself when something does not work",
    ]


def test_before_the_end_the_page_says_what_will_stand_there():
    pair = pair_of()
    actions.finish_initial(actions.initial_of(pair, at=make.AUTUMN), actor=pair.user, answers=INITIAL, at=make.AUTUMN)

    page = page_for(pair.user, pair)

    assert "After the last session the mentee is asked the same again." in page.text


def test_what_mentees_say_of_themselves_is_no_judgement_of_the_mentoring():
    pair = finish(pair_of())
    found = EvaluationRound.objects.get(cohort=pair.group.cohort, role=Role.MENTEE)

    figures = figures_of(found, [])

    assert {aspect.mean for aspect in figures.aspects} == {4.0}


def test_growth_asks_as_often_for_many_pairs():
    pair = finish(pair_of())
    client = Client()
    client.force_login(pair.user)

    assert_same_queries(lambda: client.get(address("initial_detail", pair.pk)), lambda: finish(pair_of()))
