"""Conflicts of interest, excluded pairs, and pairs made offline."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from lms.people.models import User
from mentoring_ext.matching.forms.people import PeopleField
from mentoring_ext.matching.forms.several import SeveralSelects
from mentoring_ext.matching.models import PairRule
from mentoring_ext.matching.models.rule import CONFLICTS
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

MANY = 40
"""Among more people than this nobody finds a box to tick."""
KINDS = (*CONFLICTS, PairRule.Kind.FORBIDDEN)


def _members(cohort: Cohort, role: str) -> Any:
    active = CohortMembership.State.ACTIVE
    people = cohort.memberships.filter(role=role, state=active).order_by().values("user")
    return User.objects.filter(pk__in=people).order_by("last_name", "first_name", "pk")


class _PairForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, role in (("mentor", Role.MENTOR), ("mentee", Role.MENTEE), ("mentees", Role.MENTEE)):
            if name in self.fields:
                cast("forms.ModelChoiceField[User]", self.fields[name]).queryset = _members(cohort, role)
        self.cohort = cohort

    @property
    def has_people(self) -> bool:
        """Whether the cohort has a mentor and a mentee to choose."""
        return all(_members(self.cohort, role).exists() for role in (Role.MENTOR, Role.MENTEE))


class ConflictForm(_PairForm):
    """Why two people must not become a pair."""

    mentee = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Mentee"),
        error_messages={"required": gettext_lazy("Choose the mentee.")},
    )
    mentor = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Mentor"),
        error_messages={"required": gettext_lazy("Choose the mentor.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What stands between them?"),
        help_text=gettext_lazy("The first three hold in every cohort, “Not this pair” in this one."),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what stands between them.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Only the coordinators of this cohort read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write how you know.")},
    )


class OfflineForm(_PairForm):
    """A pair or group that was made outside the site."""

    mentor = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Mentor"),
        error_messages={"required": gettext_lazy("Choose the mentor.")},
    )
    mentees = PeopleField(
        User.objects.none(),
        label=gettext_lazy("Mentees"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one mentee.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("How did they come together?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write how they came together.")},
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Everybody of this group agreed to it"),
        error_messages={"required": gettext_lazy("Ask everybody first, then tick this.")},
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, cohort=cohort, **kwargs)
        mentees = cast(PeopleField, self.fields["mentees"])
        if mentees.queryset is not None and mentees.queryset.count() > MANY:
            mentees.widget = SeveralSelects(cohort.programme.group_size)
            mentees.widget.choices = mentees.choices
