"""Deciding without names: who is called what, and whether a cohort's names are hidden now.

Everything that answers under ``/cohorts/<cohort>/pairing/`` is wrapped by ``views.hiding.without_names``, at the end of
``urls.py``. While the cohort's names are hidden, ``str(person)`` is "Mentee 47" there: in templates, messages, errors,
choices of forms, JSON. So write ``{{ proposal.mentee }}`` or ``f"{mentee}"`` as ever, and

* never show ``first_name``, ``last_name``, ``email``, ``username``, a picture or a link to somebody's profile;
* show what a person typed, such as a reason, as ``{{ text|names_out }}`` (``{% load naming %}``);
* let no order tell who somebody is: sort by ``place_of(key)`` in place of a key, pass lists through ``by_number``;
* let no key of an account out, in forms, addresses, data and files: a person travels as ``handle_of(key)``
  (``{{ person.pk|handle }}``) and is read again by ``key_of``, or by the fields of ``forms.people``.

A page that cannot do without names says so: ``views.hiding.needs_names`` asks first and keeps it in the protocol;
``views.hiding.about_published`` is for groups that everybody knows already. ``hiding.names_kept_out`` does the same
outside a request.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar

from django.utils.translation import gettext as _

from lms.http import number_in
from lms.people.models import User
from lms.people.naming import names_in_force
from lms.text.hide_names import hide_addresses, hide_names, names_of
from mentoring_ext.matching.models import Alias, MatchRun, NamesStep, PairingDefaults
from mentoring_ext.matching.models.run import LARGE_IN_RUN
from mentoring_ext.programmes.models import Cohort, Role

Row = TypeVar("Row")
LOOK = timedelta(minutes=30)
"""How long a page with names stays open to who said that they look."""


class Aliases(dict[int, str]):
    """What the people of a cohort are called while names are hidden, by their keys."""

    def __init__(self, rows: Iterable[Alias]) -> None:
        numbers = {row.user_id: (row.role, row.number) for row in rows}
        super().__init__((key, _called(*told)) for key, told in numbers.items())
        self.numbers = {key: number for key, (_role, number) in numbers.items()}
        self.handles = {key: f"{role}{number}" for key, (role, number) in numbers.items()}
        self.keys_by_handle = {handle: key for key, handle in self.handles.items()}

    @cached_property
    def names(self) -> list[str]:
        """Every part of these people's names that nobody may read; asked of the database when first needed."""
        people = User.objects.filter(pk__in=self).values_list("first_name", "last_name", "username")
        return names_of(people, shortest=2)


def _called(role: str, number: int) -> str:
    words = _("Mentor %(number)d") if role == Role.MENTOR else _("Mentee %(number)d")
    return words % {"number": number}


def names_out(text: str) -> str:
    """Return what somebody typed without the names that are hidden now; as it is while none are."""
    hidden = names_in_force()
    if not text or not isinstance(hidden, Aliases):
        return text
    return hide_names(hide_addresses(text), hidden.names, any_case=True)


def are_numbers_used() -> bool:
    """Return whether people go by numbers in what is said now."""
    return isinstance(names_in_force(), Aliases)


def handle_of(key: int) -> str:
    """Return what stands for a person in forms, addresses, data and files: the key or, while names are hidden, the lot.

    The key of an account opens the person's page elsewhere.
    """
    hidden = names_in_force()
    return hidden.handles.get(key, "") if isinstance(hidden, Aliases) else str(key)


def key_of(handle: str | None) -> int | None:
    """Return the key of whom a handle stands for, None for nobody.

    While names are hidden a key says nothing here: the answer would tell whose it is.
    """
    hidden = names_in_force()
    return hidden.keys_by_handle.get(handle or "") if isinstance(hidden, Aliases) else number_in(handle)


def place_of(key: int) -> int:
    """Return where somebody stands in a list: by the number while names are hidden, else by the key."""
    hidden = names_in_force()
    return hidden.numbers.get(key, 0) if isinstance(hidden, Aliases) else key


def by_number(rows: Iterable[Row], key: Callable[[Row], int | None]) -> list[Row]:
    """Return rows by their people's numbers while names are hidden, else as they stand; ``key`` names the person."""
    found = list(rows)
    if are_numbers_used():
        found.sort(key=lambda row: place_of(key(row) or 0))
    return found


def are_names_hidden(cohort: Cohort) -> bool:
    """Whether the pairs of a cohort are decided without names now.

    Before the first step the programme's default holds, as long as no pairing was made.
    """
    step = NamesStep.objects.filter(cohort=cohort).deciding().first()
    if step is not None:
        return step.hides
    defaults = PairingDefaults.objects.filter(programme=cohort.programme_id, blind=True)
    return defaults.exists() and not MatchRun.objects.filter(cohort=cohort).exists()


def closed_run(cohort: Cohort) -> MatchRun | None:
    """Return the pairing whose decision is closed and which is not published yet."""
    found = NamesStep.objects.filter(cohort=cohort).select_related("run").defer(*LARGE_IN_RUN)
    step = found.deciding().first()
    if step is None or step.kind != NamesStep.Kind.CLOSED or step.run is None or not step.run.is_open:
        return None
    return step.run


def looks_now(cohort: Cohort, user: User, page: str, at: datetime) -> bool:
    """Whether somebody said lately that they look at this page."""
    looked = NamesStep.objects.filter(cohort=cohort, kind=NamesStep.Kind.LOOKED, page=page, made_by=user)
    return looked.filter(made_at__gt=at - LOOK, made_at__lte=at).exists()


@dataclass(frozen=True)
class Names:
    """How a cohort's names stand, for its pages; ``last`` is the newest step that was not a look."""

    hidden: bool
    closed: MatchRun | None
    last: NamesStep | None


def names_of_cohort(cohort: Cohort) -> Names:
    """Return how the names of a cohort stand now."""
    steps = NamesStep.objects.filter(cohort=cohort).select_related("made_by")
    return Names(are_names_hidden(cohort), closed_run(cohort), steps.deciding().first())
