"""Print the demo's accounts."""

from typing import Any

from django.core.management.base import BaseCommand

from mentoring_ext.demo.people import PASSWORD, shown_accounts


class Command(BaseCommand):
    """Print who can sign in to the demo, and with which password."""

    help = "Print the accounts of the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sign in with one of these user names and the password {PASSWORD}:")
        for account in shown_accounts():
            self.stdout.write(f"  {account['username']:<14} {account['role']} ({account['name']})")
