"""Courses: joining, going on, completing, and keeping what was completed."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import PageViewRestriction

from lms.courses import actions, errors
from lms.courses.models import ActivityPage, ActivityProgress, CoursePage, Enrolment
from lms.courses.next_steps import next_steps
from lms.courses.outline import outline_for
from lms.courses.wagtail_hooks import agenda_items
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.plugins import ENROLMENT_RULES, AgendaItem, EnrolmentRule
from lms.recognition.models import Certificate
from tests.make import make_administrator, make_course, make_enrolment, make_lesson, make_module, make_quiz, make_user
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 17, tzinfo=UTC)


def make_taken_module(lessons: int = 2):
    module = make_module()
    made = [make_lesson(module=module) for _lesson in range(lessons)]
    return make_enrolment(course=module), made


@pytest.fixture
def rule_for():
    def register(course: CoursePage):
        rule = EnrolmentRule("tests", lambda user: [(course.pk, "Your cohort asks for it.")])
        context = hooks.register_temporarily(ENROLMENT_RULES.name, lambda: rule)
        context.__enter__()
        contexts.append(context)

    contexts: list[AbstractContextManager[None]] = []
    yield register
    for context in contexts:
        context.__exit__(None, None, None)


# Joining


def test_enrol_takes_the_person_in_and_writes_the_journal():
    user, course = make_user(), make_course()

    enrolment = actions.enrol(user, course, actor=user)

    assert (enrolment.user, enrolment.course, enrolment.source) == (user, course, "self")
    assert Entry.objects.get(verb="enrolled").object_id == course.pk


def test_enrol_twice_keeps_the_first_enrolment():
    first = make_enrolment()

    assert actions.enrol(first.user, first.course, actor=first.user) == first


def test_enrol_refuses_a_course_that_is_closed_to_oneself():
    with pytest.raises(errors.SelfEnrolmentClosed) as refused:
        actions.enrol(make_user(), make_course(self_enrolment=False), actor=None)

    assert refused.value.code == "self_enrolment_closed"


def test_enrol_asks_for_the_course_that_comes_first():
    before, course = make_course(title="First things"), make_course()
    course.requires.set([before])
    course.save()

    with pytest.raises(errors.PrerequisitesUnmet) as refused:
        actions.enrol(make_user(), course, actor=None)

    assert [unmet.text for unmet in refused.value.unmet] == ["Complete “First things” first."]


def test_enrol_by_a_coordinator_does_not_ask_for_what_comes_first():
    course = make_course(self_enrolment=False)

    assert actions.enrol(make_user(), course, actor=None, source=Enrolment.Source.COORDINATOR).source == "coordinator"


def test_enrol_by_rules_takes_in_once_and_tells_the_reason(rule_for):
    user, course = make_user(), make_course(title="Safety")
    rule_for(course)

    made = actions.enrol_by_rules(user, at=AT)
    again = actions.enrol_by_rules(user, at=AT)

    assert ([enrolment.course for enrolment in made], again) == ([course], [])
    assert Notice.objects.get(recipient=user).text == "You now take the course “Safety”. Your cohort asks for it."


# Going on


def test_view_activity_notes_the_first_time_only():
    enrolment, (lesson, _other) = make_taken_module()

    first = actions.view_activity(lesson, actor=enrolment.user, at=AT)
    second = actions.view_activity(lesson, actor=enrolment.user, at=timezone.now())

    assert first == second
    assert first and first.first_viewed_at == AT
    assert Entry.objects.filter(verb="viewed").count() == 1


def test_view_activity_notes_nothing_of_those_who_only_read():
    assert actions.view_activity(make_lesson(), actor=make_user(), at=AT) is None
    assert ActivityProgress.objects.count() == 0


def test_complete_activity_completes_the_course_with_the_last_one():
    enrolment, (first, second) = make_taken_module()

    actions.complete_activity(first, actor=enrolment.user, at=AT)
    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is None
    actions.complete_activity(second, actor=enrolment.user, at=AT)

    enrolment.refresh_from_db()
    certificate = Certificate.objects.get(user=enrolment.user)
    assert (enrolment.completed_at, certificate.title) == (AT, enrolment.course.title)
    assert Notice.objects.get(recipient=enrolment.user).url == certificate.get_absolute_url()
    assert Entry.objects.filter(verb="completed").count() == 3


def test_complete_activity_twice_keeps_the_first_time():
    enrolment, (lesson, _other) = make_taken_module()
    actions.complete_activity(lesson, actor=enrolment.user, at=AT)

    again = actions.complete_activity(lesson, actor=enrolment.user, at=timezone.now())

    assert again.completed_at == AT


def test_complete_activity_refuses_who_does_not_take_the_course():
    with pytest.raises(errors.NotEnrolled) as refused:
        actions.complete_activity(make_lesson(), actor=make_user(), at=AT)

    assert refused.value.code == "not_enrolled"


def test_complete_activity_gives_no_certificate_where_the_course_has_none():
    module = make_module(gives_certificate=False)
    lesson, enrolment = make_lesson(module=module), make_enrolment(course=module)

    actions.complete_activity(lesson, actor=enrolment.user, at=AT)

    assert Certificate.objects.count() == 0


def test_finish_activity_refuses_a_quiz_that_must_be_passed():
    quiz = make_quiz()

    with pytest.raises(errors.OwnWayToComplete):
        actions.finish_activity(quiz, actor=make_user(), at=AT)


def test_finish_course_completes_when_the_last_open_step_was_taken_out():
    enrolment, (first, second) = make_taken_module()
    actions.complete_activity(first, actor=enrolment.user, at=AT)
    second.unpublish()

    assert actions.finish_course(enrolment, actor=enrolment.user, at=AT).completed_at == AT


def test_finish_course_refuses_while_steps_are_open():
    enrolment, _lessons = make_taken_module()

    with pytest.raises(errors.OpenActivities) as refused:
        actions.finish_course(enrolment, actor=enrolment.user, at=AT)

    assert refused.value.code == "open_activities"


# A change of content takes nothing away


def test_a_new_lesson_takes_no_completion_and_no_certificate_away():
    enrolment, (lesson,) = make_taken_module(lessons=1)
    actions.complete_activity(lesson, actor=enrolment.user, at=AT)

    make_lesson(module=enrolment.course, title="New since then")

    enrolment.refresh_from_db()
    outline = outline_for(enrolment.course, enrolment.user)
    assert (enrolment.completed_at, outline.completed, outline.done, outline.total) == (AT, True, 1, 2)
    assert Certificate.objects.filter(user=enrolment.user).count() == 1


def test_a_changed_lesson_stays_completed(client: Client):
    enrolment, (lesson, _other) = make_taken_module()
    actions.complete_activity(lesson, actor=enrolment.user, at=AT)

    lesson.title = "Another title"
    lesson.save_revision().publish()

    assert ActivityProgress.objects.get(activity=lesson).state == "completed"


def test_a_lesson_with_progress_is_not_deleted_but_unpublished(client: Client):
    enrolment, (lesson, _other) = make_taken_module()
    actions.complete_activity(lesson, actor=enrolment.user, at=AT)
    client.force_login(make_administrator())

    answer = client.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))

    assert answer.status_code == 302
    assert ActivityPage.objects.filter(pk=lesson.pk).exists()
    with pytest.raises(ProtectedError):
        lesson.delete()


# Reading


def test_visible_to_keeps_drafts_and_restricted_courses_from_strangers():
    shown, restricted = make_course(), make_course()
    make_course(live=False)
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)

    assert list(CoursePage.objects.visible_to(AnonymousUser())) == [shown]
    assert list(CoursePage.objects.visible_to(make_user())) == [shown, restricted]


def test_with_progress_counts_published_steps_of_the_person_only():
    enrolment, (lesson, _other) = make_taken_module()
    make_lesson(module=enrolment.course, live=False)
    actions.complete_activity(lesson, actor=enrolment.user, at=AT)

    own = CoursePage.objects.with_progress(enrolment.user).get(pk=enrolment.course_id)
    strangers = CoursePage.objects.with_progress(make_user()).get(pk=enrolment.course_id)

    assert (own.activities_total, own.activities_done, own.enrolled_at) == (2, 1, enrolment.enrolled_at)
    assert (strangers.activities_total, strangers.activities_done, strangers.enrolled_at) == (2, 0, None)


def test_outline_opens_sections_where_a_step_names_one():
    module = make_module()
    for section in ("", "Doing", ""):
        make_lesson(module=module, section=section)

    outline = outline_for(module, make_user())

    assert [(section.title, len(section.steps)) for section in outline.sections] == [("", 1), ("Doing", 2)]


def test_next_steps_lead_to_where_the_person_left_off():
    enrolment, (first, second) = make_taken_module()
    actions.complete_activity(first, actor=enrolment.user, at=AT)

    (step,) = next_steps(enrolment.user)

    assert (step.activity.pk, step.done, step.total) == (second.pk, 1, 2)


def test_agenda_names_the_next_lesson_and_what_a_rule_asks_for(rule_for):
    enrolment, (first, _second) = make_taken_module()
    wanted = make_course(title="Safety")
    rule_for(wanted)

    items: list[AgendaItem] = list(agenda_items(enrolment.user, AT))

    assert [(item.title, item.about) for item in items] == [
        (first.title, enrolment.course.title),
        ("Safety", "Training"),
    ]


# Pages


def test_course_list_says_what_to_do_when_it_is_empty(client: Client):
    client.force_login(make_user())

    assert "You do not take a course yet." in client.get(reverse("lms_courses:course_list")).content.decode()


def test_course_list_takes_in_whom_a_rule_names(client: Client, rule_for):
    user, course = make_user(), make_course(title="Safety")
    rule_for(course)
    client.force_login(user)

    assert "Safety" in client.get(reverse("lms_courses:course_list")).content.decode()


def test_course_list_asks_the_database_as_often_for_many_courses(client: Client):
    user = make_user()
    client.force_login(user)

    def make():
        module = make_module()
        make_lesson(module=module)
        make_enrolment(user=user, course=module)

    assert_same_queries(lambda: client.get(reverse("lms_courses:course_list")), make)


def test_course_page_asks_the_database_as_often_for_many_lessons(client: Client):
    enrolment, _lessons = make_taken_module(lessons=1)
    client.force_login(enrolment.user)

    assert_same_queries(lambda: client.get(enrolment.course.url), lambda: make_lesson(module=enrolment.course))


def test_course_page_shows_a_visitor_the_lessons_and_no_ring(client: Client):
    module = make_module()
    lesson = make_lesson(module=module)

    page = client.get(module.url).content.decode()

    assert lesson.title in page
    assert "Join this course" not in page
    assert "steps done" not in page


def test_course_page_links_to_what_must_be_done_first(client: Client):
    before, module = make_course(title="First things"), make_module()
    module.requires.set([before])
    module.save()
    client.force_login(make_user())

    page = client.get(module.url).content.decode()

    assert f'<a href="{before.url}">Complete “First things” first.</a>' in page
    assert "Join this course" not in page


def test_joining_leads_to_the_first_lesson(client: Client):
    module = make_module()
    lesson = make_lesson(module=module)
    user = make_user()
    client.force_login(user)

    answer = client.post(reverse("lms_courses:course_join", args=[module.pk]))

    assert answer["Location"] == lesson.url
    assert Enrolment.objects.filter(user=user, course=module).exists()


def test_joining_a_closed_course_says_why_not(client: Client):
    course = make_course(self_enrolment=False)
    client.force_login(make_user())

    answer = client.post(reverse("lms_courses:course_join", args=[course.pk]), follow=True)

    assert "You cannot join this course by yourself." in answer.content.decode()


def test_done_leads_to_the_next_lesson_and_the_last_one_to_the_course(client: Client):
    enrolment, (first, second) = make_taken_module()
    client.force_login(enrolment.user)

    assert client.post(reverse("lms_courses:activity_done", args=[first.pk]))["Location"] == second.url
    assert client.post(reverse("lms_courses:activity_done", args=[second.pk]))["Location"] == enrolment.course.url


def test_done_without_joining_says_what_to_do(client: Client):
    lesson = make_lesson()
    client.force_login(make_user())

    answer = client.post(reverse("lms_courses:activity_done", args=[lesson.pk]), follow=True)

    assert "Join the course first." in answer.content.decode()


def test_finishing_by_hand_completes_the_course(client: Client):
    enrolment, (first, second) = make_taken_module()
    actions.complete_activity(first, actor=enrolment.user, at=AT)
    second.unpublish()
    client.force_login(enrolment.user)

    answer = client.post(reverse("lms_courses:course_finish", args=[enrolment.course_id]), follow=True)

    assert "Well done!" in answer.content.decode()


def test_opening_a_lesson_notes_it_as_started(client: Client):
    enrolment, (lesson, _other) = make_taken_module()
    client.force_login(enrolment.user)

    client.get(lesson.url)

    assert ActivityProgress.objects.get(user=enrolment.user).state == "started"
