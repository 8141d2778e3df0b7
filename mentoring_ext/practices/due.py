"""What mentors and managers have to do about good practices."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.people.models import User
from lms.people.permissions import manages_somewhere
from lms.plugins import AgendaItem
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices.models import Practice
from mentoring_ext.practices.permissions import practices_overseen_by


def concerned(user: User) -> Sequence[QuerySet[Any]] | None:
    """Return the groups that the person mentors and the practices they write; a manager reviews others' too."""
    if manages_somewhere(user):
        return None
    return [MentoringGroup.objects.filter(mentor=user), Practice.objects.filter(authors=user)]


def items_for(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield the practices to begin, to go on with and to review, in at most three queries."""
    yield from _to_begin(user)
    yield from _to_go_on_with(user)
    if manages_somewhere(user):
        yield from _to_review(user)


def _to_begin(user: User) -> Iterator[AgendaItem]:
    written = Practice.objects.filter(group=OuterRef("pk"), authors=user)
    finished = MentoringGroup.objects.finished().filter(mentor=user).exclude(Exists(written))
    for group in finished.select_related("cohort"):
        yield AgendaItem(
            key=f"practice:begin:{group.pk}",
            title=_("Write a good practice"),
            url=reverse("mentoring_practices:practice_create"),
            action=_("Begin the draft"),
            why=_("Your group has held its last session. Tell others what worked."),
            about=f"{group} · {group.cohort}",
            weight=20,
        )


def _to_go_on_with(user: User) -> Iterator[AgendaItem]:
    for practice in Practice.objects.filter(authors=user, state__in=["draft", "returned"]).order_by("pk"):
        returned = practice.state == Practice.State.RETURNED
        yield AgendaItem(
            key=f"practice:edit:{practice.pk}",
            title=_("Finish the good practice “%(title)s”") % {"title": practice},
            url=reverse("mentoring_practices:practice_edit", args=[practice.pk]),
            action=_("Go on writing"),
            why=_("The manager asks for a change.") if returned else _("It is still a draft."),
            weight=30 if returned else 10,
        )


def _to_review(user: User) -> Iterator[AgendaItem]:
    waiting = Practice.objects.filter(practices_overseen_by(user)).exclude(authors=user).submitted().distinct()
    for practice in waiting.select_related("organisation"):
        yield AgendaItem(
            key=f"practice:review:{practice.pk}",
            title=_("Review the good practice “%(title)s”") % {"title": practice},
            url=practice.get_absolute_url(),
            action=_("Read it"),
            why=_("Its authors wait for your answer."),
            about=str(practice.organisation),
            weight=40,
        )
