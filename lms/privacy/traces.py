"""A person's name where the site itself wrote it: in the journal, in others' notices, in done tasks, in sessions."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from lms.journal.models import Entry
from lms.people.models import User
from lms.plugins import PRIVACY_HANDLERS


@dataclass(frozen=True)
class Traces:
    """What a person is known by: full name, user name, address. Taken before the erasure, used after it."""

    user_id: int
    words: tuple[str, ...]

    @classmethod
    def of(cls, user: User) -> "Traces":
        """Return the words that tell who the person is."""
        words = {user.get_full_name(), user.username, user.email} - {""}
        return cls(user.pk, tuple(sorted(words, key=len, reverse=True)))

    def found_in(self, field: str) -> Q:
        """Return the condition that a text field has one of the words."""
        return _with_one_of(field, self.words)

    def found_in_data(self, field: str) -> Q:
        """Return the condition that plain data, cast to text, has one of the words: databases write them their way."""
        return _with_one_of(field, {form for word in self.words for form in _written_in_data(word)})

    def taken_out(self, text: str) -> str:
        """Return the text with each of the words, where it stands alone, replaced."""
        for word in self.words:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _found: _("a former member"), text, flags=re.I)
        return text

    def taken_out_of_data(self, value: Any) -> Any:
        """Return plain data with the words replaced in all of its texts."""
        if isinstance(value, str):
            return self.taken_out(value)
        if isinstance(value, dict):
            return {name: self.taken_out_of_data(inner) for name, inner in value.items()}
        return [self.taken_out_of_data(inner) for inner in value] if isinstance(value, list) else value


def _with_one_of(field: str, words: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{f"{field}__icontains": word}) for word in words))


def _written_in_data(word: str) -> set[str]:
    """Return a word as JSON holds it: SQLite keeps letters beyond ASCII as numbers, PostgreSQL as they are."""
    return {json.dumps(word, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}


def wipe(traces: Traces) -> None:
    """Take the person's name out of what the site wrote about them."""
    for handler in PRIVACY_HANDLERS.collect():
        for title in handler.titles:
            label, field = title.rsplit(".", 1)
            _wipe_title(label, field, traces)
    # Titles first: the journal then names what is there by its new title.
    for entry in _entries(traces):
        # What is there says itself what it is called now; a namesake's name stays.
        entry.object_text = str(entry.object)[:250] if entry.object else traces.taken_out(entry.object_text)
        entry.data = traces.taken_out_of_data(entry.data)
        entry.save(update_fields=["object_text", "data"])
    _told_in(DBTaskResult.objects.all(), traces, "args_kwargs", "return_value", "traceback").delete()


def _wipe_title(label: str, field: str, traces: Traces) -> None:
    model = apps.get_model(label)
    length = getattr(model._meta.get_field(field), "max_length", None)
    for row in model._base_manager.filter(traces.found_in(field)).iterator():
        text = traces.taken_out(getattr(row, field))[:length]
        model._base_manager.filter(pk=row.pk).update(**{field: text})


def _entries(traces: Traces) -> Iterator[Entry]:
    about = Q(object_type=ContentType.objects.get_for_model(User), object_id=traces.user_id)
    named = Entry.objects.annotate(data_text=Cast("data", TextField()))
    return named.filter(about | traces.found_in("object_text") | traces.found_in_data("data_text")).iterator()


def _told_in(rows: "QuerySet[Any]", traces: Traces, *fields: str) -> "QuerySet[Any]":
    texts = rows.annotate(**{f"{name}_words": Cast(name, TextField()) for name in fields})
    told = (traces.found_in_data(f"{name}_words") | traces.found_in(f"{name}_words") for name in fields)
    found: QuerySet[Any] = texts.filter(reduce(or_, told))
    return found


def end_sessions(user: User) -> int:
    """Sign the person out everywhere, and forget what was kept for the time of the sign-in; return how often."""
    ended = 0
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            SessionStore(session.session_key).delete()
            ended += 1
    return ended
