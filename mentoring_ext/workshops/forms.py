"""Planning workshops, writing scenarios, asking for help."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.files.forms import PrivateFileField, stored_value
from lms.files.kinds import DOCUMENTS, PICTURES
from lms.people.fields import DepartmentField
from lms.people.models import Department, Organisation, User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.profiles.models import MentorProfile, PublicProfile
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.workshops.models import Booking, ProgrammePoint, Scenario, ScenarioPart, Workshop
from mentoring_ext.workshops.permissions import (
    departments_planned_for,
    organisations_planned_for,
    organisations_planned_for_whole,
)

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _offer(form: forms.BaseForm, name: str, choices: Any) -> None:
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = choices
    if field.required:
        field.empty_label = _("Choose one") if len(choices[:2]) > 1 else None


class WorkshopForm(forms.ModelForm[Workshop]):
    """When, where, what, and how many."""

    link = forms.URLField(
        label=_("Video link"), required=False, assume_scheme="https", help_text=_("Only people with a place see it.")
    )

    department = DepartmentField(label=_("Department"), required=False, empty_label=_("The whole organisation"))

    class Meta:
        model = Workshop
        fields = [
            "organisation", "department", "title", "text", "starts_at", "ends_at", "place", "link", "places",
            "book_until", "held_by", "prepares",
        ]  # fmt: skip
        labels = {
            "organisation": _("Organisation"),
            "title": _("Title"),
            "text": _("What is it about, and for whom?"),
            "starts_at": _("It starts"),
            "ends_at": _("It ends"),
            "place": _("Place"),
            "places": _("How many can come?"),
            "book_until": _("People can book until"),
            "held_by": _("Who holds it?"),
            "prepares": _("Who takes part counts as prepared for mentoring"),
        }
        help_texts = {
            "place": _("Leave it empty when everybody meets online."),
            "prepares": _(
                "For the short preparation on the six topics: what mentoring is, competences, roles, the relationship, "
                "communication, and strategies and tools."
            ),
        }
        widgets = {"starts_at": MOMENT, "ends_at": MOMENT, "book_until": MOMENT}

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Organisation.objects.filter(pk=self.instance.organisation_id)
        organisations = (organisations_planned_for(user) | here).distinct()
        _offer(self, "organisation", organisations)
        self._offer_departments(user)
        people = User.objects.filter(is_active=True)
        at_home = Q(organisation__in=organisations.order_by().values("pk"))
        _offer(self, "held_by", people.filter(at_home | Q(pk=user.pk) | Q(site_roles__role="trainer")).distinct())
        self.fields["held_by"].required = True
        self.initial.setdefault("held_by", user.pk)

    def _offer_departments(self, user: User) -> None:
        field = cast(DepartmentField, self.fields["department"])
        here = Department.objects.filter(Q(pk=self.instance.department_id))
        field.queryset = (departments_planned_for(user) | here).distinct()
        is_whole = bool(self.instance.pk) and self.instance.department_id is None
        if not is_whole and not organisations_planned_for_whole(user).exists():
            field.required, field.empty_label = True, None
        elif not field.queryset.exists():
            del self.fields["department"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        department, organisation = data.setdefault("department", None), data.get("organisation")
        if department and organisation and department.organisation_id != organisation.pk:
            text = _("This department belongs to another organisation. Choose one of “%(organisation)s”.")
            self.add_error("department", ValidationError(text, params={"organisation": organisation}))
        starts, ends, book = (data.get(name) for name in ("starts_at", "ends_at", "book_until"))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end comes before the start. Choose a later end."))
        if starts and book and book > starts:
            self.add_error("book_until", _("Booking ends before the workshop starts. Choose an earlier time."))
        if not data.get("place") and not data.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where people meet, or give a video link."))
        return data


class PointForm(forms.ModelForm[ProgrammePoint]):
    """A point of the programme."""

    class Meta:
        model = ProgrammePoint
        fields = ["title", "minutes", "text", "scenario"]
        labels = {"title": _("What happens?"), "text": _("Details"), "scenario": _("Talk about a scenario of use")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "scenario", Scenario.objects.visible_to(user))
        self.fields["minutes"].widget.attrs["min"] = 1

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if minutes < 1:
            raise ValidationError(_("Write how many minutes it takes, at least 1."))
        return minutes


class MaterialForm(forms.Form):
    """A file or a link."""

    title = forms.CharField(label=_("Title"), max_length=200)
    file = PrivateFileField(kinds=(*DOCUMENTS, *PICTURES), label=_("File"), required=False)
    url = forms.URLField(label=_("Or an address on the web"), required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("url")):
            self.add_error("file", _("Give either a file or an address."))
        return data

    def values(self, actor: User) -> dict[str, Any]:
        """Return title and file or address, the file stored."""
        data = self.cleaned_data
        return {"title": data["title"], "url": data["url"], "file": stored_value(self, "file", actor=actor)}


class QuestionForm(forms.Form):
    """A question that came up."""

    title = forms.CharField(label=_("Your question, in one sentence"), max_length=200)
    text = forms.CharField(
        label=_("Details"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class AttendanceForm(forms.Form):
    """Who of the booked people came; before the first time everybody is ticked."""

    present = forms.MultipleChoiceField(label=_("Who took part?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, bookings: Iterable[Booking], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = list(bookings)
        field = cast(forms.MultipleChoiceField, self.fields["present"])
        field.choices = [(str(booking.pk), str(booking.user)) for booking in rows]
        field.initial = [str(booking.pk) for booking in rows if booking.attended is not False]

    def clean_present(self) -> set[int]:
        return {int(chosen) for chosen in self.cleaned_data["present"]}


class CallOffForm(forms.Form):
    """Why a workshop does not take place."""

    because = forms.CharField(
        label=_("Why is it called off?"),
        max_length=300,
        help_text=_("Everybody with a place reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ScenarioForm(forms.ModelForm[Scenario]):
    """What a scenario is called, and whose it is."""

    class Meta:
        model = Scenario
        fields = ["organisation", "title", "summary"]
        labels = {"organisation": _("Organisation"), "title": _("Title"), "summary": _("What is it about?")}

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].required = True
        _offer(self, "organisation", organisations_planned_for(user))


class PartForm(forms.ModelForm[ScenarioPart]):
    """A part of a scenario."""

    class Meta:
        model = ScenarioPart
        fields = ["kind", "text"]
        labels = {"kind": _("Which part is it?"), "text": _("Text")}
        help_texts = {"text": _("No real names: write “a mentee”, “a colleague”.")}
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}


class ConsultantField(forms.ModelChoiceField[User]):
    """Names each mentor with what they do."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj} – {headline}" if (headline := obj.mentorprofile.headline) else str(obj)


