"""The proof beside the result of two files: repeated, and refused after any change."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.mentoring_ext.matching.two_files import MENTEES, as_csv, filled, match


@pytest.mark.parametrize(
    "asked",
    [
        (),
        ("--objective", "fair"),
        ("--minimum", "2"),
        ("--common-slot",),
        ("--common-slot", "--minimum", "2"),
        ("--avoid-lone",),
        ("--avoid-lone", "--common-slot"),
    ],
)
def test_the_proof_is_repeated(folder, capsys, asked):
    match(folder, *asked)

    call_command("verify_match", str(folder / "result.json"))

    assert "Confirmed" in capsys.readouterr().out


def test_the_proof_is_repeated_with_files_that_moved(folder, capsys):
    match(folder)
    moved = folder / "elsewhere.csv"
    (folder / "mentors.csv").rename(moved)

    call_command("verify_match", str(folder / "result.json"), "--mentors", str(moved))

    assert "Confirmed" in capsys.readouterr().out


def pair_of(result, mentee):
    return next(pair for pair in result["pairs"] if pair["mentee"] == mentee)


def exchange(result):
    pair_of(result, "m1")["mentor"], pair_of(result, "m2")["mentor"] = "boris", "anna"


def exchange_everywhere(result):
    exchange(result)
    mentors = result["proof"]["mentor_of"]
    mentors[0], mentors[1] = mentors[1], mentors[0]


def change(*path, by):
    def do(result):
        *way, last = path
        for step in way:
            result = result[step]
        result[last] = by(result[last])

    return do


@pytest.mark.parametrize(
    "tamper",
    [
        exchange,
        exchange_everywhere,
        change("total", by=lambda total: total + 1),
        change("bound", by=lambda bound: bound + 1),
        change("optimal", by=lambda optimal: not optimal),
        change("weights", "age", by=lambda weight: 5 - weight),
        change("options", "size", by=lambda size: size + 1),
        change("options", "seed", by=lambda seed: 3),
        change("pairs", 0, "score", by=lambda score: score - 1),
        change("pairs", 0, "parts", 1, "points", by=lambda points: points + 1),
        change("groups", 0, "mentees", by=lambda mentees: mentees[:-1]),
        change("left_over", by=lambda left: []),
        change("unused", by=lambda unused: ["anna"]),
        change("files", "mentors", by=lambda digest: "0" * 64),
        change("proof", "mentor_of", 0, by=lambda column: -1),
        change("proof", "mentor_of", 0, by=lambda column: 99),
        change("proof", "mentor_of", by=lambda columns: "none"),
        change("proof", "certificate", by=lambda certificate: None),
        change("proof", "certificate", "kind", by=lambda kind: "search"),
        change("proof", "certificate", "mentor_prices", by=lambda prices: [price - 1 for price in prices]),
        change("form", by=lambda form: "another"),
        change("proof", by=lambda proof: {}),
    ],
)
def test_a_result_that_was_changed_is_refused(folder, tamper):
    result = match(folder)
    tamper(result)
    (folder / "result.json").write_text(json.dumps(result))

    with pytest.raises(CommandError, match=r"Not proven|cannot"):
        call_command("verify_match", str(folder / "result.json"))


def test_other_files_than_those_that_were_paired_are_refused(folder):
    match(folder)
    (folder / "mentees.csv").write_bytes(as_csv(filled(MENTEES[:4])))

    with pytest.raises(CommandError, match="mentees' file is not the one"):
        call_command("verify_match", str(folder / "result.json"))


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"form": "kyklos pairing 1"}'])
def test_what_is_no_result_is_refused(folder, text):
    (folder / "result.json").write_text(text)

    with pytest.raises(CommandError):
        call_command("verify_match", str(folder / "result.json"))
