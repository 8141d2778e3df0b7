"""Forms of this room."""

from mentoring_ext.applications.forms.application import TICKET, ApplicationForm, new_ticket
from mentoring_ext.applications.forms.call import CallForm
from mentoring_ext.applications.forms.review import AcceptForm, DeclineForm, MoveForm, NoteForm

__all__ = [
    "TICKET",
    "AcceptForm",
    "ApplicationForm",
    "CallForm",
    "DeclineForm",
    "MoveForm",
    "NoteForm",
    "new_ticket",
]
