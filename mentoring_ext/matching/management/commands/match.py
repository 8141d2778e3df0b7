"""Pair the people of two files."""

import json
import sys
from argparse import ArgumentParser
from io import BytesIO
from os.path import relpath
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mentoring_ext.matching.encoding import hours_for
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, ONE
from mentoring_ext.matching.files.matching import Options
from mentoring_ext.matching.files.reading import MENTEES, MENTORS, read_people
from mentoring_ext.matching.files.result import Given, fingerprint, make_result
from mentoring_ext.matching.files.weights import Weights, read_weights
from mentoring_ext.matching.solver import Infeasible


class Command(BaseCommand):
    """Pair the mentors and mentees of two CSV or xlsx files, and write the result with its proof as JSON.

    ``docs/pairing.md`` names the columns. With errors in the files the exit status is 1, a report
    ``{"errors": [{"file", "row", "column", "value", "message"}]}`` goes to the output, and nothing is written.
    """

    help = "Pair the mentors and mentees of two files; docs/pairing.md names the columns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mentors", type=Path, required=True)
        parser.add_argument("--mentees", type=Path, required=True)
        parser.add_argument("--weights", type=Path, help='Such as {"style": 5, "age": 0}; the others have defaults.')
        parser.add_argument("--size", type=int, default=3, help="The most mentees of a group.")
        parser.add_argument("--minimum", type=int, default=1, help="The fewest mentees of a group that is used.")
        parser.add_argument("--avoid-lone", action="store_true", help="Nobody alone where it can be helped.")
        parser.add_argument("--objective", choices=["total", "fair"], default="total")
        parser.add_argument("--common-slot", action="store_true", help="Every group shares an hour to meet.")
        parser.add_argument("--way-to-meet", action="store_true", help="Leave out pairs without a way to meet.")
        parser.add_argument("--minutes", type=int, default=90, help="How long a session lasts.")
        parser.add_argument("--seed", type=int, help="Draw lots among equally good pairings, the same each time.")
        parser.add_argument("--seconds", type=float, help="Stop the search for the best groups after so long.")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *, mentors: Path, mentees: Path, out: Path, **chosen: Any) -> None:
        weights, options = _weights(chosen["weights"]), _options(chosen)
        if chosen["seconds"] is not None and not chosen["seconds"] > 0:
            raise CommandError("The search needs more than 0 seconds.")
        contents = {MENTORS: _content(mentors), MENTEES: _content(mentees)}
        people = read_people(
            BytesIO(contents[MENTORS]),
            BytesIO(contents[MENTEES]),
            size=options.size,
            hours=options.hours,
            meeting=options.meeting,
            further=weights.further,
        )
        if people.errors:
            report = {"errors": [error.as_data() for error in people.errors]}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            sys.exit(1)
        given = Given(people, weights, options, {name: fingerprint(content) for name, content in contents.items()})
        try:
            result = make_result(given, seconds=chosen["seconds"])
        except Infeasible as error:
            raise CommandError(f"The fixed pairs cannot all be kept: {error}.") from error
        folder = out.resolve().parent
        result["paths"] = {MENTORS: relpath(mentors.resolve(), folder), MENTEES: relpath(mentees.resolve(), folder)}
        _write(out, json.dumps(result, ensure_ascii=False, indent=1) + "\n")
        self.stdout.write(_sentence(result))


def _weights(path: Path | None) -> Weights:
    if path is None:
        return Weights(DEFAULT_WEIGHTS)
    try:
        return read_weights(_content(path).decode())
    except ValueError as error:
        raise CommandError(f"{path}: {error}.") from error


def _options(chosen: dict[str, Any]) -> Options:
    try:
        return Options(
            size=chosen["size"],
            minimum=chosen["minimum"],
            avoid_lone=chosen["avoid_lone"],
            objective=chosen["objective"],
            common_slot=chosen["common_slot"],
            meeting=chosen["way_to_meet"],
            hours=hours_for(chosen["minutes"]),
            seed=chosen["seed"],
        )
    except ValueError as error:
        raise CommandError(f"{error}.") from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error


def _write(path: Path, text: str) -> None:
    """Write the whole file or nothing."""
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}.") from error


def _sentence(result: dict[str, Any]) -> str:
    known = (
        "the best there is"
        if result["optimal"]
        else f"at most {(result['bound'] - result['total']) / ONE:.6f} below the best"
    )
    pairs, groups, left = len(result["pairs"]), len(result["groups"]), len(result["left_over"])
    return f"{pairs} mentees in {groups} groups, {left} left over; total {result['total'] / ONE:.6f}, {known}."
