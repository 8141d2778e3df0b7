"""A course as one person sees it: sections, steps with their state, what is next, how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.courses.models import ActivityPage, ActivityProgress, CoursePage, Enrolment
from lms.people.models import User
from lms.plugins import ACTIVITY_KINDS, ActivityKind

UNKNOWN = ActivityKind(model="", label=_("Step"), icon="file-text")


@dataclass(frozen=True)
class Step:
    """One activity in the outline."""

    pk: int
    number: int
    title: str
    url: str
    kind: ActivityKind
    minutes: int
    state: str

    @property
    def done(self) -> bool:
        """Return whether the person completed it."""
        return self.state == ActivityProgress.State.COMPLETED

    @property
    def ring(self) -> int:
        """Return 1 when done, else 0: the filled part of the step's ring."""
        return int(self.done)


@dataclass(frozen=True)
class Section:
    """A headed run of steps."""

    title: str
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """The whole course for one person; ``enrolment`` is None for those who only read."""

    course: CoursePage
    steps: Sequence[Step]
    sections: Sequence[Section]
    enrolment: Enrolment | None

    @property
    def total(self) -> int:
        """Return the number of published steps."""
        return len(self.steps)

    @property
    def done(self) -> int:
        """Return how many of them the person completed."""
        return sum(step.done for step in self.steps)

    @property
    def next(self) -> Step | None:
        """Return the first step that is not done yet: where the person left off."""
        return next((step for step in self.steps if not step.done), None)

    @property
    def completed(self) -> bool:
        """Return whether the person completed the course, then or now."""
        return bool(self.enrolment and self.enrolment.completed_at)

    @property
    def can_finish(self) -> bool:
        """Return whether every step is done but the course is not, because a step was taken out."""
        return bool(self.enrolment and not self.completed and self.steps and self.next is None)

    def around(self, pk: int) -> tuple[Step | None, Step | None, Step | None]:
        """Return the step before the activity ``pk``, itself, and the one after."""
        padded = [None, *self.steps, None]
        for before, step, after in zip(padded, padded[1:], padded[2:], strict=False):
            if step and step.pk == pk:
                return before, step, after
        return None, None, None


def activity_kinds() -> dict[str, ActivityKind]:
    """Return the registered activity kinds by model label."""
    return {kind.model: kind for kind in ACTIVITY_KINDS.collect()}


def kind_of(activity: ActivityPage) -> ActivityKind:
    """Return how this activity is shown and completed."""
    return activity_kinds().get(_label(activity), UNKNOWN)


def _label(activity: ActivityPage) -> str:
    model = ContentType.objects.get_for_id(activity.content_type_id)
    return f"{model.app_label}.{model.model}"


def outline_for(course: CoursePage, user: User | AnonymousUser, request: HttpRequest | None = None) -> Outline:
    """Read the course for one person, in two queries."""
    rows = ActivityPage.objects.child_of(course).live().with_progress(user)
    kinds = activity_kinds()
    steps = [
        Step(
            pk=row.pk,
            number=number,
            title=row.title,
            url=row.get_url(request) or "",
            kind=kinds.get(_label(row), UNKNOWN),
            minutes=row.minutes,
            state=row.progress_state,
        )
        for number, row in enumerate(rows, start=1)
    ]
    enrolment = Enrolment.objects.filter(user=user, course=course).first() if user.is_authenticated else None
    return Outline(course, steps, _sections(rows, steps), enrolment)


def _sections(rows: Sequence[ActivityPage], steps: Sequence[Step]) -> list[Section]:
    sections: list[Section] = []
    for row, step in zip(rows, steps, strict=True):
        if row.section or not sections:
            sections.append(Section(row.section))
        sections[-1].steps.append(step)
    return sections
