"""Whom a mentee would like as a mentor, and whom not."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lms.people.models import User
from mentoring_ext.matching.errors import WishesContradict
from mentoring_ext.matching.models import PairRule, Wish

RANKED = ("first", "second", "third")
VETOED = ("never", "nor")


def _choice(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("This mentor is not on the list any more.")},
    )


class WishForm(forms.Form):
    """Up to three mentors in order, and up to two to exclude; all of it may stay empty."""

    use_required_attribute = False

    first = _choice(gettext_lazy("I would like best"))
    second = _choice(gettext_lazy("Next"))
    third = _choice(gettext_lazy("After that"))
    never = _choice(gettext_lazy("I do not want to be with"))
    nor = _choice(gettext_lazy("Nor with"))

    def __init__(
        self, *args: Any, mentors: Sequence[User], wishes: Iterable[Wish], vetoes: Iterable[PairRule], **kwargs: Any
    ) -> None:
        initial = {name: wish.mentor_id for name, wish in zip(RANKED, wishes, strict=False)}
        initial |= {name: veto.mentor_id for name, veto in zip(VETOED, vetoes, strict=False)}
        super().__init__(*args, **kwargs)
        self.initial = initial
        self.people = {mentor.pk: mentor for mentor in mentors}
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [("", gettext_lazy("Nobody")), *((pk, str(user)) for pk, user in self.people.items())]

    def clean(self) -> dict[str, Any]:
        """Say beside the later field that a mentor is named twice."""
        named: set[int] = set()
        for name in (*RANKED, *VETOED):
            mentor = self.cleaned_data.get(name)
            if mentor in named:
                self.add_error(name, str(WishesContradict.text))
            if mentor:
                named.add(mentor)
        return self.cleaned_data

    @property
    def ranked(self) -> list[User]:
        """The mentors of a form that holds, the dearest first."""
        return self._named(RANKED)

    @property
    def vetoed(self) -> list[User]:
        """Whom the mentee does not want."""
        return self._named(VETOED)

    def _named(self, names: Sequence[str]) -> list[User]:
        return [self.people[self.cleaned_data[name]] for name in names if self.cleaned_data[name]]
