"""Forms of this room."""

from mentoring_ext.applications.forms.application import ApplicationForm, ChangeForm
from mentoring_ext.applications.forms.call import CallForm
from mentoring_ext.applications.forms.link import LinkForm
from mentoring_ext.applications.forms.review import AcceptForm, DeclineForm, MoveForm, NoteForm

__all__ = [
    "AcceptForm",
    "ApplicationForm",
    "CallForm",
    "ChangeForm",
    "DeclineForm",
    "LinkForm",
    "MoveForm",
    "NoteForm",
]
