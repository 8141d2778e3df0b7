"""Writing a good practice, reviewing it, and publishing it to the gallery."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices.errors import NotInGroup, NotWaiting, PartsMissing, PracticeClosed, RemarkMissing
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.template import PARTS

MUST_BE_FILLED = ("title", "aspect", *(part.name for part in PARTS if part.required))
WRITTEN = frozenset({"title", "aspect", "names_shown", *(part.name for part in PARTS)})


@transaction.atomic
def begin_practice(
    group: MentoringGroup,
    *,
    actor: User,
    title: str,
    aspect: str,
    at: datetime,
    co_authors: Iterable[User] = (),
) -> Practice:
    """Begin a draft out of a group's work; ``co_authors`` are mentees of the group. Raises ``NotInGroup``."""
    others = list(co_authors)
    mentees = set(group.members.values_list("user", flat=True))
    if any(person.pk not in mentees for person in others):
        raise NotInGroup
    practice = Practice.objects.create(
        organisation=group.cohort.organisation, group=group, title=title, aspect=aspect, saved_at=at
    )
    practice.authors.set([actor, *others])
    record("created", practice, actor=actor, context=group, at=at)
    text = _("%(person)s asks you to write the good practice “%(title)s” together.")
    notify(others, "practices.co_author", text % {"person": actor, "title": title}, practice.get_absolute_url())
    return practice


@transaction.atomic
def save_practice(practice: Practice, *, actor: User, written: Mapping[str, str | bool], at: datetime) -> Practice:
    """Keep what the authors have written so far; ``written`` names fields of the template.

    Raises ``PracticeClosed`` once it was handed in.
    """
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    if not locked.is_open:
        raise PracticeClosed
    for name in WRITTEN & set(written):
        setattr(practice, name, written[name])
    practice.saved_at = at
    practice.save()
    record("changed", practice, actor=actor, context=practice.group, at=at)
    return practice


@transaction.atomic
def submit_practice(practice: Practice, *, actor: User, at: datetime) -> Practice:
    """Hand a practice in for review; the managers hear of it. Raises ``PracticeClosed`` and ``PartsMissing``."""
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    if not locked.is_open:
        raise PracticeClosed
    missing = [name for name in MUST_BE_FILLED if not getattr(locked, name).strip()]
    if missing:
        raise PartsMissing(field=missing[0])
    practice.state, practice.submitted_at = Practice.State.SUBMITTED, at
    practice.save(update_fields=["state", "submitted_at"])
    record("applied", practice, actor=actor, context=practice.group, at=at)
    text = _("The good practice “%(title)s” waits for your review.") % {"title": practice}
    notify(managers_for(practice), "practices.waiting", text, practice.get_absolute_url(), exclude=actor)
    return practice


@transaction.atomic
def publish_practice(practice: Practice, *, actor: User, at: datetime) -> Practice:
    """Put a practice into the public gallery; its authors hear of it. Raises ``NotWaiting``."""
    _require_waiting(practice)
    practice.state, practice.remark = Practice.State.PUBLISHED, ""
    practice.published_at, practice.published_by = at, actor
    practice.save(update_fields=["state", "remark", "published_at", "published_by"])
    record("published", practice, actor=actor, context=practice.organisation, at=at)
    text = _("Your good practice “%(title)s” is in the gallery.") % {"title": practice}
    notify(practice.authors.all(), "practices.decided", text, practice.get_absolute_url(), exclude=actor)
    return practice


@transaction.atomic
def return_practice(practice: Practice, *, actor: User, remark: str, at: datetime) -> Practice:
    """Give a practice back to its authors with a remark. Raises ``NotWaiting`` and ``RemarkMissing``."""
    if not remark.strip():
        raise RemarkMissing
    _require_waiting(practice)
    practice.state, practice.remark = Practice.State.RETURNED, remark
    practice.save(update_fields=["state", "remark"])
    record("declined", practice, actor=actor, context=practice.organisation, at=at)
    text = _("Your good practice “%(title)s” came back with a remark.") % {"title": practice}
    notify(practice.authors.all(), "practices.decided", text, practice.get_absolute_url(), exclude=actor)
    return practice


def _require_waiting(practice: Practice) -> None:
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    if locked.state != Practice.State.SUBMITTED:
        raise NotWaiting


def managers_for(practice: Practice) -> QuerySet[User]:
    """Return the managers of the practice's organisation, and of the department that its cohort belongs to."""
    department = practice.group.cohort.department if practice.group else None
    return User.objects.managing(practice.organisation, department)