class HelpForm(forms.Form):
    """Whom to ask, for what, until when."""

    consultant = ConsultantField(User.objects.none(), label=_("Whom do you ask?"))
    group = forms.ModelChoiceField(
        MentoringGroup.objects.none(),
        label=_("For which group?"),
        required=False,
        empty_label=_("For the organisation as a whole"),
    )
    scope = forms.CharField(
        label=_("What help do you need?"),
        max_length=3000,
        help_text=_("Write no names of mentees. Say what is hard, and what a good result would be."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"), help_text=_("After this day the access ends by itself."))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        # Nobody is named here who is not named to this person elsewhere.
        seen = MentorProfile.objects.visible_to(user).entered().order_by().values("user")
        shown = PublicProfile.objects.visible_to(user).order_by().values("mentor__user")
        mentors = User.objects.filter(Q(pk__in=seen) | Q(pk__in=shown), is_active=True).exclude(pk=user.pk)
        mentors = mentors.select_related("mentorprofile")
        _offer(self, "consultant", mentors.order_by("last_name", "first_name"))
        _offer(self, "group", groups_to_help(user))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if ends and ends < timezone.localdate():
            self.add_error("ends_on", _("This day is over. Choose a later one."))
        elif starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day comes before the first. Choose a later one."))
        return data


def groups_to_help(user: User) -> Any:
    """Return the active groups that ``user`` mentors or coordinates."""
    coordinated = Cohort.objects.coordinated_by(user).order_by().values("pk")
    return MentoringGroup.objects.active().filter(Q(mentor=user) | Q(cohort__in=coordinated))


class AnswerForm(forms.Form):
    """Yes or no to a request for help."""

    accept = forms.TypedChoiceField(
        label=_("Will you help?"),
        choices=[("yes", _("Yes, I will help")), ("no", _("No, I cannot"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
