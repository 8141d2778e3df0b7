"""Opening and changing a call."""

from collections import defaultdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.questionnaires.models import Version
from mentoring_ext.applications.actions import versions_to_ask
from mentoring_ext.applications.models import Call
from mentoring_ext.applications.uses import audience_of
from mentoring_ext.programmes.models import Cohort


class VersionField(forms.ModelChoiceField[Version]):
    """Offers forms under the heading of those to whom they speak."""

    def label_from_instance(self, version: Any) -> str:
        owner = version.questionnaire.organisation
        title = f"{version.questionnaire.title} ({version.number})"
        return f"{title}, {owner}" if owner else title


class CallForm(forms.ModelForm[Call]):
    """A call for mentors of a cohort that the person coordinates."""

    version = VersionField(
        queryset=Version.objects.none(),
        label=_("What do you ask?"),
        help_text=_("The form also says whom the call is for. A call for your own staff is not shown to visitors."),
        empty_label=None,
    )

    class Meta:
        model = Call
        fields = ["cohort", "version", "title", "text", "opens_on", "closes_on", "answers_by"]
        labels = {
            "cohort": _("For which cohort?"),
            "title": _("Title"),
            "text": _("Whom do you look for?"),
            "opens_on": _("First day to apply"),
            "closes_on": _("Last day to apply"),
            "answers_by": _("Applicants have an answer by"),
        }
        help_texts = {
            "title": _("For example: Mentors wanted in Athens."),
            "text": _("Say what mentors do, how much time it takes, and what you ask of them."),
            "answers_by": _("Applicants read it on their own page."),
        }

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        cohorts = Cohort.objects.coordinated_by(user).exclude(state=Cohort.State.FINISHED)
        field = self.fields["cohort"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = cohorts
            field.empty_label = None
        self._offer_versions(cohorts)

    def _offer_versions(self, cohorts: Any) -> None:
        versions = list(versions_to_ask(cohorts.values("organisation")))
        now = self.instance.version if self.instance.pk else None
        if now and now not in versions:
            versions.append(now)
        field = self.fields["version"]
        if isinstance(field, VersionField):
            field.queryset = Version.objects.filter(pk__in=[version.pk for version in versions])
            groups = defaultdict(list)
            for version in versions:
                label = str(audience_of(version.questionnaire.use).label)
                groups[label].append((version.pk, field.label_from_instance(version)))
            field.widget.choices = list(groups.items())
            field.initial = versions[0].pk if versions else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opens_on, closes_on, answers_by = (data.get(name) for name in ("opens_on", "closes_on", "answers_by"))
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("The last day comes before the first day. Choose a later last day."))
        elif closes_on and answers_by and answers_by < closes_on:
            self.add_error(
                "answers_by", _("Applicants can only have an answer after the last day to apply. Choose a later day.")
            )
        return data
