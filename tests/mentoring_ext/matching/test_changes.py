"""The smallest changes that would place somebody, against trying every change on its own."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_ext.matching.changes import SmallChange, advice_for, as_kept, as_read
from mentoring_ext.matching.changes.meeting import fewest_hours
from mentoring_ext.matching.encoding import free_starts
from mentoring_ext.matching.facts import Facts, Sides
from mentoring_ext.matching.kept import Options, RunInput, Settled
from mentoring_ext.matching.outcomes import answer_if_any
from mentoring_ext.matching.solving import tables_for
from tests.mentoring_ext.matching.trying_all import best_by_trying_all

MONDAY, TUESDAY = frozenset([9, 10]), frozenset([33, 34])
LONG = 60.0
A = frozenset


def person(key, **told):
    return Facts(key, **{"languages": A(["en"]), "hours": MONDAY, "online": True, "capacity": 1, **told})


def input_of(mentees, mentors, settled=None, **options):
    sides = Sides(
        [person(1 + at, **told) for at, told in enumerate(mentees)],
        [person(101 + at, **told) for at, told in enumerate(mentors)],
    )
    return RunInput(
        sides, {"style": 1, "interests": 3, "place": 2}, Options(**{"meeting": True, **options}), settled or Settled()
    )


def advised(given_input, **asked):
    tables = tables_for(given_input)
    return advice_for(given_input, tables, answer_if_any(given_input, tables), seconds=LONG, **asked)


def helps_of(advice, kind):
    return [(each.change, each.outcome.placed) for each in advice.helps if each.change.kind == kind]


def test_one_more_place_is_said_of_every_mentor_of_the_crowd_the_best_first():
    best = {"interests": A(["music"])}
    advice = advised(input_of([best, best, best], [{}, best]))

    (waiting,) = advice.waiting
    assert (len(waiting.left), waiting.competing, waiting.mentors, waiting.places) == (1, 3, (101, 102), 2)
    assert helps_of(advice, "place") == [
        (SmallChange("place", person=102), 1),
        (SmallChange("place", person=101), 1),
    ]


def test_a_place_helps_through_a_chain():
    """The mentee left over can only go to the first mentor; the place is with the second, to whom another moves on."""
    tied = {"hours": MONDAY}
    free = {"hours": MONDAY | TUESDAY}
    advice = advised(input_of([tied, tied, free], [{"hours": MONDAY}, {"hours": TUESDAY, "capacity": 1}]))

    assert (SmallChange("place", person=101), 1) in helps_of(advice, "place")
    chain = advised(input_of([tied, free, free], [{"hours": MONDAY}, {"hours": TUESDAY}]))
    assert {change.person for change, _placed in helps_of(chain, "place")} == {101, 102}


def test_a_mentor_without_a_place_is_named_where_one_would_help():
    advice = advised(input_of([{}], [{"capacity": 0}]))

    assert helps_of(advice, "place") == [(SmallChange("place", person=101), 1)]


def test_one_hour_told_by_the_mentee_or_the_mentor_opens_a_pair():
    advice = advised(input_of([{"hours": A([9])}], [{"hours": A([9, 10])}]))

    assert helps_of(advice, "hours") == [(SmallChange("hours", person=1, other=101, hours=(10,)), 1)]
    other = advised(input_of([{"hours": A([9, 10])}], [{"hours": A([10, 40])}]))
    assert helps_of(other, "hours") == [(SmallChange("hours", person=101, other=1, hours=(9,)), 1)]


def test_hours_help_a_group_that_needs_one_in_common():
    mentees = [{"hours": MONDAY}, {"hours": MONDAY}, {"hours": A([33, 34, 10])}]
    advice = advised(input_of(mentees, [{"hours": MONDAY | TUESDAY, "capacity": 3}], common_slot=True))

    assert (SmallChange("hours", person=3, other=101, hours=(9,)), 1) in helps_of(advice, "hours")
    assert (SmallChange("option", option="common_slot"), 1) in helps_of(advice, "option")


def test_meeting_online_is_said_of_the_one_who_does_not():
    here = {"online": False, "in_person": True, "town": "Elaia"}
    advice = advised(input_of([here, here], [{"in_person": False}, {**here, "town": "Volos"}]))

    assert (SmallChange("online", person=102), 1) not in helps_of(advice, "online")
    assert (SmallChange("online", person=1), 1) in helps_of(advice, "online")
    assert (SmallChange("online", person=1, other=102, both=True), 1) in helps_of(advice, "online")
    assert helps_of(advice, "option") == [(SmallChange("option", option="meeting"), 2)]


def test_the_options_of_the_run_are_tried_one_by_one_and_together():
    given_input = input_of([{}], [{"capacity": 2, "hours": MONDAY}], minimum=2, common_slot=True)

    assert helps_of(advised(given_input), "option") == [
        (SmallChange("option", option="minimum"), 1),
        (SmallChange("option", option="minimum+common_slot"), 1),
    ]


def test_what_is_personal_or_settled_is_never_suggested_to_change():
    refuses = {"gender": "woman", "mixed_gender": "no", "hours": A([9])}
    settled = Settled(conflicts=A([(2, 101)]), vetoed=A([(3, 101)]), forbidden=A([(4, 101)]))
    given_input = input_of([refuses, {}, {}, {}], [{"gender": "man", "capacity": 9}], settled, size=9)

    assert advised(given_input).helps == []


def test_advice_is_read_as_it_was_kept():
    advice = advised(input_of([{}, {"hours": A([9])}, {"online": False}], [{"capacity": 1}]))

    assert advice.helps
    assert as_read(as_kept(advice)) == advice
    assert as_read({}) == as_read(as_kept(as_read({})))


def test_the_search_ends_when_its_time_is_over_and_says_so():
    given_input = input_of([{}] * 3, [{}])
    tables = tables_for(given_input)

    advice = advice_for(given_input, tables, answer_if_any(given_input, tables), seconds=-1)

    assert (advice.complete, advice.helps, len(advice.waiting)) == (False, [], 1)


@pytest.mark.parametrize(
    ("free", "of_others", "expected"),
    [
        ([9], [9, 10], (10,)),
        ([], [9, 10, 11], (9, 10)),
        ([9, 10], [9, 10], ()),
        ([11], [9, 10, 11], (10,)),
        ([5], [], ()),
    ],
)
def test_the_fewest_hours(free, of_others, expected):
    assert fewest_hours(frozenset(free), free_starts([of_others], 2)[0], 2) == expected


HOURS = (9, 10, 11, 33, 34)


@st.composite
def inputs(draw):
    """Up to four mentees and three mentors who differ in hours, ways to meet, places and interests."""

    def someone(places):
        return {
            "hours": draw(st.frozensets(st.sampled_from(HOURS), min_size=1)),
            "online": draw(st.sampled_from([True, True, False, None])),
            "in_person": False,
            "interests": draw(st.frozensets(st.sampled_from(["music", "film", "games"]))),
            "capacity": draw(st.integers(0, places)),
        }

    mentees = [someone(0) for _ in range(draw(st.integers(1, 4)))]
    mentors = [someone(2) for _ in range(draw(st.integers(1, 3)))]
    return input_of(mentees, mentors)


def best(given_input, tables=None):
    """Return how many can be placed and the best total, by trying every pairing."""
    tables = tables or tables_for(given_input)
    placed, _worst, total = best_by_trying_all(tables.scores / 1_000_000, tables.allowed, tables.capacity)
    return placed, total


def told(given_input, key, **facts):
    """Return the input in which one person tells something else, made without the code under test."""
    sides = [
        [replace(p, **facts) if p.key == key else p for p in side]
        for side in (given_input.sides.mentees, given_input.sides.mentors)
    ]
    return replace(given_input, sides=Sides(*sides))


def facts_of(given_input, key):
    return next(p for p in (*given_input.sides.mentees, *given_input.sides.mentors) if p.key == key)


def by_hand(given_input, change):
    if change.kind == "option":
        return replace(given_input, options=replace(given_input.options, meeting=False))
    here = facts_of(given_input, change.person)
    if change.kind == "place":
        return told(given_input, here.key, capacity=here.capacity + 1)
    if change.kind == "hours":
        return told(given_input, here.key, hours=here.hours | set(change.hours))
    if change.kind == "online_hours":
        return told(given_input, here.key, online=True, hours=here.hours | set(change.hours))
    return told(told(given_input, here.key, online=True), change.other if change.both else here.key, online=True)


@settings(max_examples=150, deadline=None)
@given(inputs())
def test_every_change_that_is_said_does_what_is_said(given_input):
    placed, total = best(given_input)

    for each in advised(given_input).helps:
        new_placed, new_total = best(by_hand(given_input, each.change))
        assert each.outcome.is_exact
        assert (each.outcome.placed, each.outcome.low) == (new_placed - placed, new_total - total)
        assert each.outcome.placed > 0


@settings(max_examples=60, deadline=None)
@given(inputs())
def test_no_single_place_hour_or_way_that_helps_is_overlooked(given_input):
    placed, _total = best(given_input)
    advice = advised(given_input)
    kinds = {
        kind: [each.change for each in advice.helps if each.change.kind == kind]
        for kind in ("place", "hours", "online")
    }

    def helped(changed_input):
        return best(changed_input)[0] > placed

    for mentor in given_input.sides.mentors:
        helps = helped(told(given_input, mentor.key, capacity=mentor.capacity + 1))
        assert helps == (SmallChange("place", person=mentor.key) in kinds["place"])
    everybody = (*given_input.sides.mentees, *given_input.sides.mentors)
    one_hour = any(
        helped(told(given_input, each.key, hours=each.hours | {hour}))
        for each, hour in product(everybody, (8, *HOURS, 12, 32, 35))
    )
    assert one_hour == any(len(change.hours) == 1 for change in kinds["hours"])
    online = {
        each.key for each in everybody if each.online is False and helped(told(given_input, each.key, online=True))
    }
    assert {change.person for change in kinds["online"] if not change.both} <= online
    assert bool(online) == any(not change.both for change in kinds["online"])


def test_at_a_programmes_size_it_is_fast_enough_for_a_page():
    random = np.random.default_rng(5)
    people = [
        {"hours": A(random.choice(np.arange(9, 60), 9).tolist()), "interests": A([str(random.integers(9))])}
        for _ in range(200)
    ]
    mentors = [{**each, "capacity": 2} for each in people[:50]]

    advice = advised(input_of(people[50:], mentors, size=2))

    assert advice.complete
    assert {each.change.kind for each in advice.helps} == {"place", "hours"}


FAR = {"online": False, "in_person": True, "town": "Volos"}
HERE = {"in_person": True, "town": "Elaia"}


def test_hours_and_a_way_to_meet_are_suggested_at_once_where_neither_alone_helps():
    advice = advised(input_of([{**FAR, "hours": A([33])}], [{**HERE, "hours": TUESDAY}]))

    assert helps_of(advice, "hours") == helps_of(advice, "online") == []
    assert helps_of(advice, "online_hours") == [
        (SmallChange("online_hours", person=1, other=101, hours=(34,)), 1),
    ]
    assert as_read(as_kept(advice)) == advice


def test_the_mentor_is_asked_where_the_mentor_lacks_both():
    advice = advised(input_of([{**HERE, "hours": TUESDAY}], [{**FAR, "hours": A([33])}]))

    assert helps_of(advice, "online_hours") == [
        (SmallChange("online_hours", person=101, other=1, hours=(34,)), 1),
    ]


def test_nothing_is_asked_at_once_where_one_change_is_enough():
    """The first mentor would need both, the second only an hour: they can meet in their town."""
    advice = advised(input_of([{**FAR, "hours": A([33])}], [{**HERE, "hours": TUESDAY}, {**FAR, "hours": TUESDAY}]))

    assert (SmallChange("hours", person=1, other=102, hours=(34,)), 1) in helps_of(advice, "hours")
    assert helps_of(advice, "online_hours") == []


def test_a_group_without_an_hour_for_one_more_needs_both():
    """The mentee's hours fit the mentor's, and not those of the group that is there."""
    there = {"hours": MONDAY}
    late = {**FAR, "hours": TUESDAY}
    mentor = {**HERE, "hours": MONDAY | TUESDAY, "capacity": 2}
    advice = advised(input_of([there, late], [mentor], common_slot=True))

    assert (SmallChange("online_hours", person=2, other=101, hours=(9, 10)), 1) in helps_of(advice, "online_hours")
