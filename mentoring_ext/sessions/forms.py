"""Scheduling all sessions, moving one, registering one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Case, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.choosing import SeveralField
from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Outcome, SessionPlan
from mentoring_ext.sessions.errors import AttendanceMissing
from mentoring_ext.sessions.models import Session

LONGEST = 480


class RhythmForm(forms.Form):
    """The first session and how the others follow it."""

    first_at = forms.DateTimeField(
        label=_("First session: day and time"), help_text=_("It may lie in the past, if you have met already.")
    )
    every_days = forms.TypedChoiceField(
        label=_("How often do you meet?"),
        coerce=int,
        choices=[(7, _("Every week")), (14, _("Every two weeks")), (3, _("Every three days"))],
    )
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=15, max_value=LONGEST)
    format = forms.ChoiceField(label=_("How do you meet?"), choices=Session.Format, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A room, or the service that you use online.")
    )


class DatesForm(forms.Form):
    """One start for each of the programme's sessions; ``minutes``, ``format`` and ``place`` come along unseen."""

    minutes = forms.IntegerField(min_value=15, max_value=LONGEST, widget=forms.HiddenInput)
    format = forms.ChoiceField(choices=Session.Format, widget=forms.HiddenInput)
    place = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, plans: Sequence[SessionPlan], **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = [f"starts_at_{plan.number}" for plan in plans]
        for name, plan in zip(self.names, plans, strict=True):
            self.fields[name] = forms.DateTimeField(label=f"{plan.number}. {plan.title}")

    def dates(self) -> list[datetime]:
        """Return the starts in the order of the sessions."""
        return [self.cleaned_data[name] for name in self.names]


class MoveForm(forms.Form):
    """A new start for one session, and whether the later ones move along."""

    starts_at = forms.DateTimeField(label=_("New day and time"))
    move_rest = forms.BooleanField(label=_("Move all later sessions by as much"), required=False)


class RegistrationForm(forms.Form):
    """The form of a session: when, where, who, what."""

    starts_at = forms.DateTimeField(label=_("Day and time"))
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=LONGEST)
    format = forms.ChoiceField(label=_("How did you meet?"), choices=Session.Format, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    present = SeveralField(
        User.objects.none(),
        label=_("Who was there?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick each mentee who came."),
        error_messages={"required": AttendanceMissing.text},
    )
    description = forms.CharField(
        label=_("What did you do?"),
        help_text=_("Two or three sentences about the activities."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    outcomes = SeveralField(
        Outcome.objects.none(),
        label=_("What did you work on?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The outcomes of this session stand first."),
    )
    occurrences = forms.CharField(
        label=_("Did anything happen that the coordinator should know?"),
        required=False,
        help_text=_("Only the group and the coordinator read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        self.mentees = mentees_of(session)
        super().__init__(*args, **options | {"initial": _as_planned(session)})
        _choose(self, "present", User.objects.filter(pk__in=[user.pk for user in self.mentees]))
        _choose(self, "outcomes", _outcomes_for(session))

    def attendance(self) -> dict[User, bool]:
        """Return who of the mentees was there and who was not."""
        return {user: user in self.cleaned_data["present"] for user in self.mentees}


def _choose(form: forms.Form, name: str, choices: QuerySet[Any]) -> None:
    cast("forms.ModelMultipleChoiceField[Any]", form.fields[name]).queryset = choices


def mentees_of(session: Session) -> list[User]:
    """Return the mentees whose attendance is asked: those of the group, or of the form when it is corrected."""
    known = [each.user for each in session.attendances.select_related("user")]
    return known or _present_mentees(session.group)


def _present_mentees(group: MentoringGroup) -> list[User]:
    return [member.user for member in group.members.present().select_related("user")]


def _as_planned(session: Session) -> dict[str, Any]:
    held = session.is_held
    absent = set(session.attendances.filter(present=False).values_list("user_id", flat=True))
    return {
        "starts_at": timezone.localtime(session.starts_at),
        "minutes": session.minutes,
        "format": session.format,
        "place": session.place,
        "present": [user.pk for user in mentees_of(session) if user.pk not in absent],
        "description": session.description,
        "outcomes": list((session.outcomes if held else session.plan.outcomes).values_list("pk", flat=True)),
        "occurrences": session.occurrences,
    }


def _outcomes_for(session: Session) -> QuerySet[Outcome]:
    """Return the programme's outcomes, those of the session's plan first."""
    planned = session.plan.outcomes.values("pk")
    outcomes = Outcome.objects.filter(programme=session.plan.programme_id)
    first = Case(When(pk__in=planned, then=0), default=1)
    return outcomes.order_by(first, "topic", "pk")
