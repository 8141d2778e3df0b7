from dataclasses import replace

import pytest

from bench.invented import invented_sides
from mentoring_ext.matching import rules
from mentoring_ext.matching.encoding import hours_for
from mentoring_ext.matching.facts import Facts, Sides, Ties
from mentoring_ext.matching.kept import Options, RunInput, pack, text_of, unpack
from mentoring_ext.matching.words import RULE_WORDS

A = frozenset

FINE = {"languages": A(["en"]), "hours": A([9, 10])}


@pytest.mark.parametrize(
    ("mentee", "mentor", "broken"),
    [
        ({}, {"capacity": 1}, []),
        ({"languages": A(["el"])}, {"capacity": 1}, [rules.LANGUAGE]),
        ({"hours": A([9, 11])}, {"capacity": 1}, [rules.HOURS]),
        ({"hours": A([23, 24])}, {"capacity": 1, "hours": A([23, 24])}, [rules.HOURS]),
        ({"gender": "woman"}, {"capacity": 1, "gender": "man"}, [rules.GENDER]),
        ({"gender": "woman", "mixed_gender": "no"}, {"capacity": 1}, [rules.GENDER]),
        ({"gender": "woman", "mixed_gender": "no"}, {"capacity": 1, "gender": "woman"}, []),
        ({"gender": "woman", "mixed_gender": "rather_not"}, {"capacity": 1, "gender": "man"}, []),
        ({"languages": A()}, {"capacity": 0}, [rules.LANGUAGE, rules.CAPACITY]),
    ],
)
def test_rules_name_what_forbids_a_pair(mentee, mentor, broken):
    possible = rules.check(Sides([Facts(1, **{**FINE, **mentee})], [Facts(2, **{**FINE, **mentor})]))

    assert possible.rules_against(0, 0) == broken
    assert possible.allowed[0, 0] == (not broken)


@pytest.mark.parametrize(
    ("mentee", "mentor", "excluded"),
    [
        ({}, {}, False),
        ({"online": False}, {}, False),
        ({"online": False}, {"online": True}, False),
        ({"online": False, "in_person": False}, {}, True),
        ({"online": False, "in_person": True, "town": "Elaia"}, {"in_person": False}, True),
        ({"online": False, "in_person": True, "town": "Elaia"}, {"in_person": True, "town": " elaia"}, False),
        ({"online": False, "in_person": True, "town": "Elaia"}, {"in_person": True, "town": "Volos"}, True),
        ({"online": False, "in_person": True, "town": "Elaia"}, {"town": ""}, False),
        ({"online": True, "in_person": False}, {"online": False, "in_person": True}, True),
        ({"online": True}, {"online": True, "in_person": False}, False),
    ],
)
def test_without_a_way_to_meet_a_pair_is_left_out_where_that_is_asked(mentee, mentor, excluded):
    sides = Sides([Facts(1, **{**FINE, **mentee})], [Facts(2, **{**FINE, "capacity": 1, **mentor})])

    asked, not_asked = (rules.check(sides, meeting=meeting).rules_against(0, 0) for meeting in (True, False))

    assert asked == ([rules.MEETING] if excluded else [])
    assert not_asked == []


def test_an_input_from_before_the_rule_keeps_its_fingerprint():
    before = RunInput(sides_of(), {"style": 1}, Options())

    assert b"meeting" not in text_of(before)
    assert b"meeting" in text_of(replace(before, options=Options(meeting=True)))
    assert unpack(pack(before)).digest == before.digest


def sides_of(mentees=1, mentors=1, **fields):
    values = {**FINE, "capacity": 1, **fields}
    people = [Facts(key, **values) for key in range(1, mentees + mentors + 1)]
    return Sides(people[:mentees], people[mentees:])


@pytest.mark.parametrize(
    ("ties", "rule"),
    [
        (Ties(conflicts=A([(2, 3)])), rules.CONFLICT),
        (Ties(forbidden=A([(2, 3)])), rules.FORBIDDEN),
        (Ties(vetoed=A([(2, 3)])), rules.VETOED),
    ],
)
def test_what_is_settled_about_a_pair_holds_for_that_pair_alone(ties, rule):
    found = rules.exclusions(sides_of(2, 2), ties=ties)

    assert found.pop(rule).tolist() == [[False, False], [True, False]]
    assert not any(other.any() for other in found.values())


def test_ties_of_people_who_are_not_there_are_left_out():
    ties = Ties(conflicts=A([(1, 99), (99, 2)]), fixed={1: 99, 99: 2})

    assert rules.check(sides_of(), ties=ties).allowed.all()
    assert sides_of().fixed(ties) == {}


def test_fixed_pairs_are_named_by_row_and_column():
    assert sides_of(2, 2).fixed(Ties(fixed={2: 3, 1: 4})) == {0: 1, 1: 0}


def test_every_rule_has_words():
    assert set(rules.RULES) <= set(RULE_WORDS)


def test_a_table_of_many_people_says_what_each_pair_says():
    sides = invented_sides(300, 20)
    possible = rules.check(sides, hours=2)

    for row, column in [(0, 0), (255, 3), (256, 19), (299, 0), (17, 11)]:
        assert possible.broken[row, column] == rules.check(sides.pair(row, column), hours=2).broken[0, 0]


def starts_of(hours, length):
    mentees, mentors = Sides([Facts(1, hours=A(hours))], [Facts(2)]).starts(length)
    assert not mentors.any()
    return mentees[0].nonzero()[0].tolist()


@pytest.mark.parametrize(
    ("hours", "length", "starts"),
    [
        ([9, 10, 11], 1, [9, 10, 11]),
        ([9, 10, 11], 2, [9, 10]),
        ([9, 10, 11], 3, [9]),
        ([9, 11], 2, []),
        ([22, 23, 24, 25], 2, [22, 24]),
        ([167, 0], 2, []),
        ([167], 1, [167]),
        (range(168), 24, range(0, 168, 24)),
    ],
)
def test_a_session_starts_where_all_its_hours_are_free_on_one_day(hours, length, starts):
    assert starts_of(hours, length) == list(starts)


@pytest.mark.parametrize("length", [0, 25])
def test_a_session_lasts_an_hour_to_a_day(length):
    with pytest.raises(ValueError, match="1 to 24"):
        starts_of([9], length)


@pytest.mark.parametrize(("minutes", "hours"), [(15, 1), (60, 1), (90, 2), (120, 2), (121, 3)])
def test_a_session_needs_whole_hours_of_the_grid(minutes, hours):
    assert hours_for(minutes) == hours
