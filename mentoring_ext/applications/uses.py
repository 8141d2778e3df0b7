"""The two forms that people apply with: which answers the system computes with, who composes them, what ships."""

from pathlib import Path

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lms.people.countries import Country
from lms.people.models import User
from lms.plugins import QuestionnaireUse, Text, TypedField
from lms.questionnaires.models import Question
from mentoring_ext.applications.models import Audience
from mentoring_ext.profiles.choices import Competence, Language
from mentoring_ext.programmes.permissions import organisations_to_open_for

Kind = Question.Kind
USES = {Audience.EXTERNAL: "application_external", Audience.IN_HOUSE: "application_in_house"}
"""The use of a form by the audience of the calls that ask it."""
FOLDER = Path(__file__).parent / "data"
SHIPPED = {
    Audience.EXTERNAL: FOLDER / "application-external.yaml",
    Audience.IN_HOUSE: FOLDER / "application-in-house.yaml",
}
"""The form that a call asks unless its coordinator chooses another one."""
FIELDS = (
    TypedField("first_name", _("First name"), Kind.TEXT, fixed=True),
    TypedField("last_name", _("Family name"), Kind.TEXT, fixed=True),
    TypedField("email", _("E-mail address"), Kind.EMAIL, fixed=True),
    TypedField("country", _("Country"), Kind.COUNTRY, choices=Country.choices),
    TypedField("place", _("Town"), Kind.TEXT),
    TypedField("picture", _("Picture"), Kind.PICTURE),
    TypedField("headline", _("What the person does, in one line"), Kind.TEXT),
    TypedField("experience", _("Experience and know-how"), Kind.LONG_TEXT),
    TypedField("competences", _("What the person can help others with"), Kind.CHOICES, choices=Competence.choices),
    TypedField("languages", _("Languages for talking together"), Kind.CHOICES, choices=Language.choices),
    TypedField("motivation", _("Why the person wants to be a mentor"), Kind.LONG_TEXT),
    TypedField("cv", _("CV"), Kind.FILE),
)
"""The application's columns that a form may fill; the mentor's sheet takes most of them over."""
TYPED = tuple(field.name for field in FIELDS)


def application_forms() -> list[QuestionnaireUse]:
    """Return what forms of applications can be composed for: one use for each audience."""
    return [
        _use(
            Audience.EXTERNAL,
            _("Application of external professionals"),
            _("What people from elsewhere are asked who apply as mentors. Anybody can open it."),
        ),
        _use(
            Audience.IN_HOUSE,
            _("Application of our own staff"),
            _("What staff of the organisation are asked who apply as mentors."),
        ),
    ]


def _use(audience: Audience, label: Text, text: Text) -> QuestionnaireUse:
    return QuestionnaireUse(
        name=USES[audience],
        label=label,
        text=text,
        fields=FIELDS,
        may_compose=may_compose,
        templates=[SHIPPED[audience]],
    )


def may_compose(user: User, organisation: Model) -> bool:
    """Return whether the person composes this organisation's forms: its coordinators and managers, administrators."""
    return organisations_to_open_for(user).filter(pk=organisation.pk).exists()


def audience_of(use: str) -> Audience:
    """Return whom a form of that use speaks to; raises ``KeyError`` for a form that nobody applies with."""
    return {name: audience for audience, name in USES.items()}[use]
