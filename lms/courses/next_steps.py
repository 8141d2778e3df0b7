"""Where a person goes on in each course that they have not completed: for the agenda and the first page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from lms.courses.models import ActivityPage, CoursePage, Enrolment
from lms.courses.models.pages import STEP
from lms.people.models import User


@dataclass(frozen=True)
class NextStep:
    """The first step that is not done in a course, and how many are."""

    course: CoursePage
    activity: ActivityPage
    done: int
    total: int
    by_rule: bool


def next_steps(user: User) -> list[NextStep]:
    """Return the next step of each unfinished course, in two queries; kept on the user for the time of a request."""
    kept: list[NextStep] | None = user.__dict__.get("_next_steps")
    if kept is None:
        kept = user.__dict__["_next_steps"] = list(_find(user))
    return kept


def _find(user: User) -> Iterable[NextStep]:
    enrolments = Enrolment.objects.filter(user=user, course__live=True).unfinished().select_related("course")
    activities = _by_course([enrolment.course for enrolment in enrolments], user)
    for enrolment in enrolments:
        steps = activities[enrolment.course.path]
        done = [step for step in steps if step.progress_state == "completed"]
        following = next((step for step in steps if step.progress_state != "completed"), None)
        if following:
            by_rule = enrolment.source == Enrolment.Source.RULE
            yield NextStep(enrolment.course, following, len(done), len(steps), by_rule)


def _by_course(courses: Sequence[CoursePage], user: User) -> dict[str, list[ActivityPage]]:
    found: dict[str, list[ActivityPage]] = defaultdict(list)
    if courses:
        inside = Q()
        for course in courses:
            inside |= Q(path__startswith=course.path, depth=course.depth + 1)
        for activity in ActivityPage.objects.live().filter(inside).with_progress(user):
            found[activity.path[:-STEP]].append(activity)
    return found
