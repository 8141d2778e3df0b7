"""The steps of each sheet: which fields stand together, and how far a person has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.plugins import Text
from mentoring_ext.profiles.forms.sheets import FORMS, LEVELS, SENSITIVE, initial_of
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, SensitiveDetails, Sheet

STYLE_FIELDS = ("style_words", "style_plan", "style_group", "style_pace")
MEETING_FIELDS = ("first_language", "languages", "availability", "online", "in_person", "place", "access")


@dataclass(frozen=True)
class Step:
    """One step of a sheet; ``code`` names it in drafts."""

    code: str
    title: Text
    lead: Text
    fields: Sequence[str]


ABOUT_YOU = _("You need not tell any of this. Only the matching uses it; neither side sees what the other told.")

STEPS: dict[type[Sheet], list[Step]] = {
    MenteeProfile: [
        Step(
            "goals",
            _("Your goals"),
            _("What you would like to reach and learn."),
            ["goals", "objectives", "motives", "motivation", "expectations"],
        ),
        Step(
            "skills",
            _("What you can do now"),
            _("There is no right or wrong. It helps to find a mentor who knows what you want to learn."),
            [*LEVELS, "area", "interests"],
        ),
        Step(
            "style",
            _("How you learn"),
            _("So that you and your mentor get on well."),
            ["guidance", "support", *STYLE_FIELDS],
        ),
        Step("meeting", _("When and where"), _("The languages, hours and places that suit you."), MEETING_FIELDS),
        Step("about", _("About you"), ABOUT_YOU, ["mixed_gender", *SENSITIVE, "consent"]),
    ],
    MentorProfile: [
        Step(
            "skills",
            _("What you bring"),
            _("What you know and have done."),
            ["headline", "country", "area", "competences", *LEVELS, "experience", "groups_before"],
        ),
        Step(
            "goals",
            _("What you want to give"),
            _("What you would like to change, and how you help."),
            ["motives", "objectives", "support", "motivation"],
        ),
        Step(
            "style",
            _("How you work"),
            _("So that you and your mentees get on well."),
            ["guidance", *STYLE_FIELDS, "interests"],
        ),
        Step(
            "meeting",
            _("When and where"),
            _("The languages, hours and places that suit you."),
            ["capacity", *MEETING_FIELDS],
        ),
        Step("about", _("About you"), ABOUT_YOU, [*SENSITIVE, "consent"]),
    ],
}


def details_of(profile: Sheet) -> SensitiveDetails | None:
    """Return what the person told in confidence."""
    return SensitiveDetails.objects.filter(user_id=profile.user_id).first()


def unfinished(profile: Sheet, last: dict[str, Any] | None = None) -> list[tuple[int, Step, list[str]]]:
    """Return the steps that are not complete yet, each with its number and what is wrong there.

    ``last`` holds values of the last step that are being saved just now.
    """
    data = {**initial_of(profile, details_of(profile)), **(last or {})}
    found = []
    for number, step in enumerate(STEPS[type(profile)], start=1):
        form = FORMS[type(profile)](data, only=step.fields)
        if not form.is_valid():
            found.append((number, step, [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items()]))
    return found
