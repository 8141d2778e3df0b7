"""Issuing certificates."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model

from lms.journal.actions import record
from lms.recognition.models import Certificate

if TYPE_CHECKING:
    from lms.courses.models import Enrolment
    from lms.people.models import User

# Without letters and digits that look alike in print.
ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"


def new_code() -> str:
    """Return a code that nobody can guess: three blocks of four, 56 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _block in range(3))


@transaction.atomic
def issue_certificate(enrolment: "Enrolment", *, at: datetime) -> Certificate:
    """Give the person of a completed enrolment their certificate, or return the one they have."""
    user, course = enrolment.user, enrolment.course
    certificate, created = Certificate.objects.get_or_create(
        user=user,
        course=course,
        defaults={"name": str(user), "title": course.title, "issued_at": at, "code": new_code()},
    )
    if created:
        record("earned", certificate, actor=user, context=course, at=at)
    return certificate


@transaction.atomic
def certify_attendance(
    user: "User", *, title: str, note: str, actor: "User", context: Model, at: datetime
) -> Certificate:
    """Give a person a certificate that they took part in an event; ``note`` says when, where and how long."""
    certificate = Certificate.objects.create(
        user=user,
        kind=Certificate.Kind.ATTENDANCE,
        name=str(user),
        title=title,
        note=note,
        issued_at=at,
        code=new_code(),
    )
    record("earned", certificate, actor=actor, context=context, at=at)
    return certificate
