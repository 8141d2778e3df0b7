"""Forms of the pairing."""

from mentoring_ext.matching.forms.changing import MoveForm, ReasonForm
from mentoring_ext.matching.forms.comparing import CompareForm
from mentoring_ext.matching.forms.letters import LettersForm
from mentoring_ext.matching.forms.ruling import ConflictForm, OfflineForm
from mentoring_ext.matching.forms.running import RunForm

__all__ = ["CompareForm", "ConflictForm", "LettersForm", "MoveForm", "OfflineForm", "ReasonForm", "RunForm"]
