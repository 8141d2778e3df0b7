"""Repeat the proof of a pairing."""

import json
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mentoring_ext.matching.files.reading import MENTEES, MENTORS, read_people
from mentoring_ext.matching.files.result import Given, check_result, fingerprint, read_settings
from mentoring_ext.matching.solver import Refused


class Command(BaseCommand):
    """Read the two files again, compute everything of the result again, and confirm its proof without the solver.

    The files are looked for where they were beside the result. The exit status is 1 on any fault, which is said.
    """

    help = "Repeat the proof of a result that match wrote, from the same two files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("result", type=Path)
        parser.add_argument("--mentors", type=Path, help="Where the mentors' file is now.")
        parser.add_argument("--mentees", type=Path, help="Where the mentees' file is now.")

    def handle(self, *, result: Path, mentors: Path | None, mentees: Path | None, **options: Any) -> None:
        try:
            found = json.loads(result.read_text(encoding="utf-8"))
            if not isinstance(found, dict):
                raise Refused("Not proven: this is no result of a pairing")
            weights, settings = read_settings(found)
            contents = {
                MENTORS: (mentors or _beside(result, found, MENTORS)).read_bytes(),
                MENTEES: (mentees or _beside(result, found, MENTEES)).read_bytes(),
            }
            files = {name: fingerprint(content) for name, content in contents.items()}
            for name, print_now in files.items():
                if found.get("files", {}).get(name) != print_now:
                    raise Refused(f"Not proven: the {name}' file is not the one that was paired")
            people = read_people(
                BytesIO(contents[MENTORS]),
                BytesIO(contents[MENTEES]),
                size=settings.size,
                hours=settings.hours,
                further=weights.further,
            )
            if people.errors:
                raise Refused("Not proven: the files have errors")
            check_result(found, Given(people, weights, settings, files))
        except (OSError, ValueError, RecursionError) as error:
            raise CommandError(f"{result}: {error}.") from error
        self.stdout.write(_sentence(found))


def _beside(result: Path, found: dict[str, Any], name: str) -> Path:
    try:
        return result.resolve().parent / str(found["paths"][name])
    except (KeyError, TypeError) as error:
        raise Refused(f"Not proven: the result does not say where the {name}' file is; use --{name}") from error


def _sentence(found: dict[str, Any]) -> str:
    kind = found["proof"]["certificate"]["kind"]
    if kind == "search":
        return "Confirmed: rules, sizes, scores and bound. That the total is the best is proven by the solver's search."
    if not found["optimal"]:
        return "Confirmed: rules, sizes, scores, and the bound that no pairing can pass."
    return "Confirmed: nobody more can be placed, and no total is higher."
