"""What a coordinator does with an application."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.files.models import StoredFile
from lms.journal.actions import record
from lms.people.actions import invite_person
from lms.people.models import User
from lms.privacy.actions import claim_readings, record_reading
from lms.questionnaires.models import Answer, Response
from mentoring_ext.applications import errors
from mentoring_ext.applications.actions.interviews import end_appointments
from mentoring_ext.applications.actions.letters import write_letter
from mentoring_ext.applications.actions.stages import change_stage, locked, undecided
from mentoring_ext.applications.letter_texts import LetterText
from mentoring_ext.applications.models import OPEN_STAGES, Application, Decision, Note, Purpose, Stage
from mentoring_ext.profiles.actions import enter_mentor
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.programmes.actions import add_member
from mentoring_ext.programmes.errors import AlreadyMember
from mentoring_ext.programmes.models import CohortMembership, Role

CARRIED_OVER = ("headline", "competences", "languages", "experience", "motivation", "country", "place", "picture")
"""What the mentor's sheet takes over from the application."""
LONGEST_PLACE = 100
"""How long a town's name may be on the sheet."""


@transaction.atomic
def move_application(
    application: Application, *, actor: User, stage: str, at: datetime, seen: str | None = None
) -> Application:
    """Put an application into another open stage; the applicant sees it on the status page.

    ``seen`` is the stage in which the person saw it. Raises ``NotAnOpenStage`` ("not_an_open_stage"),
    ``AlreadyDecided`` ("already_decided") and ``MovedMeanwhile`` ("moved_meanwhile"), both telling who did what.
    """
    if stage not in OPEN_STAGES:
        raise errors.NotAnOpenStage
    application = locked(application)
    if not application.is_undecided:
        raise errors.AlreadyDecided(_what_happened(application))
    if seen and seen != application.stage:
        raise errors.MovedMeanwhile(_what_happened(application))
    if application.stage != stage:
        change_stage(application, stage, actor=actor, at=at)
        record("moved", application, actor=actor, context=application.call, data={"stage": stage}, at=at)
    return application


def _what_happened(application: Application) -> str:
    last = application.changes.select_related("actor").order_by("-at", "-pk").first()
    words = {
        "who": (last.actor if last else None) or application,
        "name": application,
        "stage": application.get_stage_display(),
        "time": date_format(timezone.localtime(last.at), "j F, H:i") if last else "",
    }
    return _("%(who)s moved %(name)s to “%(stage)s” on %(time)s. Nothing was changed now.") % words


@transaction.atomic
def note_on_application(application: Application, *, actor: User, text: str, at: datetime) -> Note:
    """Keep a reviewer's note, which the applicant does not see."""
    note = Note.objects.create(application=application, author=actor, text=text, written_at=at)
    record("wrote", note, actor=actor, context=application, at=at)
    return note


@transaction.atomic
def accept_application(
    application: Application,
    *,
    actor: User,
    answer: str = "",
    reason: str = "",
    at: datetime,
    text: LetterText | None = None,
) -> Application:
    """Make the applicant a mentor: account, mentors' database, and the cohort with its training.

    ``reason`` is for the file, ``answer`` for the applicant; ``text`` is the mail, if not the organisation's words.
    Raises ``AlreadyDecided`` ("already_decided") and ``OtherRoleInCohort`` ("other_role_in_cohort").
    """
    application = undecided(application)
    user = application.user = application.user or _account_of(application, actor, at)
    claim_readings(application, user)
    application.answer = answer
    _decide(application, Stage.ACCEPTED, actor, reason, at)
    enter_mentor(user, origin=_origin(application, user), actor=actor, at=at, known=_known(application))
    _join_cohort(application, user, actor, at)
    record("accepted", application, actor=actor, context=application.call, at=at)
    write_letter(application, purpose=Purpose.ACCEPTED, actor=actor, at=at, answer=answer, text=text)
    return application


def _decide(application: Application, outcome: Stage, actor: User, reason: str, at: datetime) -> None:
    end_appointments(application, actor=actor, at=at)
    change_stage(application, outcome, actor=actor, at=at)
    Decision.objects.create(application=application, outcome=outcome, reason=reason.strip(), actor=actor, at=at)


def _account_of(application: Application, actor: User, at: datetime) -> User:
    return invite_person(
        actor=actor,
        first_name=application.first_name,
        last_name=application.last_name,
        email=application.email,
        reason=_("%(cohort)s, as mentor") % {"cohort": application.call.cohort},
        at=at,
        mail=False,
    )


def _origin(application: Application, user: User) -> MentorProfile.Origin:
    at_home = user.organisation_id == application.call.organisation_id
    return MentorProfile.Origin.IN_HOUSE if at_home else MentorProfile.Origin.EXTERNAL


def _known(application: Application) -> dict[str, Any]:
    known = {name: getattr(application, name) for name in CARRIED_OVER}
    return known | {"place": application.place[:LONGEST_PLACE]}


def _join_cohort(application: Application, user: User, actor: User, at: datetime) -> None:
    cohort = application.call.cohort
    try:
        add_member(cohort, user, actor=actor, role=Role.MENTOR, at=at)
    except AlreadyMember:
        return
    except DomainError as error:
        others = CohortMembership.objects.present().filter(cohort=cohort, user=user)
        if others.exists():
            raise errors.OtherRoleInCohort from error
        raise


@transaction.atomic
def decline_application(
    application: Application,
    *,
    actor: User,
    answer: str,
    reason: str = "",
    at: datetime,
    text: LetterText | None = None,
) -> Application:
    """Say no, with the reason, which the applicant gets by mail; ``reason`` adds to it, for the file only.

    Raises ``AnswerMissing`` ("answer_missing") and ``AlreadyDecided`` ("already_decided").
    """
    if not answer.strip():
        raise errors.AnswerMissing
    application = undecided(application)
    application.answer = answer.strip()
    _decide(application, Stage.DECLINED, actor, reason, at)
    record("declined", application, actor=actor, context=application.call, at=at)
    write_letter(application, purpose=Purpose.DECLINED, actor=actor, at=at, answer=answer.strip(), text=text)
    return application


def read_application(application: Application, *, reader: User, at: datetime) -> None:
    """Write down that somebody opened an application, for the applicant to see."""
    what = _("Your application: %(call)s") % {"call": application.call}
    record_reading(application, reader=reader, about=application.user, what=what, at=at)


@transaction.atomic
def read_cv(application: Application, *, actor: User, at: datetime) -> StoredFile | None:
    """Return the CV and write down who read it."""
    return _read_file(application, application.cv, _("Your CV: %(call)s"), actor, at)


@transaction.atomic
def read_picture(application: Application, *, actor: User, at: datetime) -> StoredFile | None:
    """Return the picture and write down who saw it."""
    return _read_file(application, application.picture, _("Your picture: %(call)s"), actor, at)


@transaction.atomic
def read_answered_file(application: Application, *, answer_pk: int, actor: User, at: datetime) -> StoredFile | None:
    """Return what was uploaded as this answer and write down who read it."""
    answers = Answer.objects.filter(response__in=Response.objects.about(application), pk=answer_pk)
    answer = answers.select_related("file").first()
    return _read_file(application, answer.file if answer else None, _("A file that you sent: %(call)s"), actor, at)


def _read_file(
    application: Application, file: StoredFile | None, what: str, actor: User, at: datetime
) -> StoredFile | None:
    if file:
        words = what % {"call": application.call}
        record_reading(application, reader=actor, about=application.user, what=words, at=at)
    return file
