"""Writing down who opened whose confidential records."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, F, Model, Value
from django.db.models.functions import Greatest
from django.utils import translation

from lms.people.models import User
from lms.plugins import Text
from lms.privacy.models import Reading

FOLD = timedelta(hours=1)
"""Opening the same record again within this time adds to the same line."""


def record_reading(thing: Model, *, reader: User, about: User | None, what: Text, at: datetime) -> Reading | None:
    """Write that ``reader`` opened ``thing``, a confidential record about another person; return the line if it is new.

    ``about`` is None while that person has no account: ``claim_readings`` gives the lines to it later. ``what`` names
    the record for the person, in the person's language; reading one's own record is nothing to write down (None).
    """
    if about == reader:
        return None
    with translation.override(about.language if about else None):
        words = str(what)[:200]
    of_person = Reading.objects.of(thing).filter(reader=reader, about=about, what=words)
    latest = Greatest("last_at", Value(at, DateTimeField()))
    folded = of_person.filter(last_at__gte=at - FOLD).update(last_at=latest, times=F("times") + 1)
    return None if folded else _new_line(thing, reader, about, words, at)


def _new_line(thing: Model, reader: User, about: User | None, words: str, at: datetime) -> Reading:
    kind = ContentType.objects.get_for_model(thing, for_concrete_model=False)
    return Reading.objects.create(
        reader=reader, about=about, thing_type=kind, thing_id=str(thing.pk), what=words, first_at=at, last_at=at
    )


def record_readings(thing: Model, *, reader: User, people: Iterable[User], what: Text, at: datetime) -> None:
    """Write that ``reader`` opened ``thing``, which tells something about each of ``people``."""
    for person in people:
        record_reading(thing, reader=reader, about=person, what=what, at=at)


def claim_readings(thing: Model, user: User) -> int:
    """Give the readings of ``thing`` to the account that its person has by now; return how many these are."""
    return Reading.objects.of(thing).filter(about=None).update(about=user)
