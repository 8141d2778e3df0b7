"""Do what happens once a night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.serving.actions import run_night


class Command(BaseCommand):
    """Does tonight's tasks, for cron or a timer; what was done tonight already is left alone.

    Ends with an error when a task failed; the others are done all the same.
    """

    help = "Do what happens once a night: delete what has outlived its period, erase accounts, and so on."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        runs = run_night(timezone.localdate(at), at=at)
        for run in runs:
            self.stdout.write(f"{run.name}: {run.error or run.count}")
        if not runs:
            self.stdout.write("Everything was done tonight already.")
        if failed := [run.name for run in runs if run.error]:
            raise CommandError(f"Failed: {', '.join(failed)}")
