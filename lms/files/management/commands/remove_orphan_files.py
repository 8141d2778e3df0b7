"""Remove private files that nothing points to."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from lms.files.actions import remove_orphans


class Command(BaseCommand):
    """Deletes private files that no row points to, once they are old enough; run it every night."""

    help = "Delete private files that nothing points to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hours", type=int, default=48, help="Leave files alone that are younger than this.")

    def handle(self, *args: Any, **options: Any) -> None:
        removed = remove_orphans(before=timezone.now() - timedelta(hours=options["hours"]))
        self.stdout.write(f"Removed {removed} files.")
