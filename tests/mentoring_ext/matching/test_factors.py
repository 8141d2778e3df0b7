import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_ext.matching import rules
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, FACTORS, NEUTRAL, ONE, parts, score, score_with_parts
from mentoring_ext.matching.facts import Facts, Sides

A = frozenset


def value_of(factor, mentee, mentor):
    """Return the factor's value of one pair, None where it is not known."""
    values, known = FACTORS[factor](Sides([Facts(1, **mentee)], [Facts(2, **mentor)]))
    return round(float(values[0, 0]), 3) if known[0, 0] else None


@pytest.mark.parametrize(
    ("factor", "mentee", "mentor", "value"),
    [
        ("style", {"styles": (1, 1, 1, 1)}, {"styles": (5, 5, 5, 5)}, 0),
        ("style", {"styles": (1, 3, 1, 1)}, {"styles": (3, 1, 3, 3)}, 0.5),
        ("style", {"styles": (2, 4, 1, None)}, {"styles": (2, 4, 1, 5)}, 1),
        ("style", {"styles": (2, None, None, None)}, {"styles": (None, 2, 2, 2)}, None),
        ("interests", {"interests": A("ab")}, {"interests": A("cd")}, 0),
        ("interests", {"interests": A("abcd")}, {"interests": A("abxy")}, 0.5),
        ("interests", {"interests": A("ab")}, {"interests": A("ab")}, 1),
        ("interests", {"interests": A("ab")}, {}, None),
        ("skills", {"levels": {"web": 0}}, {"levels": {"web": 0}}, 0),
        ("skills", {"levels": {"web": 0, "mail": 0}}, {"levels": {"web": 4}}, 0.5),
        ("skills", {"levels": {"web": 0, "mail": 4}}, {"levels": {"web": 4}}, 1),
        ("skills", {"levels": {"mail": 4}}, {"levels": {"web": 4}}, None),
        ("skills", {"levels": {"mail": 1}}, {}, None),
        ("area", {"areas": A(["arts.music"])}, {"areas": A(["office.shop"])}, 0),
        ("area", {"areas": A(["arts.music"])}, {"areas": A(["arts.film"])}, 0.5),
        ("area", {"areas": A(["arts.music"])}, {"areas": A(["arts.music", "office.shop"])}, 1),
        ("area", {}, {"areas": A(["arts.music"])}, None),
        ("needs", {"support": A("ab")}, {"support": A("cd")}, 0),
        ("needs", {"support": A("ab"), "guidance": 1}, {"support": A("ac"), "guidance": 3}, 0.5),
        ("needs", {"support": A("ab"), "guidance": 5}, {"support": A("abc"), "guidance": 5}, 1),
        ("needs", {"guidance": 1}, {"guidance": 5}, 0),
        ("needs", {}, {"guidance": 5}, None),
        ("experience", {}, {"experience": 0}, 0),
        ("experience", {"motives": A("a")}, {"experience": 0, "motives": A("a")}, 0.5),
        ("experience", {"motives": A("a")}, {"experience": 7, "motives": A("ab")}, 1),
        ("experience", {}, {}, None),
        ("culture", {"languages": A(["el"])}, {"languages": A(["de"])}, 0),
        (
            "culture",
            {"first_language": "el", "languages": A(["el", "en"])},
            {"first_language": "de", "languages": A(["de", "en"])},
            0.5,
        ),
        (
            "culture",
            {"first_language": "el", "languages": A(["el"])},
            {"first_language": "el", "languages": A(["el"])},
            1,
        ),
        ("culture", {"religion": "None ", "contexts": A("ab")}, {"religion": "none", "contexts": A("a")}, 0.75),
        ("culture", {"religion": "x"}, {}, None),
        ("age", {"birth_year": 1970}, {"birth_year": 1990}, 0),
        ("age", {"birth_year": 1990}, {"birth_year": 1990}, 0.5),
        ("age", {"birth_year": 1990}, {"birth_year": 1985}, 0.75),
        ("age", {"birth_year": 1990}, {"birth_year": 1960}, 1),
        ("age", {"birth_year": 1990}, {}, None),
        ("gender", {"gender": "woman", "mixed_gender": "rather_not"}, {"gender": "man"}, 0),
        ("gender", {"gender": "woman", "mixed_gender": "yes"}, {"gender": "man"}, 0.5),
        ("gender", {"gender": "woman", "mixed_gender": "no"}, {"gender": "woman"}, 1),
        ("gender", {"gender": "woman"}, {}, None),
        ("place", {"online": True, "in_person": False}, {"online": False, "in_person": True}, 0),
        ("place", {"hours": A([9, 10])}, {"hours": A([9, 10, 11])}, 0.5),
        ("place", {"online": False, "in_person": True}, {"online": False, "in_person": True, "town": "Graz"}, 0.5),
        (
            "place",
            {"online": False, "in_person": True, "town": "graz", "access": A("q")},
            {"online": True, "in_person": True, "town": "Graz", "access": A("q")},
            1,
        ),
        ("place", {"access": A("q")}, {}, None),
        ("objectives", {"objectives": A("ab")}, {"objectives": A("c")}, 0),
        ("objectives", {"objectives": A("ab")}, {"objectives": A("ac")}, 0.5),
        ("objectives", {"objectives": A("ab")}, {"objectives": A("abc")}, 1),
        ("objectives", {"objectives": A("ab")}, {}, None),
    ],
)
def test_a_factor_is_0_half_and_1_where_its_docstring_says(factor, mentee, mentor, value):
    assert value_of(factor, mentee, mentor) == value


