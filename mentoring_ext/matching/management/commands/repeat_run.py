"""Work out a kept pairing once more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.repeating import repeat_run
from mentoring_ext.matching.solver import Refused


class Command(BaseCommand):
    """Verify the proof of a run, work it out again from its kept input, and compare the pairs; exit status 1 if not."""

    help = "Repeat a pairing of the site from its kept input, and say whether the same pairs come out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="The number of the run, the last one in its address.")

    def handle(self, *, run: int, **options: Any) -> None:
        found = MatchRun.objects.filter(pk=run).first()
        if found is None:
            raise CommandError("There is no such run.")
        try:
            repeated = repeat_run(found)
        except Refused as error:
            raise CommandError(str(error)) from error
        if not repeated.is_same:
            raise CommandError(f"{repeated.different} mentees came to another mentor.")
        self.stdout.write("The proof holds, and the same pairs came out.")
