"""Pairing two files: what they say, what is wrong in them, and what comes of it."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, FACTORS
from mentoring_ext.matching.facts import Further
from mentoring_ext.matching.files.columns import free_hours, mentee_columns, mentor_columns
from mentoring_ext.matching.files.reading import read_people
from mentoring_ext.matching.files.weights import read_weights
from tests.mentoring_ext.matching.two_files import MENTEES, MENTORS, USUAL, as_csv, as_xlsx, filled, match, pairs

DOCS = Path("docs/pairing.md")


def test_two_files_become_pairs_with_parts_that_add_up(folder, capsys):
    result = match(folder)

    assert pairs(result) == {"m1": "anna", "m2": "boris", "m3": "carla", "m4": "anna"}
    assert all(pair["score"] == sum(part["points"] for part in pair["parts"]) for pair in result["pairs"])
    assert [left["mentee"] for left in result["left_over"]] == ["m5"]
    assert result["left_over"][0]["excluded_by"] == {"language": 3}
    assert result["total"] == result["bound"] and result["optimal"]
    assert capsys.readouterr().out.startswith("4 mentees in 3 groups, 1 left over; total")


def test_personal_factors_stand_together(folder):
    parts = match(folder)["pairs"][0]["parts"]

    assert not {"age", "gender", "culture"} & {part["factor"] for part in parts}
    assert parts[-1].keys() == {"factor", "weight", "points"}


def test_xlsx_says_the_same_as_csv(folder):
    (folder / "mentors.xlsx").write_bytes(as_xlsx(filled(MENTORS)))
    (folder / "mentees.xlsx").write_bytes(as_xlsx(filled(MENTEES)))

    found = match(folder, mentors="mentors.xlsx", mentees="mentees.xlsx")

    assert found["pairs"] == match(folder)["pairs"]
    call_command("verify_match", str(folder / "result.json"))


def test_the_same_input_gives_the_same_file(folder):
    match(folder, "--seed", "7")
    first = (folder / "result.json").read_bytes()

    match(folder, "--seed", "7")

    assert (folder / "result.json").read_bytes() == first


def test_a_seed_draws_lots_among_equals(folder):
    equal = [{"id": f"m{number}", **USUAL} for number in range(6)]
    (folder / "mentees.csv").write_bytes(as_csv(equal))

    found = {json.dumps(pairs(match(folder, "--seed", str(seed))), sort_keys=True) for seed in range(4)}

    assert len(found) > 1


def test_weights_and_further_factors_come_from_a_file(folder):
    (folder / "weights.json").write_text('{"interests": 0, "car": {"weight": 5, "rule": "same"}}')
    for name, people in (("mentors", MENTORS), ("mentees", MENTEES)):
        rows = [{**row, "car": "yes" if row["id"] in ("m2", "anna") else "no"} for row in filled(people)]
        (folder / f"{name}.csv").write_bytes(as_csv(rows))

    result = match(folder, "--weights", str(folder / "weights.json"))

    assert pairs(result)["m2"] == "anna"
    assert "car" in {part["factor"] for part in result["pairs"][0]["parts"]}
    call_command("verify_match", str(folder / "result.json"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[]", "look like this"),
        ('{"style": 6}', "style: a weight is a whole number"),
        ('{"style": true}', "style: a weight"),
        ('{"stile": 1}', "stile: there is no such factor"),
        ('{"car": {"weight": 1, "rule": "alike"}}', "car: the rule is one of"),
        ('{"car": {"rule": "same"}}', "car: a further factor has weight"),
        ('{"car": {"weight": 1, "rule": "near", "far": 0}}', "car: far is"),
        ('{"hours": {"weight": 1}}', "hours: a column or factor"),
        (json.dumps(dict.fromkeys(FACTORS, 0)), "At least one"),
        ("{", "Expecting"),
    ],
)
def test_wrong_weights_are_said(folder, text, fault):
    (folder / "weights.json").write_text(text)

    with pytest.raises(CommandError, match=fault):
        match(folder, "--weights", str(folder / "weights.json"))
    assert not (folder / "result.json").exists()


def test_weights_can_be_read_again():
    weights = read_weights('{"age": 5, "car": {"weight": 2, "rule": "near", "far": 3}}')

    assert weights.weights == {**DEFAULT_WEIGHTS, "age": 5, "car": 2}
    assert read_weights(json.dumps(weights.as_data())) == weights


def test_every_error_is_told_by_file_row_and_column_and_nothing_is_written(folder, capsys):
    wrong = [
        {"id": "anna", "style_words": "6", "interests": "musik", "hours": "Mon 9-12"},
        {"id": "Anna", "capacity": "many", "online": "perhaps"},
        {"id": "", "hours": "Mon 22-25"},
    ]
    (folder / "mentors.csv").write_bytes(as_csv(wrong))
    (folder / "mentees.csv").write_bytes(as_csv([{"id": "m1", "fixed": "nobody; anna", "shoe": "43"}]))

    with pytest.raises(SystemExit) as stopped:
        match(folder)

    assert stopped.value.code == 1
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert {(error["file"], error["row"], error["column"]) for error in errors} >= {
        ("mentors", 2, "style_words"),
        ("mentors", 2, "interests"),
        ("mentors", 3, "capacity"),
        ("mentors", 3, "online"),
        ("mentors", 4, "hours"),
        ("mentees", 1, "shoe"),
        ("mentees", 2, "fixed"),
    }
    assert not (folder / "result.json").exists()


def test_the_same_person_twice_or_without_a_name_is_an_error():
    mentors = as_csv([{"id": "anna", **USUAL}, {"id": "ANNA", **USUAL}, {"id": "", **USUAL}])

    found = read_people(BytesIO(mentors), BytesIO(as_csv(filled(MENTEES))), size=3, hours=2)

    assert [(error.file, error.error.row, error.error.column) for error in found.errors] == [
        ("mentors", 3, "id"),
        ("mentors", 4, "id"),
    ]


def test_the_same_person_twice_is_told_beside_the_other_errors_of_the_rows():
    """Row 3 repeats row 2, and both have another error; row 5 repeats a row that is right."""
    rows = [{"id": "anna", "capacity": "x"}, {"id": "Anna", "online": "perhaps"}, {"id": "boris"}, {"id": "boris"}]
    mentees = as_csv([{"id": "m1", **USUAL, "fixed": "anna"}])

    found = read_people(BytesIO(as_csv([USUAL | row for row in rows])), BytesIO(mentees), size=3, hours=2)

    assert [(error.file, error.error.row, error.error.column) for error in found.errors] == [
        ("mentors", 2, "capacity"),
        ("mentors", 3, "online"),
        ("mentors", 3, "id"),
        ("mentors", 5, "id"),
    ]


def test_the_same_person_twice_is_told_by_the_column_that_names_the_person():
    rows = [
        {key: value for key, value in USUAL.items() if key != "id"} | {"username": name} for name in ("anna", "ANNA")
    ]

    found = read_people(BytesIO(as_csv(rows)), BytesIO(as_csv(filled(MENTEES))), size=3, hours=2)

    assert [(error.error.row, error.error.column) for error in found.errors] == [(3, "username")]


def test_a_file_that_is_no_table_is_an_error(folder, capsys):
    (folder / "mentors.csv").write_bytes(b"")

    with pytest.raises(SystemExit):
        match(folder)

    assert [error["file"] for error in json.loads(capsys.readouterr().out)["errors"]] == ["mentors"]


@pytest.mark.parametrize(
    ("ties", "mentor"),
    [
        ({"fixed": "boris"}, "boris"),
        ({"forbidden": "anna"}, "carla"),
        ({"vetoed": "anna; carla"}, "boris"),
        ({"conflict": "ANNA, boris"}, "carla"),
    ],
)
def test_what_is_settled_about_pairs_stands_in_the_mentees_file(folder, ties, mentor):
    rows = [{"id": "m1", "interests": "music; film; crafts", **ties}]
    (folder / "mentees.csv").write_bytes(as_csv(filled(rows)))

    assert pairs(match(folder)) == {"m1": mentor}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"fixed": "anna", "languages": "de"}, "no common language"),
        ({"fixed": "anna; boris"}, "Only one mentor"),
        ({"fixed": "anna", "conflict": "anna"}, "a conflict of interest"),
    ],
)
def test_a_fixed_pair_is_no_way_round_the_rules(folder, capsys, row, fault):
    (folder / "mentees.csv").write_bytes(as_csv(filled([{"id": "m1", **row}])))

    with pytest.raises(SystemExit):
        match(folder)

    assert fault in capsys.readouterr().out


def test_more_fixed_than_places_is_an_error(folder, capsys):
    rows = [{"id": "m1", "fixed": "carla"}, {"id": "m2", "fixed": "carla"}]
    (folder / "mentees.csv").write_bytes(as_csv(filled(rows)))

    with pytest.raises(SystemExit):
        match(folder)

    assert json.loads(capsys.readouterr().out)["errors"][0]["row"] == 3


def test_a_way_to_meet_is_asked_for_by_a_flag_only(folder):
    rows = [row | {"online": "no", "in_person": "yes", "town": "Volos"} for row in MENTORS]
    (folder / "mentors.csv").write_bytes(as_csv(filled(rows)))
    rows = [row | {"online": "no", "in_person": "yes", "town": "Elaia"} for row in MENTEES]
    (folder / "mentees.csv").write_bytes(as_csv(filled(rows)))

    without, asked = match(folder), match(folder, "--way-to-meet")
    call_command("verify_match", str(folder / "result.json"))

    assert (len(without["pairs"]), "meeting" in without["options"]) == (4, False)
    assert (len(asked["pairs"]), asked["options"]["meeting"]) == (0, True)
    assert asked["left_over"][0]["excluded_by"]["meeting"] == len(MENTORS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--size", "0"), "the size cannot be 0"),
        (("--size", "20001"), "the size cannot be 20001"),
        (("--minimum", "4"), "from 1 to its size, 3, and not 4"),
        (("--minutes", "0"), "A session lasts"),
        (("--minutes", "1500"), "A session lasts"),
    ],
)
def test_options_that_mean_nothing_are_refused(folder, arguments, said):
    with pytest.raises(CommandError, match=said):
        match(folder, *arguments)


def test_a_missing_file_is_said(folder):
    with pytest.raises(CommandError, match="Cannot read"):
        match(folder, mentors="nowhere.csv")


def test_every_group_shares_a_slot_in_words(folder):
    (folder / "mentors.csv").write_bytes(as_csv(filled([{**MENTORS[0], "hours": "Mon 9-12; Wed 16-18"}])))
    (folder / "mentees.csv").write_bytes(as_csv(filled([{"id": "m1"}, {"id": "m2", "hours": "Mon 10-12"}])))

    (group,) = match(folder, "--common-slot", "--minutes", "120")["groups"]

    assert (group["mentees"], group["slot"], group["slot_in_words"]) == (["m1", "m2"], 10, "Monday 10:00–12:00")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mon 9-11", [9, 10]),
        ("monday 9:00–11:00; We 0-1", [9, 10, 48]),
        ("Sun 23-24 8-9", [152, 167]),
        ("0; 167", [0, 167]),
    ],
)
def test_free_hours_are_written_by_day_or_by_number(text, hours):
    assert sorted(free_hours(text)) == hours


def test_docs_name_every_column_of_the_files():
    table = re.findall(r"^\| `([a-z_…]+)` \| (both|mentors|mentees) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    mentors = {column.name for column in mentor_columns()}
    mentees = {column.name for column in mentee_columns()}

    told = {"both": mentors & mentees, "mentors": mentors - mentees, "mentees": mentees - mentors}
    assert {side: {name for name, file in table if file == side} for side in told} == told


def test_further_factors_are_columns_of_both_files():
    further = [Further("car"), Further("tools", "shared"), Further("years", "near")]
    people = filled([{"id": "a", "car": "Yes", "tools": "Saw, axe", "years": "2,5"}])

    found = read_people(BytesIO(as_csv(people)), BytesIO(as_csv(people)), size=3, hours=2, further=further)

    assert found.sides.mentors[0].extra == {"car": "Yes", "tools": frozenset({"saw", "axe"}), "years": 2.5}
