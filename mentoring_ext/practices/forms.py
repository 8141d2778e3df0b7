"""Beginning a practice, writing it by the guided fields, and reviewing it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.choosing import SeveralField
from lms.people.models import User
from mentoring_ext.evaluation.models import Aspect
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.template import PARTS

ABOUT = [("", _("Choose one")), *Aspect.choices]


class BeginForm(forms.Form):
    """Asks out of which group's work a practice comes, who writes it, and what it is about."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("Say in one line what others will learn. Example: “Three potters share one online shop”."),
    )
    aspect = forms.ChoiceField(label=_("What is it about?"), choices=ABOUT)
    group = forms.ModelChoiceField(label=_("Which group does it come from?"), queryset=MentoringGroup.objects.none())
    co_authors = SeveralField(
        label=_("Who writes it with you?"),
        help_text=_("Mentees whom you tick can read and change the draft."),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, mentor: User) -> None:
        super().__init__(data)
        groups = MentoringGroup.objects.filter(mentor=mentor)
        cast("forms.ModelChoiceField[MentoringGroup]", self.fields["group"]).queryset = groups
        mentees = User.objects.filter(group_memberships__group__in=groups, group_memberships__left_at=None)
        co_authors = cast("forms.ModelMultipleChoiceField[User]", self.fields["co_authors"])
        co_authors.queryset = mentees.distinct()
        only = list(groups[:2])
        if len(only) == 1:
            self.fields["group"].initial = only[0]


class PracticeForm(forms.Form):
    """The template of a good practice. ``draft`` asks for the title only, so that a draft can always be kept."""

    title = forms.CharField(label=_("Title"), max_length=200)
    aspect = forms.ChoiceField(label=_("What is it about?"), choices=ABOUT)

    def __init__(self, data: Any = None, *, practice: Practice, draft: bool = False) -> None:
        super().__init__(data)
        self.fields["title"].initial = practice.title
        self.fields["aspect"].initial = practice.aspect
        self.fields["aspect"].required = not draft
        for part in PARTS:
            self.fields[part.name] = forms.CharField(
                label=part.label,
                help_text=part.help,
                required=part.required and not draft,
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 5}),
                initial=getattr(practice, part.name),
                error_messages={"required": _("Please write a few words here before you hand it in.")},
            )
        self.fields["names_shown"] = forms.BooleanField(
            label=_("Show our names beside the practice; all of us agree"), required=False, initial=practice.names_shown
        )

    def written(self) -> dict[str, Any]:
        """Return what was typed and can be kept, by field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}


class ReturnForm(forms.Form):
    """Asks the manager what the authors should change."""

    remark = forms.CharField(
        label=_("What should the authors change?"),
        help_text=_("They read this above their text."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
