"""What a coordinator does with an application."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lms.errors import DomainError
from lms.files.models import StoredFile
from lms.journal.actions import record
from lms.people.actions import invite_person
from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.actions.stages import change_stage, mail_on_commit, undecided
from mentoring_ext.applications.models import OPEN_STAGES, Application, Note, Stage
from mentoring_ext.profiles.actions import enter_mentor
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.programmes.actions import add_member
from mentoring_ext.programmes.errors import AlreadyMember
from mentoring_ext.programmes.models import CohortMembership, Role

CARRIED_OVER = ("headline", "competences", "experience", "motivation", "country")
"""What the mentor's sheet takes over from the application."""


@transaction.atomic
def move_application(application: Application, *, actor: User, stage: str, at: datetime) -> Application:
    """Put an application into another open stage; the applicant sees it on the status page.

    Raises ``NotAnOpenStage`` ("not_an_open_stage") and ``AlreadyDecided`` ("already_decided").
    """
    if stage not in OPEN_STAGES:
        raise errors.NotAnOpenStage
    application = undecided(application)
    if application.stage != stage:
        change_stage(application, stage, actor=actor, at=at)
        record("moved", application, actor=actor, context=application.call, data={"stage": stage}, at=at)
    return application


@transaction.atomic
def note_on_application(application: Application, *, actor: User, text: str, at: datetime) -> Note:
    """Keep a reviewer's note, which the applicant does not see."""
    note = Note.objects.create(application=application, author=actor, text=text, written_at=at)
    record("wrote", note, actor=actor, context=application, at=at)
    return note


@transaction.atomic
def accept_application(application: Application, *, actor: User, answer: str = "", at: datetime) -> Application:
    """Make the applicant a mentor: account, mentors' database, and the cohort with its training.

    Raises ``AlreadyDecided`` ("already_decided") and ``OtherRoleInCohort`` ("other_role_in_cohort").
    """
    application = undecided(application)
    user = application.user = application.user or _account_of(application, actor, at)
    application.answer = answer
    change_stage(application, Stage.ACCEPTED, actor=actor, at=at)
    enter_mentor(user, origin=_origin(application, user), actor=actor, at=at, known=_known(application))
    _join_cohort(application, user, actor, at)
    record("accepted", application, actor=actor, context=application.call, at=at)
    mail_on_commit(application, "accepted")
    return application


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
    return {name: getattr(application, name) for name in CARRIED_OVER}


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
def decline_application(application: Application, *, actor: User, answer: str, at: datetime) -> Application:
    """Say no, with the reason, which the applicant gets by mail.

    Raises ``AnswerMissing`` ("answer_missing") and ``AlreadyDecided`` ("already_decided").
    """
    if not answer.strip():
        raise errors.AnswerMissing
    application = undecided(application)
    application.answer = answer.strip()
    change_stage(application, Stage.DECLINED, actor=actor, at=at)
    record("declined", application, actor=actor, context=application.call, at=at)
    mail_on_commit(application, "declined")
    return application


@transaction.atomic
def read_cv(application: Application, *, actor: User) -> StoredFile | None:
    """Return the CV and write down who read it."""
    if application.cv:
        record("read", application, actor=actor, context=application.call, data={"what": "cv"})
    return application.cv
