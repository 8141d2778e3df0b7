"""What a registration form is composed of: the columns of a registration that it may ask for."""

from pathlib import Path

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation, User
from lms.plugins import QuestionnaireUse, TypedField
from mentoring_ext.profiles.choices import Language
from mentoring_ext.programmes.permissions import organisations_to_open_for

USE = "registration"
TEMPLATE = Path(__file__).parent / "data" / "registration.yaml"
FIELDS = (
    TypedField("first_name", _("First name"), "text", fixed=True),
    TypedField("last_name", _("Family name"), "text", fixed=True),
    TypedField("email", _("E-mail address"), "email"),
    TypedField("telephone", _("Telephone number"), "telephone"),
    TypedField("language", _("Language in which we write to you"), "select", choices=Language.choices),
)


def may_compose(user: User, organisation: Model) -> bool:
    """Return whether the person may open cohorts for the organisation, and so compose how people register."""
    is_one = isinstance(organisation, Organisation)
    return is_one and organisations_to_open_for(user).filter(pk=organisation.pk).exists()


def registration_use() -> QuestionnaireUse:
    """Return the use under which registration forms are composed."""
    return QuestionnaireUse(
        name=USE,
        label=_("Registration of mentees"),
        text=_("People who want to learn with a mentor fill this in."),
        fields=FIELDS,
        may_compose=may_compose,
        templates=[TEMPLATE],
    )
