"""Forms of this room."""

from mentoring_ext.programmes.forms.cohort import CohortForm
from mentoring_ext.programmes.forms.member import InvitationForm, WaiverForm

__all__ = [
    "CohortForm",
    "InvitationForm",
    "WaiverForm",
]
