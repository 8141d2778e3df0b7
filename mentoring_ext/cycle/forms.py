"""Proposing a lesson, and declining a proposal."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from mentoring_ext.cycle.board import BoardRow
from mentoring_ext.evaluation.models import Aspect
from oer.lessons.models import TrainingModulePage


@dataclass(frozen=True)
class Ticked:
    """A row of evidence with its box to tick."""

    box: BoundWidget
    row: BoardRow
    is_ticked: bool


class ProposalForm(forms.Form):
    """Asks what a new lesson should say, where it shall stand, and on which evidence it rests."""

    evidence = forms.MultipleChoiceField(
        label=_("Evidence"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one piece of evidence. A new lesson needs a reason.")},
    )
    title = forms.CharField(
        label=_("Title of the new lesson"),
        max_length=200,
        help_text=_("Say what people will be able to do. Example: “Set an aim for each session”."),
    )
    aspect = forms.ChoiceField(label=_("Which weak spot does it mend?"), choices=Aspect.choices)
    module: "forms.ModelChoiceField[TrainingModulePage]" = forms.ModelChoiceField(
        label=_("Which module shall it stand in?"),
        queryset=TrainingModulePage.objects.none(),
        help_text=_("It becomes the last lesson there. Cohorts that open later are asked to take it."),
    )
    text = forms.CharField(
        label=_("What should the lesson say?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A draft in your own words. An editor makes a lesson of it."),
    )

    def __init__(self, data: Any = None, *, rows: Sequence[BoardRow], ticked: Sequence[str] = ()) -> None:
        self.rows = rows
        about = Counter(row.row.aspect for row in rows if row.row.key in ticked and row.row.aspect)
        aspect = about.most_common(1)[0][0] if about else None
        super().__init__(data, initial={"evidence": list(ticked), "aspect": aspect})
        evidence = cast(forms.MultipleChoiceField, self.fields["evidence"])
        evidence.choices = [(row.row.key, str(row.row.title)) for row in rows]
        module = cast("forms.ModelChoiceField[TrainingModulePage]", self.fields["module"])
        module.queryset = TrainingModulePage.objects.live().order_by("title")

    @property
    def boxes(self) -> list[Ticked]:
        """Every row of the board with its box, those that are ticked first."""
        field = self["evidence"]
        chosen = set(field.value() or [])
        boxes = [Ticked(box, row, row.row.key in chosen) for box, row in zip(field.subwidgets, self.rows, strict=True)]
        return sorted(boxes, key=lambda box: not box.is_ticked)

    @property
    def ticked(self) -> list[Ticked]:
        """The rows that are ticked now."""
        return [box for box in self.boxes if box.is_ticked]

    @property
    def unticked(self) -> list[Ticked]:
        """The rows that could be ticked as well."""
        return [box for box in self.boxes if not box.is_ticked]


class DeclineForm(forms.Form):
    """Asks the editor for the reason."""

    answer = forms.CharField(
        label=_("Why is it declined?"),
        help_text=_("The author reads this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
