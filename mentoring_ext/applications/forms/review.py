"""What reviewers write about applications."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.choosing import SeveralField
from lms.people.models import User
from lms.questionnaires.forms import ScaleSelect
from mentoring_ext.applications.models import (
    OPEN_STAGES,
    Call,
    Criterion,
    Mark,
    Note,
    ReviewPlan,
    Scorecard,
    Stage,
)
from mentoring_ext.applications.permissions import possible_reviewers

REASON_HELP = _("Only for the file and the selection report. The applicant does not see it.")


class MoveForm(forms.Form):
    """Another stage for an application."""

    stage = forms.ChoiceField(label=_("Stage"), choices=[(stage, Stage(stage).label) for stage in OPEN_STAGES])


class NoteForm(forms.ModelForm[Note]):
    """A reviewer's note."""

    class Meta:
        model = Note
        fields = ["text"]
        labels = {"text": _("Your note")}
        help_texts = {"text": _("Only those who review this application see it. The applicant does not.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class AcceptForm(forms.Form):
    """A word of welcome, if one likes, and a reason for the file."""

    answer = forms.CharField(
        label=_("A word of welcome"),
        help_text=_("It stands in the mail to the new mentor."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label=_("Why you accept"),
        help_text=REASON_HELP,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DeclineForm(forms.Form):
    """Why not; the applicant reads it."""

    answer = forms.CharField(
        label=_("Your answer to the applicant"),
        help_text=_("Say thank you, and say why not. The applicant gets these words by mail."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reason = forms.CharField(
        label=_("More about why"),
        help_text=REASON_HELP,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ScorecardForm(forms.Form):
    """A mark and a word why for each criterion; with ``draft`` nothing must be marked."""

    comment = forms.CharField(
        label=_("All in all"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self, data: Any = None, *, criteria: Sequence[Criterion], card: Scorecard | None = None, draft: bool = False
    ) -> None:
        super().__init__(data, initial={"comment": card.comment if card else ""})
        self.criteria = criteria
        scores = {score.criterion_id: score for score in card.scores.all()} if card else {}
        for criterion in criteria:
            known = scores.get(criterion.pk)
            self.fields[f"mark_{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.name,
                help_text=criterion.text,
                choices=[(mark.value, f"{mark.value} – {mark.label}") for mark in Mark],
                coerce=int,
                empty_value=None,
                required=not draft,
                widget=ScaleSelect,
                initial=known.value if known else None,
                error_messages={"required": _("Choose a mark. You can also save your scorecard as a draft.")},
            )
            self.fields[f"why_{criterion.pk}"] = forms.CharField(
                label=_("Why? (%(criterion)s)") % {"criterion": criterion.name},
                required=False,
                max_length=500,
                initial=known.comment if known else "",
            )

    @property
    def asked(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """Each criterion with its two fields."""
        return [(row, self[f"mark_{row.pk}"], self[f"why_{row.pk}"]) for row in self.criteria]

    def marks(self) -> dict[int, tuple[int | None, str]]:
        """Return the mark and the word why by the criterion's key."""
        given = self.cleaned_data
        return {row.pk: (given[f"mark_{row.pk}"], given[f"why_{row.pk}"]) for row in self.criteria}


class PlanForm(forms.ModelForm[ReviewPlan]):
    """How the applications of a call are reviewed."""

    class Meta:
        model = ReviewPlan
        fields = ["reviewers", "due_on", "large_difference", "questions"]
        labels = {
            "due_on": _("Scorecards are handed in by"),
            "large_difference": _("How many steps apart are too many?"),
            "questions": _("Questions for the interview"),
        }
        help_texts = {
            "large_difference": _("From this difference on, both reviewers are asked to agree. The scale has 4 steps."),
            "questions": _("One question a line. They stand in the interview’s record, to write notes on."),
        }
        widgets = {"questions": forms.Textarea(attrs={"rows": 8})}


class CriterionForm(forms.ModelForm[Criterion]):
    """One criterion."""

    class Meta:
        model = Criterion
        fields = ["name", "text", "weight"]
        help_texts = {
            "text": _("One sentence that says what a reviewer looks for."),
            "weight": _("From 1 to 10. A criterion of weight 2 counts twice as much as one of weight 1."),
        }


class AssignForm(forms.Form):
    """Who reviews the applications of a call, and until when."""

    people = SeveralField(
        User.objects.none(),
        label=_("Who shall review?"),
        help_text=_("They can read the applications that they are asked to review, and no others."),
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = forms.DateField(label=_("Scorecards are handed in by"), required=False)

    def __init__(self, data: Any = None, *, call: Call, plan: ReviewPlan) -> None:
        super().__init__(data, initial={"due_on": plan.due_on})
        people = self.fields["people"]
        if isinstance(people, forms.ModelMultipleChoiceField):
            people.queryset = possible_reviewers(call)
