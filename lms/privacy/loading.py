"""The consent texts that come with the rooms."""

from pathlib import Path
from typing import Any

import yaml
from django.db import connections
from django.utils import timezone

from lms.privacy.actions import Words, publish_consent, purposes
from lms.privacy.models import ConsentText, ConsentVersion


def tables_exist(using: str) -> bool:
    """Return whether consent texts can be kept yet: migrations may stop before this room."""
    tables = set(connections[using].introspection.table_names())
    return {model._meta.db_table for model in (ConsentVersion, ConsentText)} <= tables


def load_shipped_texts() -> list[ConsentVersion]:
    """Publish the shipped text of each purpose that has none yet, and return these; what is there stays."""
    known = set(ConsentVersion.objects.values_list("name", flat=True))
    missing = [purpose for name, purpose in purposes().items() if name not in known]
    return [
        publish_consent(purpose.name, actor=None, words=shipped_words(purpose.texts), at=timezone.now())
        for purpose in missing
    ]


def shipped_words(path: Path) -> dict[str, Words]:
    """Return the words of a purpose's file by language."""
    languages: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {code: Words(said["title"], said["text"].strip()) for code, said in languages.items()}
