"""What applying and deciding share: the locked row, its stage, who is told."""

from datetime import datetime

from django.db import transaction

from lms.people.models import User
from mentoring_ext.applications import errors
from mentoring_ext.applications.models import Application, StageChange
from mentoring_ext.applications.tasks import mail_applicant
from mentoring_ext.programmes.models import CohortMembership, Role


def locked(application: Application) -> Application:
    """Return the application as it stands now, held until the end of the transaction."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__cohort__organisation", "user")
        .get(pk=application.pk)
    )


def undecided(application: Application) -> Application:
    """Return it locked. Raises ``AlreadyDecided`` ("already_decided")."""
    application = locked(application)
    if not application.is_undecided:
        raise errors.AlreadyDecided
    return application


def change_stage(application: Application, stage: str, *, actor: User | None, at: datetime) -> None:
    """Save the application in another stage, with a row of its history."""
    application.stage = stage
    application.save()
    StageChange.objects.create(application=application, stage=stage, at=at, actor=actor)


def reviewers_of(application: Application) -> list[User]:
    """Return the coordinators of the cohort that the application is for."""
    memberships = CohortMembership.objects.present().filter(cohort=application.call.cohort, role=Role.COORDINATOR)
    return [membership.user for membership in memberships.select_related("user")]


def mail_on_commit(application: Application, template: str) -> None:
    """Send one of the mails of ``tasks.SUBJECTS`` once the transaction is committed."""
    pk = application.pk
    transaction.on_commit(lambda: mail_applicant.enqueue(pk, template))
