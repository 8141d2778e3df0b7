"""My courses, and the deeds on course and activity pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.courses import actions
from lms.courses.models import ActivityPage, CoursePage, Enrolment
from lms.courses.outline import outline_for
from lms.errors import DomainError
from lms.http import PersonRequest
from lms.people.permissions import require


@login_required
def course_list(request: PersonRequest) -> HttpResponse:
    require(request.user, "lms_courses.take_course")
    actions.enrol_by_rules(request.user, at=timezone.now())
    courses = CoursePage.objects.visible_to(request.user).taken_by(request.user).with_progress(request.user)
    return render(request, "courses/course_list.html", {"courses": courses})


@login_required
@require_POST
def course_join(request: PersonRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(CoursePage.objects.visible_to(request.user), pk=pk)
    require(request.user, "lms_courses.take_course", course)
    try:
        actions.enrol(request.user, course, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(course.get_url(request))
    messages.success(request, _("You joined “%(course)s”. Your progress is kept from now on.") % {"course": course})
    step = outline_for(course, request.user, request).next
    return redirect(step.url if step else course.get_url(request))


@login_required
@require_POST
def course_finish(request: PersonRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).select_related("course"), course=pk)
    require(request.user, "lms_courses.take_course", enrolment.course)
    try:
        actions.finish_course(enrolment, actor=request.user, at=timezone.now())
        messages.success(request, _("You completed “%(course)s”. Well done!") % {"course": enrolment.course})
    except DomainError as error:
        messages.error(request, str(error.text))
    return redirect(enrolment.course.get_url(request))


@login_required
@require_POST
def activity_done(request: PersonRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(ActivityPage.objects.visible_to(request.user), pk=pk)
    require(request.user, "lms_courses.take_course", activity)
    try:
        actions.finish_activity(activity, actor=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.text))
        return redirect(activity.get_url(request))
    return _go_on(request, activity)


def _go_on(request: PersonRequest, activity: ActivityPage) -> HttpResponse:
    course = CoursePage.objects.get(path=activity.course_path)
    outline = outline_for(course, request.user, request)
    _before, _step, after = outline.around(activity.pk)
    if outline.completed and not outline.next:
        messages.success(request, _("That was the last step. You completed “%(course)s”.") % {"course": course})
        return redirect(course.get_url(request))
    messages.success(request, _("Done: “%(activity)s”.") % {"activity": activity})
    following = after or outline.next
    return redirect(following.url if following else course.get_url(request))
