"""What staff does in the mentors' database: notes and saved views."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lms.journal.actions import record
from lms.people.models import Organisation, User
from mentoring_ext.profiles.errors import NameTaken
from mentoring_ext.profiles.models import MentorNote, MentorProfile, SavedView


@transaction.atomic
def note_on_mentor(
    mentor: MentorProfile, *, actor: User, organisation: Organisation, text: str, at: datetime
) -> MentorNote:
    """Keep a note about a mentor for colleagues who serve the same organisation; the mentor is not told."""
    note = MentorNote.objects.create(
        mentor=mentor, organisation=organisation, author=actor, text=text.strip(), written_at=at
    )
    record("wrote", note, actor=actor, context=mentor, at=at)
    return note


@transaction.atomic
def delete_note(note: MentorNote, *, actor: User, at: datetime) -> None:
    """Delete one's own note."""
    record("deleted", note, actor=actor, context=note.mentor, at=at)
    note.delete()


@transaction.atomic
def save_view(*, actor: User, name: str, query: str, organisation: Organisation | None, at: datetime) -> SavedView:
    """Keep filters under a name, for oneself or shared with who serves an organisation.

    Raises ``NameTaken`` (name_taken) when the person has a view of that name.
    """
    try:
        with transaction.atomic():
            view = SavedView.objects.create(
                owner=actor, name=name.strip(), query=query, organisation=organisation, saved_at=at
            )
    except IntegrityError:
        raise NameTaken
    record("created", view, actor=actor, at=at, data={"shared": organisation is not None})
    return view


@transaction.atomic
def delete_view(view: SavedView, *, actor: User, at: datetime) -> None:
    """Delete one's own saved view, for those too with whom it was shared."""
    record("deleted", view, actor=actor, at=at)
    view.delete()
