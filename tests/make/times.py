"""When things happen in tests that name no other time."""

from datetime import UTC, datetime

AUTUMN = datetime(2026, 9, 20, 10, tzinfo=UTC)
JANUARY = datetime(2026, 1, 12, 16, 0, tzinfo=UTC)
"""A Monday afternoon on which most of the mentoring made here happened."""
