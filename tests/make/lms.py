"""Makers of the core."""

from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from wagtail.models import Site

from lms.courses.models import CoursePage, Enrolment
from lms.files.models import StoredFile
from lms.jobs.models import Job
from lms.notices.models import Notice
from lms.people.models import Department, Organisation, OrganisationMembership, SiteRole, User
from lms.questionnaires.actions import compose_questionnaire, new_form, publish_version
from lms.questionnaires.models import Questionnaire, Version
from lms.questionnaires.spec import QuestionSpec, SectionSpec
from lms.quizzes.models import Attempt, Choice, QuizPage, QuizQuestion
from lms.recognition.models import Certificate
from tests.make.numbers import numbers
from tests.make.times import AUTUMN

PASSWORD = "a-long-enough-password"


# lms.people
def make_organisation(**fields: Any) -> Organisation:
    number = next(numbers)
    defaults = {"name": f"Organisation {number}", "slug": f"organisation-{number}", "country": "GR"}
    return Organisation.objects.create(**defaults | fields)


def make_department(**fields: Any) -> Department:
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Department.objects.create(**{"name": f"Department {next(numbers)}"} | fields)


def make_user(**fields: Any) -> User:
    """Make a person who signs in with ``PASSWORD``; ``password`` gives another."""
    number = next(numbers)
    defaults = {
        "username": f"person{number}",
        "email": f"person{number}@example.org",
        "first_name": "Person",
        "last_name": f"Number{number}",
        "password": make_password(fields.pop("password", PASSWORD)),
    }
    return User.objects.create(**defaults | fields)


def make_manager(organisation: Organisation, **fields: Any) -> User:
    """Make a person who manages the organisation."""
    user = make_user(organisation=organisation, **fields)
    role = OrganisationMembership.Role.MANAGER
    OrganisationMembership.objects.create(user=user, organisation=organisation, role=role)
    return user


def make_trainer(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.TRAINER, **fields)


def make_editor(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.EDITOR, **fields)


def make_administrator(**fields: Any) -> User:
    return _with_site_role(SiteRole.Role.ADMINISTRATOR, **{"is_staff": True, "is_superuser": True} | fields)


def _with_site_role(role: SiteRole.Role, **fields: Any) -> User:
    user = make_user(**fields)
    SiteRole.objects.create(user=user, role=role)
    return user


# lms.notices
def make_notice(recipient: User, **fields: Any) -> Notice:
    defaults = {"recipient": recipient, "kind": "cohort_joined", "text": "Something happened", "url": "/home/"}
    return Notice.objects.create(**defaults | fields)


# lms.questionnaires
def make_version(*questions: QuestionSpec, **fields: Any) -> Version:
    """Make a published version that asks ``questions``, in one section."""
    number = next(numbers)
    asked = questions or (QuestionSpec("words", "long_text", "What do you say?"),)
    questionnaire = compose_questionnaire(
        fields.pop("slug", f"form-{number}"),
        actor=None,
        title=fields.pop("title", f"Form {number}"),
        sections=[SectionSpec("Part", asked)],
        **fields,
    )
    return publish_version(questionnaire, actor=None, at=AUTUMN)


def make_form(manager: User, **fields: Any) -> Questionnaire:
    """Make a form that the manager's organisation composes, with a section and two questions, not published."""
    organisation = manager.organisation_memberships.get().organisation
    asked = [
        SectionSpec("You", [QuestionSpec("first-name", "text", "First name", field="first_name")]),
        SectionSpec("More", [QuestionSpec("works", "yes_no", "Do you work?"), QuestionSpec("why", "text", "Why?")]),
    ]
    defaults = {"use": "registration", "title": f"Form {next(numbers)}", "sections": asked, "at": AUTUMN}
    return new_form(organisation, actor=manager, **defaults | fields)


# lms.courses
def make_course(**fields: Any) -> CoursePage:
    """Make a published course below the site's first page; ``parent`` gives another place."""
    parent = fields.pop("parent", None) or Site.objects.get(is_default_site=True).root_page
    number = next(numbers)
    course = CoursePage(**{"title": f"Course {number}", "slug": f"course-{number}"} | fields)
    return cast(CoursePage, parent.add_child(instance=course))


def make_enrolment(**fields: Any) -> Enrolment:
    defaults = {"source": Enrolment.Source.SELF, "enrolled_at": datetime(2026, 5, 1, 12, tzinfo=UTC)}
    for name, make in (("user", make_user), ("course", make_course)):
        if name not in fields:
            fields[name] = make()
    return Enrolment.objects.create(**defaults | fields)


# lms.quizzes
def make_quiz(**fields: Any) -> QuizPage:
    """Make a published quiz in a course; ``questions`` is how many, each with "Yes" as its right answer."""
    course = fields.pop("course", None) or make_course()
    number, questions = next(numbers), fields.pop("questions", 1)
    quiz = QuizPage(**{"title": f"Quiz {number}", "slug": f"quiz-{number}"} | fields)
    course.add_child(instance=quiz)
    for place in range(questions):
        make_question(quiz=quiz, sort_order=place)
    return quiz


def make_question(**fields: Any) -> QuizQuestion:
    choices = fields.pop("choices", [("Yes", True, "Well read."), ("No", False, "Look again.")])
    question: QuizQuestion = QuizQuestion.objects.create(
        **{"kind": QuizQuestion.Kind.SINGLE, "text": "Is it so?"} | fields
    )
    for place, (text, right, feedback) in enumerate(choices):
        Choice.objects.create(question=question, sort_order=place, text=text, right=right, feedback=feedback)
    return question


def make_attempt(**fields: Any) -> Attempt:
    """Make an open attempt of somebody who takes the course."""
    if "quiz" not in fields:
        fields["quiz"] = make_quiz()
    if "user" not in fields:
        fields["user"] = make_enrolment(course=CoursePage.objects.get(path=fields["quiz"].course_path)).user
    return Attempt.objects.create(**{"started_at": datetime(2026, 5, 2, 12, tzinfo=UTC)} | fields)


# lms.recognition
def make_certificate(**fields: Any) -> Certificate:
    number = next(numbers)
    if "user" not in fields:
        fields["user"] = make_user()
    defaults = {
        "name": str(fields["user"]),
        "title": f"Course {number}",
        "issued_at": datetime(2026, 5, 3, 12, tzinfo=UTC),
        "code": f"AAAA-{number // 10_000:04}-{number % 10_000:04}",
    }
    return Certificate.objects.create(**defaults | fields)


# lms.files
def make_file(**fields: Any) -> StoredFile:
    """Make a private file that holds a few bytes."""
    defaults = {"name": "paper.pdf", "content_type": "application/pdf", "size": 4}
    return StoredFile.objects.create(**defaults | {"file": ContentFile(b"%PDF", "paper.pdf")} | fields)


# lms.jobs
def make_job(**fields: Any) -> Job:
    """Make a job that waits, of a kind that no room has."""
    if "owner" not in fields:
        fields["owner"] = make_user()
    return Job.objects.create(**{"kind": "nothing", "title": "Count the sheep", "created_at": AUTUMN} | fields)
