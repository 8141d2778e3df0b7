"""What the room keeps of a person, and how it goes away."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.plugins import Held, PrivacyHandler
from lms.privacy.models import Reading
from mentoring_ext.applications.kept_files import delete_unused, files_of, throw_away
from mentoring_ext.applications.models import (
    Application,
    Appointment,
    Assignment,
    Decision,
    Draft,
    Interview,
    Letter,
    LetterTemplate,
    Note,
    Scorecard,
    SelectionGuide,
    SelectionReport,
    StageChange,
)

HANDLER_MODELS = (
    "mentoring_applications.application",
    "mentoring_applications.appointment",
    "mentoring_applications.assignment",
    "mentoring_applications.decision",
    "mentoring_applications.draft",
    "mentoring_applications.interview",
    "mentoring_applications.letter",
    "mentoring_applications.lettertemplate",
    "mentoring_applications.note",
    "mentoring_applications.scorecard",
    "mentoring_applications.selectionguide",
    "mentoring_applications.selectionreport",
    "mentoring_applications.stagechange",
)
TOLD = ("first_name", "last_name", "email", "country", "place", "headline", "experience", "motivation", "answer")

STAFF_NOTE = "What the staff think while they decide; the decision and its reason are told."
HELD = (
    Held("mentoring_applications.application"),
    Held("mentoring_applications.stagechange", about="application__user", left_out={"actor": STAFF_NOTE}),
    Held("mentoring_applications.draft"),
    Held("mentoring_applications.decision", about=("application__user", "actor")),
    Held("mentoring_applications.letter", about=("application__user", "actor")),
    Held("mentoring_applications.appointment", about=("application__user", "host")),
    Held("mentoring_applications.note", about="author"),
    Held("mentoring_applications.interview", about="author"),
    Held("mentoring_applications.scorecard", about="reviewer"),
    Held("mentoring_applications.assignment"),
)
NOT_TOLD = {
    "mentoring_applications.lettertemplate": "A text of the organisation; it tells only who changed it last.",
    "mentoring_applications.selectionguide": "A text of the organisation; it tells only who changed it last.",
    "mentoring_applications.selectionreport": "It is about a whole call, and names all who applied.",
}


def handler() -> PrivacyHandler:
    """Return the room's privacy handler."""
    return PrivacyHandler(
        name="applications",
        models=HANDLER_MODELS,
        export=_export,
        erase=_erase,
        label=_("Applications"),
        held=HELD,
        not_told=NOT_TOLD,
    )


def _export(user: User) -> dict[str, Any]:
    applications = Application.objects.filter(user=user).select_related("call", "cv")
    found = applications.prefetch_related("changes", "letters", "appointments")
    return {
        "applications": [_told(application) for application in found],
        "drafts": [{"call": str(draft.call), "typed": draft.data} for draft in Draft.objects.filter(user=user)],
        "notes_written": [_written(note.text, note.written_at) for note in Note.objects.filter(author=user)],
        "scorecards_written": [_scored(card) for card in Scorecard.objects.filter(reviewer=user)],
        "interviews_written": [
            _written(row.impression, row.written_at) for row in Interview.objects.filter(author=user)
        ],
        "interviews_held": [_written(row.where, row.offered_at) for row in Appointment.objects.filter(host=user)],
        "asked_to_review": Assignment.objects.filter(user=user).count(),
        "decisions_taken": Decision.objects.filter(actor=user).count(),
        "letters_written": Letter.objects.filter(actor=user).count(),
        "texts_written": LetterTemplate.objects.filter(changed_by=user).count(),
        "guides_written": SelectionGuide.objects.filter(changed_by=user).count(),
        "reports_signed": SelectionReport.objects.filter(closed_by=user).count(),
    }


def _written(text: str, at: Any) -> dict[str, str]:
    return {"text": text, "written": at.isoformat()}


def _scored(card: Scorecard) -> dict[str, Any]:
    scores = card.scores.select_related("criterion")
    marks = [{"criterion": score.criterion.name, "mark": score.value, "why": score.comment} for score in scores]
    return {"comment": card.comment, "total": card.total, "marks": marks}


def _told(application: Application) -> dict[str, Any]:
    return {
        "call": str(application.call),
        **{name: getattr(application, name) for name in TOLD},
        "competences": application.competences,
        "cv": application.cv.name if application.cv else "",
        "history": [{"stage": change.stage, "at": change.at.isoformat()} for change in application.changes.all()],
        "letters": [{"subject": letter.subject, "text": letter.body} for letter in application.letters.all()],
        "interviews": [
            {"state": row.state, "place": row.where, "wish": row.wish} for row in application.appointments.all()
        ],
    }


def _erase(user: User) -> None:
    """Empty the applications and keep their stages for the counts; what others wrote stays without its author."""
    for application in Application.objects.filter(_sent_by(user)).select_related("cv"):
        empty_application(application, user, timezone.now())
    for model, field in (
        (Note, "author"),
        (Interview, "author"),
        (Scorecard, "reviewer"),
        (Appointment, "host"),
        (Decision, "actor"),
        (Letter, "actor"),
        (StageChange, "actor"),
        (Assignment, "assigned_by"),
        (LetterTemplate, "changed_by"),
        (SelectionGuide, "changed_by"),
    ):
        model._default_manager.filter(**{field: user}).update(**{field: None})
    Assignment.objects.filter(user=user).delete()
    SelectionReport.objects.filter(closed_by=user).update(closed_by=None, signature="")
    for draft in Draft.objects.filter(_sent_by(user)):
        throw_away(draft, actor=None)


def _sent_by(user: User) -> Q:
    """Return the filter of what the person sent, also from before there was an account, with its address."""
    return Q(user=user) | Q(email__iexact=user.email) if user.email else Q(user=user)


def empty_application(application: Application, actor: User | None, at: datetime) -> None:
    """Take everything that tells of the person out of an application; its stage and marks stay for the counts."""
    files = files_of(application)
    application.responses.all().delete()
    for name in TOLD:
        setattr(application, name, "")
    application.competences, application.languages = [], []
    application.user = application.cv = application.picture = None
    application.email = f"erased-{application.pk}@invalid.invalid"
    application.emptied_at = application.emptied_at or at
    application.save()
    empty_review(application)
    Notice.objects.filter(url=application.get_absolute_url()).delete()
    Reading.objects.of(application).delete()
    kind = ContentType.objects.get_for_model(Application)
    Entry.objects.filter(object_type=kind, object_id=application.pk).update(object_text=str(application))
    delete_unused(files, actor=actor)


def empty_review(application: Application) -> None:
    """Take everything that reviewers wrote about the person away; totals and the decision's outcome stay."""
    for rows in (application.notes, application.interviews, application.letters, application.appointments):
        rows.all().delete()
    for card in application.scorecards.all():
        card.scores.update(comment="")
    application.scorecards.update(comment="")
    Decision.objects.filter(application=application).update(reason="")
    report = SelectionReport.objects.filter(call=application.call_id, content__isnull=False).first()
    if report and report.content:
        report.content = without_person(report.content, application.pk)
        report.save(update_fields=["content"])


def without_person(content: dict[str, Any], pk: int) -> dict[str, Any]:
    """Return the fixed copy of a report with this applicant as a number only."""
    rows = [row | {"name": "", "reason": ""} if row["application"] == pk else row for row in content["rows"]]
    return content | {"rows": rows}
