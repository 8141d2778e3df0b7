"""Load the shipped training modules."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oer.lessons.loading import load_content
from oer.lessons.shipped import WrongContent


class Command(BaseCommand):
    """Build the catalogue and its modules from ``oer/content/``; run it again after every upgrade.

    Pages whose file did not change stay as they are, and so does every page that an editor has worked on.
    """

    help = "Load licences, competences and the shipped training modules; run again, it changes only what changed."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for line in load_content():
                self.stdout.write(line)
        except WrongContent as error:
            raise CommandError(str(error)) from error
