"""What applicants read on their own page: how far they are, what comes next, what they sent, who opened it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.files.models import StoredFile
from lms.privacy.models import Reading
from lms.questionnaires.models import Question
from mentoring_ext.applications.models import OPEN_STAGES, Application, Stage
from mentoring_ext.applications.uses import FIELDS, TYPED


@dataclass(frozen=True)
class Told:
    """One question with the applicant's answer in words, or with the file and its address."""

    question: str
    words: str = ""
    file: StoredFile | None = None
    address: str = ""
    is_picture: bool = False


@dataclass(frozen=True)
class Page:
    """The applicant's page. ``done`` of ``steps`` counts the stages up to the answer; ``beads`` draws them."""

    beads: list[dict[str, Any]]
    done: int
    steps: int
    changes: list[Any]
    told: list[Told]
    readings: list[Reading]
    appointment: Any


def page_of(application: Application, token: str) -> Page:
    """Return what the applicant's page shows, in a fixed number of queries."""
    changes = list(application.changes.all())
    beads = beads_of(application, [change.stage for change in changes])
    return Page(
        beads=beads,
        done=sum(bead["state"] == "done" for bead in beads),
        steps=len(beads),
        changes=changes,
        told=answers_told(application, token),
        readings=list(Reading.objects.of(application).select_related("reader").order_by("-last_at")),
        appointment=application.appointments.standing().prefetch_related("times").first(),
    )


def beads_of(application: Application, passed: list[str]) -> list[dict[str, Any]]:
    """Return the stages up to the answer as beads.

    What was passed is done, and so is the answer once there is one. Of a closed application the stages that it never
    came to are left out.
    """
    stages: list[Stage] = [stage for stage in OPEN_STAGES if application.is_undecided or stage in passed]
    beads = [_bead(number, stage.label, _state(stage, application)) for number, stage in enumerate(stages, start=1)]
    if application.is_undecided:
        return [*beads, _bead(len(beads) + 1, _("Our answer"), "open")]
    return [*beads, _bead(len(beads) + 1, application.get_stage_display(), "done")]


def _bead(number: int, label: Any, state: str) -> dict[str, Any]:
    return {"number": number, "label": label, "state": state}


def _state(stage: Stage, application: Application) -> str:
    if not application.is_undecided:
        return "done"
    now, here = OPEN_STAGES.index(Stage(application.stage)), OPEN_STAGES.index(stage)
    return "done" if here < now else "now" if here == now else "open"


def answers_told(application: Application, token: str) -> list[Told]:
    """Return the answers in the order in which they were asked; what was not answered is left out."""
    given = {answer.question_id: answer for answer in _answers(application)}
    told = []
    for question in _questions(application):
        if question.field in TYPED:
            told.append(_typed(application, question, token))
        elif question.pk in given:
            told.append(_answered(question, given[question.pk], token))
    return [row for row in told if row.words or row.file]


def _questions(application: Application) -> list[Question]:
    version = application.version_id or application.call.version_id
    questions = Question.objects.filter(section__version=version).order_by("section__order", "order")
    return [question for question in questions if question.kind != Question.Kind.STATEMENT]


def _answers(application: Application) -> list[Any]:
    return [answer for row in application.responses.with_answers() for answer in row.answers.all()]


def _typed(application: Application, question: Question, token: str) -> Told:
    value = getattr(application, question.field)
    if isinstance(value, StoredFile):
        return _file(question, value, question.field, token)
    choices = {code: str(label) for field in FIELDS if field.name == question.field for code, label in field.choices}
    codes = value if isinstance(value, list) else [value]
    return Told(question.text, ", ".join(choices.get(code, str(code)) for code in codes if code))


def _answered(question: Question, answer: Any, token: str) -> Told:
    return _file(question, answer.file, question.code, token) if answer.file else Told(question.text, answer.words)


def _file(question: Question, file: StoredFile, name: str, token: str) -> Told:
    address = reverse("mentoring_applications:application_file", args=[token, name])
    return Told(question.text, file=file, address=address, is_picture=file.content_type.startswith("image/"))


def file_named(application: Application, name: str) -> StoredFile | None:
    """Return the file that an application has in this column, or for the question of this code."""
    if name in {"cv", "picture"}:
        file: StoredFile | None = getattr(application, name)
        return file
    return next((answer.file for answer in _answers(application) if answer.question.code == name), None)
