"""One step of a sheet as a person fills it in: what is saved, what was only typed, and the form that shows both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse

from lms.people.models import User
from mentoring_ext.profiles.actions import draft_of, sheet_of
from mentoring_ext.profiles.forms.sheets import FORMS, SENSITIVE, SheetForm, initial_of
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, Sheet, SheetDraft
from mentoring_ext.profiles.steps import STEPS, Step, details_of

KINDS: dict[str, type[Sheet]] = {SheetDraft.Sheet.MENTOR: MentorProfile, SheetDraft.Sheet.MENTEE: MenteeProfile}


@dataclass(frozen=True)
class Filling:
    """A person at one step (counted from 1) of the sheet as ``name`` ("mentor" or "mentee")."""

    user: User
    name: str
    number: int
    profile: Any
    step: Step
    draft: SheetDraft

    @property
    def is_last(self) -> bool:
        """Whether the sheet can be finished on this step."""
        return self.number == len(STEPS[KINDS[self.name]])

    @property
    def address(self) -> str:
        """Where this step stands."""
        return reverse(f"mentoring_profiles:{self.name}_sheet_step", args=[self.number])

    @property
    def where(self) -> dict[str, str]:
        """What finds the step's draft."""
        return {"sheet": self.name, "step": self.step.code}

    def form(self, data: QueryDict | None = None, *, finishing: bool = False) -> SheetForm:
        """Return the step's form: with ``data`` as it was sent, else with what was typed last, else as it is saved."""
        draft = not (finishing or self.profile.is_complete)
        form = FORMS[KINDS[self.name]](data, only=self.step.fields, draft=draft, initial=self._saved())
        if data is None and self.draft.data:
            form.initial = {**form.initial, **typed_in(form, self.draft.data)}
        return form

    def _saved(self) -> dict[str, Any]:
        return initial_of(self.profile, details_of(self.profile))


def filling_of(user: User, name: str, number: int) -> Filling:
    """Return the person at a step. Raises ``Http404`` when there is no such step."""
    steps = STEPS[KINDS[name]]
    if not 1 <= number <= len(steps):
        raise Http404
    step = steps[number - 1]
    profile = sheet_of(user, KINDS[name])
    return Filling(user, name, number, profile, step, draft_of(user, sheet=name, step=step.code))


def typed_in(form: SheetForm, data: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return what was typed, as the form's fields show it, right or wrong."""
    sent = QueryDict(mutable=True)
    for name, values in data.items():
        sent.setlist(name, values)
    return {name: field.widget.value_from_datadict(sent, {}, name) for name, field in form.fields.items()}


def kept_of(sent: QueryDict, step: Step) -> dict[str, list[str]]:
    """Return what a draft keeps of what was sent: the step's own fields; sensitive ones only with the consent."""
    agreed = "sensitive_consent" in sent
    names = [name for name in step.fields if name in sent and (agreed or name not in SENSITIVE)]
    return {name: [str(value) for value in sent.getlist(name)] for name in names}


def seen_by(sent: QueryDict) -> int | None:
    """Return the revision that the window knows, None when it names none."""
    said = sent.get("revision", "")
    return int(said) if said.isdecimal() else None
