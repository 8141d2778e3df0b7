"""Forms of this room."""

from mentoring_ext.programmes.forms.checklist import (
    CohortItemForm,
    ExcuseForm,
    SettleForm,
    TemplateForm,
    TemplateItemForm,
    TemplateWordsForm,
)
from mentoring_ext.programmes.forms.cohort import CohortForm
from mentoring_ext.programmes.forms.member import InvitationForm, WaiverForm

__all__ = [
    "CohortForm",
    "CohortItemForm",
    "ExcuseForm",
    "InvitationForm",
    "SettleForm",
    "TemplateForm",
    "TemplateItemForm",
    "TemplateWordsForm",
    "WaiverForm",
]
