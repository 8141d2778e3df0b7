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
from mentoring_ext.programmes.forms.programme import CopyForm, PhaseForm, PlanForm, WordsForm

__all__ = [
    "CohortForm",
    "CohortItemForm",
    "CopyForm",
    "ExcuseForm",
    "InvitationForm",
    "PhaseForm",
    "PlanForm",
    "SettleForm",
    "TemplateForm",
    "TemplateItemForm",
    "TemplateWordsForm",
    "WaiverForm",
    "WordsForm",
]
