"""Good practices that one person alone still writes, as duties that go to another."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.errors import DutyGone
from lms.people.models import User
from lms.plugins import Duty
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.permissions import oversees_practice


def practices_begun(user: User) -> Iterator[Duty]:
    """Yield what is not published yet and has no other author."""
    for practice in _begun(user).select_related("organisation", "group__cohort__department"):
        yield Duty(
            key=str(practice.pk),
            title=_("Good practice “%(title)s”, not published yet") % {"title": practice},
            url=practice.get_absolute_url(),
            decided_by=partial(_oversees, practice=practice),
        )


def _oversees(actor: User, practice: Practice) -> bool:
    return practice.state == Practice.State.SUBMITTED and bool(oversees_practice.test(actor, practice))


def others_of_group(key: str, user: User) -> QuerySet[User]:
    """Return the mentor and the mentees of the group that the practice comes out of."""
    practice = _practice(key, user)
    mentor, mentee = Q(mentored_groups=practice.group_id), Q(group_memberships__group=practice.group_id)
    people = User.objects.filter(mentor | mentee, is_active=True) if practice.group_id else User.objects.none()
    return people.exclude(pk=user.pk).distinct().order_by("last_name", "first_name")


def take_practice(key: str, user: User, taker: User, actor: User, at: datetime) -> None:
    """Make ``taker`` an author; who began the practice stays one, as it is their work. Raises ``DutyGone``."""
    practice = _practice(key, user)
    practice.authors.add(taker)
    record("handed_over", practice, actor=actor, context=practice.group, data={"to": taker.pk}, at=at)


def _begun(user: User) -> QuerySet[Practice]:
    own = Practice.objects.annotate(author_count=Count("authors")).filter(author_count=1)
    return own.filter(pk__in=Practice.objects.written_by(user).order_by().values("pk")).exclude(
        state=Practice.State.PUBLISHED
    )


def _practice(key: str, user: User) -> Practice:
    found = _begun(user).filter(pk=key).first()
    if found is None:
        raise DutyGone
    return found
