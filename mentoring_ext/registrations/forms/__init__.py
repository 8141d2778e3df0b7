"""The forms of this room."""

from mentoring_ext.registrations.forms.coordinator import DeclineForm, FilterForm, OpeningForm, PartnerForm, RulesForm
from mentoring_ext.registrations.forms.public import AskForm, ReferForm, ReturnForm

__all__ = [
    "AskForm",
    "DeclineForm",
    "FilterForm",
    "OpeningForm",
    "PartnerForm",
    "ReferForm",
    "ReturnForm",
    "RulesForm",
]
