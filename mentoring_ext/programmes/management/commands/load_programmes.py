"""Load the programmes that come with Kyklos."""

from typing import Any

from django.core.management.base import BaseCommand

from mentoring_ext.programmes.loading import load_programme, programme_files


class Command(BaseCommand):
    """Load or update every programme file; safe to run again, for instance after training was added."""

    help = "Load the programmes that come with Kyklos. Running it again brings them up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in programme_files():
            programme = load_programme(path)
            self.stdout.write(
                f"{programme}: {programme.phases.count()} phases, {programme.session_plans.count()} sessions"
            )
