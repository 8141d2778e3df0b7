"""Load the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.people.models import Organisation, User
from mentoring_ext.demo.loading import load_demo
from mentoring_ext.demo.people import read


class Command(BaseCommand):
    """Fill an empty database with the demo; a database that holds the demo already is left as it is."""

    help = "Load the demo into an empty database. Refuses a database that holds anything else."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These settings are not the demo's (DEMO is off); nothing was loaded.")
        if _holds_the_demo():
            self.stdout.write("The demo is loaded already; nothing was changed.")
            return
        if User.objects.exists() or Organisation.objects.exists():
            raise CommandError("This database holds other data; nothing was loaded.")
        demo = load_demo(timezone.localtime())
        self.stdout.write(f"The demo is loaded: {len(demo.people)} people in {len(demo.organisations)} organisations.")


def _holds_the_demo() -> bool:
    known = {row["slug"] for row in read("people.yaml")["organisations"]}
    return known <= set(Organisation.objects.values_list("slug", flat=True))
