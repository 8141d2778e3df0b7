"""What courses add to the site: the place "Training", the next lessons, and a guard against lost completions."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from lms import plugins
from lms.courses.actions import courses_by_rule
from lms.courses.models import ActivityProgress, CoursePage, Enrolment
from lms.courses.next_steps import next_steps
from lms.people.models import User


@hooks.register(plugins.NAVIGATION.name)
def training() -> plugins.NavigationItem:
    return plugins.NavigationItem(
        name="training",
        label=gettext_lazy("Training"),
        url_name="lms_courses:course_list",
        icon="graduation-cap",
        shown_to=lambda request: request.user.is_authenticated,
        order=10,
        holds=_is_about_training,
    )


def _is_about_training(request: HttpRequest) -> bool:
    """Tell whether the page is a course, a lesson, a quiz or a certificate."""
    rooms = ("lms_quizzes", "lms_recognition")
    matched = request.resolver_match
    if matched is not None and matched.app_name in rooms:
        return True
    return request.path.startswith(plugins.place_address("catalogue"))


@hooks.register(plugins.NOTICE_KINDS.name)
def notice_kinds() -> list[plugins.NoticeKind]:
    return [
        plugins.NoticeKind("course_enrolled", gettext_lazy("You are enrolled in a course"), "graduation-cap"),
        plugins.NoticeKind("course_completed", gettext_lazy("You completed a course"), "award"),
    ]


@hooks.register(plugins.AGENDA_SOURCES.name)
def lessons_to_take() -> plugins.AgendaSource:
    return plugins.AgendaSource(name="courses", items_for=agenda_items)


def agenda_items(user: User, at: datetime) -> Iterator[plugins.AgendaItem]:
    for step in next_steps(user):
        yield plugins.AgendaItem(
            key=f"course-{step.course.pk}",
            title=step.activity.title,
            url=step.activity.get_url() or "",
            action=_("Go on") if step.done else _("Start"),
            why=_("%(done)s of %(total)s steps done.") % {"done": step.done, "total": step.total},
            about=step.course.title,
            weight=40 if step.by_rule else 10,
        )
    yield from _courses_to_start(user)


def _courses_to_start(user: User) -> Iterator[plugins.AgendaItem]:
    wanted = courses_by_rule(user)
    if not wanted:
        return
    for course in CoursePage.objects.live().filter(pk__in=wanted).exclude(enrolments__user=user):
        yield plugins.AgendaItem(
            key=f"course-{course.pk}",
            title=course.title,
            url=course.get_url() or "",
            action=_("Start"),
            why=wanted[course.pk],
            about=_("Training"),
            weight=40,
        )


@hooks.register(plugins.DASHBOARD_CARDS.name)
def your_training() -> plugins.DashboardCard:
    return plugins.DashboardCard(
        name="training", template="courses/_training_card.html", context_for=card_context, order=20
    )


def card_context(user: User, at: datetime) -> dict[str, Any]:
    return {"steps": next_steps(user)[:3]}


@hooks.register(plugins.PREREQUISITES.name)
def courses_first() -> plugins.Prerequisite:
    return plugins.Prerequisite(name="courses", unmet=courses_to_complete_first)


def courses_to_complete_first(user: User, thing: Model) -> Iterable[plugins.Unmet]:
    if isinstance(thing, CoursePage):
        completed = Enrolment.objects.filter(user=user).completed().values("course")
        for course in thing.requires.exclude(pk__in=completed):
            yield plugins.Unmet(_("Complete “%(course)s” first.") % {"course": course}, course.get_url() or "")


@hooks.register(plugins.PRIVACY_HANDLERS.name)
def privacy() -> plugins.PrivacyHandler:
    return plugins.PrivacyHandler(
        name="courses",
        models=["lms_courses.Enrolment", "lms_courses.ActivityProgress"],
        export=None,
        erase=erase,
        label=gettext_lazy("Courses"),
        held=[plugins.Held("lms_courses.enrolment"), plugins.Held("lms_courses.activityprogress")],
    )


def erase(user: User) -> None:
    """Keep that somebody took and completed a course, which counts; what was done in it, step by step, goes."""
    ActivityProgress.objects.filter(user=user).delete()


def _is_in_use(page: Page) -> bool:
    inside = Page.objects.descendant_of(page, inclusive=True)
    taken = Enrolment.objects.filter(course__page_ptr__in=inside).exists()
    return taken or ActivityProgress.objects.filter(activity__page_ptr__in=inside).exists()


@hooks.register("before_delete_page")
def keep_what_people_completed(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page in which people have progress: unpublishing hides it and keeps what they reached."""
    if not _is_in_use(page):
        return None
    messages.error(request, _("People have progress in “%(page)s”. Unpublish it instead.") % {"page": page})
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_what_people_completed_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Model], action: Any
) -> HttpResponse | None:
    """Refuse the same for many pages at once."""
    used = [page for page in objects if isinstance(page, Page) and _is_in_use(page)]
    if action_type != "delete" or not used:
        return None
    messages.error(request, _("People have progress in “%(page)s”. Unpublish it instead.") % {"page": used[0]})
    return redirect("wagtailadmin_explore", used[0].get_parent().pk)
