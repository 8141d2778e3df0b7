"""Write docs/hooks.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lms.hook_docs import hooks_as_markdown


class Command(BaseCommand):
    """Write docs/hooks.md from the declarations of the hook points; a test compares the two."""

    help = "Write docs/hooks.md from the declarations of the hook points."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.ROOT / "docs" / "hooks.md").write_text(hooks_as_markdown(), encoding="utf-8")
