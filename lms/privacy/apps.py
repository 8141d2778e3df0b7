from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PrivacyConfig(AppConfig):
    name = "lms.privacy"
    label = "lms_privacy"
    verbose_name = "Privacy"

    def ready(self) -> None:
        post_migrate.connect(_load_texts, sender=self, dispatch_uid="lms.privacy")


def _load_texts(using: str, **_signal: Any) -> None:
    """Bring the consent texts of every room in, so that a plain installation and a new plugin have theirs."""
    from lms.privacy.loading import load_shipped_texts, tables_exist

    if tables_exist(using):
        load_shipped_texts()
