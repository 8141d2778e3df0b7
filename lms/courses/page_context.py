"""What course and activity pages hand to their templates."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from lms.courses import actions
from lms.courses.models import ActivityPage, CoursePage
from lms.courses.outline import Outline, kind_of, outline_for
from lms.people.models import User
from lms.plugins import ORIGIN_SOURCES, Origin


def course_context(course: CoursePage, request: HttpRequest) -> dict[str, Any]:
    """Return the outline for this visitor, and what is to be done before joining.

    Somebody whom a rule names is enrolled on the way in.
    """
    outline = outline_for(course, request.user, request)
    if outline.enrolment or getattr(request, "is_preview", False):
        return {"outline": outline, "unmet": []}
    if isinstance(request.user, User) and course.pk in actions.courses_by_rule(request.user):
        actions.enrol_by_rules(request.user, at=timezone.now())
        outline = outline_for(course, request.user, request)
    return {"outline": outline, "unmet": actions.unmet_prerequisites(request.user, course)}


def activity_context(activity: ActivityPage, request: HttpRequest) -> dict[str, Any]:
    """Return the place of the activity in its course, and where its content comes from."""
    course = CoursePage.objects.get(path=activity.course_path)
    outline = outline_for(course, request.user, request)
    before, step, after = outline.around(activity.pk)
    if step and not step.state and not getattr(request, "is_preview", False):
        _note_view(activity, outline, request)
    return {
        "course": course,
        "outline": outline,
        "step": step,
        "before": before,
        "after": after,
        "done_by_hand": kind_of(activity).completed_by == "viewed",
        "origins": origins_of(activity, request),
    }


def _note_view(activity: ActivityPage, outline: Outline, request: HttpRequest) -> None:
    if outline.enrolment and isinstance(request.user, User):
        actions.view_activity(activity, actor=request.user, at=timezone.now())


def origins_of(activity: ActivityPage, request: HttpRequest) -> list[Origin]:
    """Return where the activity's content comes from, as far as this visitor may see it."""
    viewer = request.user if isinstance(request.user, User) else None
    return [origin for source in ORIGIN_SOURCES.collect() for origin in source.origins_of(activity, viewer)]
