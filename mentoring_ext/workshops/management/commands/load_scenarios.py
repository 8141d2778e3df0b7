"""Load the scenarios of use that come with Kyklos."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mentoring_ext.workshops.loading import load_scenarios


class Command(BaseCommand):
    """Load or update the shipped scenarios; safe to run again."""

    help = "Load the scenarios of use that come with Kyklos. Running it again brings them up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        for scenario in load_scenarios(timezone.now()):
            self.stdout.write(f"{scenario}: {scenario.parts.count()} parts")