codes = st.frozensets(st.sampled_from(["a.x", "a.y", "b.x", "c.z"]))
steps = st.none() | st.integers(1, 5)


def people(key):
    return st.builds(
        Facts,
        key=st.just(key),
        styles=st.tuples(steps, steps, steps, steps),
        interests=codes,
        levels=st.dictionaries(st.sampled_from(["web", "mail"]), st.integers(0, 4)),
        areas=codes,
        support=codes,
        guidance=steps,
        experience=st.none() | st.integers(0, 4),
        motives=codes,
        first_language=st.sampled_from(["", "el", "de"]),
        languages=st.frozensets(st.sampled_from(["el", "de"])),
        contexts=codes,
        culture=st.sampled_from(["", "x", "y"]),
        birth_year=st.none() | st.integers(1930, 2005),
        gender=st.sampled_from(["", "woman", "man"]),
        mixed_gender=st.sampled_from(["", "yes", "rather_not", "no"]),
        hours=st.frozensets(st.integers(8, 14)),
        online=st.none() | st.booleans(),
        in_person=st.none() | st.booleans(),
        town=st.sampled_from(["", "Graz", "Linz"]),
        access=codes,
        objectives=codes,
        capacity=st.integers(0, 3),
    )


sides = st.builds(Sides, st.lists(people(1), max_size=4), st.lists(people(2), max_size=3))
weights = st.fixed_dictionaries({name: st.integers(0, 5) for name in FACTORS}).filter(lambda w: any(w.values()))


@given(sides, weights)
@settings(max_examples=100, deadline=None)
def test_the_parts_add_up_to_the_score_exactly_and_stay_between_0_and_1(sides, weights):
    scored = score_with_parts(sides, weights)

    assert scored.scores.tolist() == score(sides, weights).tolist()
    assert ((scored.scores >= 0) & (scored.scores <= ONE)).all()
    for row, column in np.ndindex(sides.shape):
        found = parts(scored.values[:, row, column].tolist(), scored.points[:, row, column].tolist(), weights)
        known = any(part.value is not None and part.weight for part in found)
        assert sum(part.points for part in found) == (scored.scores[row, column] if known else 0)
        assert all(part.points <= part.most for part in found)
        assert known or scored.scores[row, column] == NEUTRAL


def test_the_weight_of_an_unknown_factor_is_shared_out():
    mentee, mentor = Facts(1, interests=A("ab")), Facts(2, interests=A("ab"))

    scored = score_with_parts(Sides([mentee], [mentor]), DEFAULT_WEIGHTS)

    assert scored.scores.tolist() == [[ONE]]


def test_needs_style_and_interests_weigh_more_than_age_and_gender():
    light = max(DEFAULT_WEIGHTS["age"], DEFAULT_WEIGHTS["gender"])

    assert min(DEFAULT_WEIGHTS[name] for name in ("style", "interests", "needs", "skills")) > light


@pytest.mark.parametrize(
    ("weights", "text"),
    [
        ({"style": 6}, "0 to 5"),
        ({"style": 0.5}, "0 to 5"),
        ({"style": 0}, "at least one|At least one"),
        ({"x": 1}, "No such"),
    ],
)
def test_weights_are_checked(weights, text):
    with pytest.raises(ValueError, match=text):
        score(Sides([Facts(1)], [Facts(2)]), weights)


FINE = {"languages": A(["en"]), "hours": A([9, 10])}


@pytest.mark.parametrize(
    ("mentee", "mentor", "broken"),
    [
        ({}, {"capacity": 1}, []),
        ({"languages": A(["el"])}, {"capacity": 1}, [rules.LANGUAGE]),
        ({"hours": A([9, 11])}, {"capacity": 1}, [rules.AVAILABILITY]),
        ({"hours": A([23, 24])}, {"capacity": 1, "hours": A([23, 24])}, [rules.AVAILABILITY]),
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


def test_a_forbidden_pair_is_named():
    languages, hours = A(["en"]), A([9, 10])
    pair = Sides([Facts(1, languages=languages, hours=hours)], [Facts(2, languages=languages, hours=hours, capacity=1)])

    assert rules.check(pair, forbidden=[(0, 0)]).rules_against(0, 0) == [rules.FORBIDDEN]
