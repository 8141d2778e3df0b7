"""What the room keeps of a person, and how it goes away."""

from typing import Any

from lms.files.actions import delete_file
from lms.people.models import User
from lms.plugins import PrivacyHandler
from mentoring_ext.applications.models import Application, Note, StageChange

HANDLER_MODELS = (
    "mentoring_applications.application",
    "mentoring_applications.note",
    "mentoring_applications.stagechange",
)
TOLD = ("first_name", "last_name", "email", "country", "headline", "experience", "motivation", "answer")


def handler() -> PrivacyHandler:
    """Return the room's privacy handler."""
    return PrivacyHandler(name="applications", models=HANDLER_MODELS, export=_export, erase=_erase)


def _export(user: User) -> dict[str, Any]:
    applications = Application.objects.filter(user=user).select_related("call", "cv").prefetch_related("changes")
    notes = Note.objects.filter(author=user)
    return {
        "applications": [_told(application) for application in applications],
        "notes_written": [{"text": note.text, "written": note.written_at.isoformat()} for note in notes],
    }


def _told(application: Application) -> dict[str, Any]:
    return {
        "call": str(application.call),
        **{name: getattr(application, name) for name in TOLD},
        "competences": application.competences,
        "cv": application.cv.name if application.cv else "",
        "history": [{"stage": change.stage, "at": change.at.isoformat()} for change in application.changes.all()],
    }


def _erase(user: User) -> None:
    """Empty the applications and keep their stages for the counts; notes stay without their author."""
    for application in Application.objects.filter(user=user).select_related("cv"):
        _empty(application, user)
    Note.objects.filter(author=user).update(author=None)
    StageChange.objects.filter(actor=user).update(actor=None)


def _empty(application: Application, user: User) -> None:
    cv, application.cv, application.user = application.cv, None, None
    for name in TOLD:
        setattr(application, name, "")
    application.email = f"erased-{application.pk}@invalid.invalid"
    application.competences = []
    application.save()
    application.notes.all().delete()
    if cv:
        delete_file(cv, actor=user)
