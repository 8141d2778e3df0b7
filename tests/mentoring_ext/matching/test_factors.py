import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.invented import invented_sides
from mentoring_ext.matching.factors import (
    DEFAULT_WEIGHTS,
    FACTORS,
    NEUTRAL,
    ONE,
    Prepared,
    as_units,
    explain,
    parts,
    score,
    score_with_parts,
    weigh,
)
from mentoring_ext.matching.facts import Facts, Further, Sides
from tests.mentoring_ext.matching import reference

A = frozenset


def value_of(factor, mentee, mentor):
    """Return the factor's value of one pair, None where it is not known."""
    compared = FACTORS[factor](Sides([Facts(1, **mentee)], [Facts(2, **mentor)]))
    everybody = slice(None)
    value, known = compared.values(everybody, everybody)[0, 0], compared.known(everybody, everybody)[0, 0]
    return round(float(value), 3) if known else None


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
years = st.integers(0, 9)


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
        extra=st.fixed_dictionaries(
            {}, optional={"drives": st.sampled_from(["Yes", "no"]), "tools": codes, "teach": codes, "years": years}
        ),
    )


FURTHER = [
    Further("drives", "same"),
    Further("tools", "shared"),
    Further("teach", "covered"),
    Further("years", "near", far=4),
]
NAMES = [*FACTORS, *(asked.name for asked in FURTHER)]
mentees, mentors = st.lists(people(1), max_size=4), st.lists(people(2), max_size=3)
sides = st.builds(Sides, mentees, mentors, st.just(FURTHER))
weights = st.fixed_dictionaries({name: st.integers(0, 5) for name in NAMES}).filter(lambda w: any(w.values()))


@given(sides, weights)
@settings(max_examples=100, deadline=None)
def test_the_parts_add_up_to_the_score_exactly_and_stay_between_0_and_1(sides, weights):
    scored = score_with_parts(sides, weights)

    assert scored.scores.tolist() == score(sides, weights).tolist()
    assert ((scored.scores >= 0) & (scored.scores <= ONE)).all()
    for row, column in np.ndindex(sides.shape):
        found = parts(scored.values[:, row, column].tolist(), scored.points[:, row, column].tolist(), weights, NAMES)
        assert found == explain(sides, weights, row, column)
        known = any(part.value is not None and part.weight for part in found)
        assert sum(part.points for part in found) == (scored.scores[row, column] if known else 0)
        assert all(part.points <= part.most for part in found)
        assert known or scored.scores[row, column] == NEUTRAL


def test_the_weight_of_an_unknown_factor_is_shared_out():
    mentee, mentor = Facts(1, interests=A("ab")), Facts(2, interests=A("ab"))

    scored = score_with_parts(Sides([mentee], [mentor]), DEFAULT_WEIGHTS)

    assert scored.scores.tolist() == [[ONE]]
    told = {part.factor: part for part in explain(Sides([mentee], [mentor]), DEFAULT_WEIGHTS, 0, 0)}
    assert (told["interests"].points, told["interests"].most) == (ONE, ONE)
    assert told["style"].value is None and told["style"].most == 0


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


@given(sides, weights)
@settings(max_examples=100, deadline=None)
def test_tables_say_what_a_plain_comparison_of_two_people_says(sides, weights):
    values = Prepared(sides).values()

    for row, column in np.ndindex(sides.shape):
        mentee, mentor = sides.mentees[row], sides.mentors[column]
        for name, found in zip(NAMES, values[:, row, column], strict=True):
            plain = reference.value_of(name, mentee, mentor, FURTHER)
            assert (found == -1) if plain is None else abs(found - plain * ONE) <= 1, (name, mentee, mentor)


@given(sides, weights)
@settings(max_examples=50, deadline=None)
def test_a_score_is_the_weighted_mean_of_what_is_known(sides, weights):
    scores = score(sides, weights)

    for row, column in np.ndindex(sides.shape):
        plain = reference.score_of(sides.mentees[row], sides.mentors[column], weights, FURTHER)
        assert abs(scores[row, column] - plain * ONE) <= 2


def test_many_people_are_scored_tile_by_tile_as_one_by_one():
    sides = invented_sides(300, 1100)
    scores = score(sides, DEFAULT_WEIGHTS)

    for row, column in [(0, 0), (127, 1023), (128, 1024), (299, 1099)]:
        found = explain(sides, DEFAULT_WEIGHTS, row, column)
        assert scores[row, column] == sum(part.points for part in found)


def test_other_weights_are_answered_from_kept_values():
    prepared = Prepared(invented_sides(30, 10))
    values, other = prepared.values(), DEFAULT_WEIGHTS | {"style": 0, "age": 5}

    assert (weigh(values, prepared.weights(other)) == score(prepared, other)).all()


def test_the_solver_finds_the_millionths_again():
    scores = np.arange(0, ONE + 1, 7, dtype=np.int32).reshape(1, -1)

    units = as_units(scores.copy())

    assert units.dtype == np.float32
    assert (np.rint(units.astype(float) * ONE) == scores).all()


@pytest.mark.parametrize(
    ("rule", "mentee", "mentor", "value"),
    [
        ("same", "Yes", " yes", 1),
        ("same", "yes", "no", 0),
        ("same", A("ab"), A("ba"), 1),
        ("same", "yes", "", None),
        ("shared", A("abcd"), A("abxy"), 0.5),
        ("shared", A("ab"), A("c"), 0),
        ("covered", A("ab"), A("acd"), 0.5),
        ("covered", A("ab"), A("abc"), 1),
        ("near", 3, 3.0, 1),
        ("near", 3, 5, 0.5),
        ("near", 3, 7, 0),
        ("near", 3, 70, 0),
        ("near", 3, "seven", None),
        ("near", 3, None, None),
    ],
)
def test_a_further_factor_compares_by_its_rule(rule, mentee, mentor, value):
    people = [Facts(1, extra={"x": mentee})], [Facts(2, extra={} if mentor is None else {"x": mentor})]
    sides = Sides(*people, [Further("x", rule, far=4)])

    assert explain(sides, {"x": 3}, 0, 0)[-1].value == value


def test_a_further_factor_counts_beside_the_eleven():
    mentee, mentor = Facts(1, interests=A("ab"), extra={"x": "no"}), Facts(2, interests=A("ab"), extra={"x": "yes"})
    sides = Sides([mentee], [mentor], [Further("x")])

    assert score(sides, {"interests": 3, "x": 1}).tolist() == [[750_000]]
    with pytest.raises(ValueError, match="No such factor: x"):
        score(Sides([mentee], [mentor]), {"interests": 3, "x": 1})


def test_two_factors_of_one_name_are_refused():
    with pytest.raises(ValueError, match="the name style"):
        Prepared(Sides([Facts(1)], [Facts(2)], [Further("style")]))
