"""After an erasure nothing anywhere tells who it was, and no figure has changed: for each role, in a whole world."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.db import connection

from lms.journal.actions import record
from lms.plugins import DUTY_SOURCES
from lms.privacy.actions import ask_erasure, erase_person, give_consent, record_reading
from tests import make
from tests.make.times import AUTUMN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)

FIGURES = (
    "mentoring_programmes.Cohort",
    "mentoring_programmes.CohortMembership",
    "mentoring_groups.MentoringGroup",
    "mentoring_groups.GroupMember",
    "mentoring_sessions.Session",
    "mentoring_sessions.Attendance",
    "mentoring_agreements.Agreement",
    "mentoring_agreements.Signature",
    "mentoring_applications.Application",
    "lms_courses.Enrolment",
    "lms_recognition.Certificate",
    "forum_boards.Topic",
    "forum_boards.Post",
    "forum_chat.Message",
)


def figures():
    counts = {label: apps.get_model(label)._base_manager.count() for label in FIGURES}
    evaluations = apps.get_model("lms_questionnaires.Response")._base_manager.filter(state="submitted").count()
    practices = apps.get_model("mentoring_practices.Practice")._base_manager.exclude(state="draft").count()
    return counts | {"evaluations": evaluations, "practices": practices}


def texts_of_the_database():
    """Yield table and row of everything in the database, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from ((table, json.dumps(row, default=repr, ensure_ascii=False)) for row in cursor.fetchall())


def texts_of_the_file_store():
    for name in ("default", "private"):
        for path in Path(storages[name].path("")).rglob("*"):
            if path.is_file():
                yield path.name, path.name + path.read_bytes().decode("latin-1")


def leave_no_duty(user, world):
    for source in DUTY_SOURCES.collect():
        for duty in source.duties_of(user):
            taker = source.takers(duty.key, user).first() or make.make_user(organisation=world.objects["organisation"])
            source.hand_over(duty.key, user, taker, world.people["administrator"], AUTUMN)


ROLES_WITH_DATA = ("mentee", "mentor", "applicant", "learner", "coordinator", "manager", "trainer", "editor")


@pytest.mark.parametrize("role", ROLES_WITH_DATA)
def test_nothing_tells_who_it_was_and_every_figure_stays(role, world, django_capture_on_commit_callbacks):
    user = world.people[role]
    known = re.compile(rf"(?<!\w)({user.username}|{user.last_name})(?!\d)", re.IGNORECASE)
    reading = world.objects["session"]
    record_reading(reading, reader=world.people["stranger"], about=user, what="Session form", at=AUTUMN)
    record_reading(reading, reader=user, about=world.people["stranger"], what="Session form", at=AUTUMN)
    give_consent(user, "terms", at=AUTUMN)
    make.make_notice(world.people["stranger"], text=f"{user} did something")
    record("changed", user, actor=user, data={"email": user.email})
    make.make_file(uploaded_by=user, name=f"{user.last_name}.pdf")
    leave_no_duty(user, world)
    before = figures()
    erasure = ask_erasure(user, actor=user, username=user.username, at=AUTUMN)

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_person(erasure, at=AUTUMN + 7 * DAY)

    left = {
        (where, text) for where, text in [*texts_of_the_database(), *texts_of_the_file_store()] if known.search(text)
    }
    assert left == set()
    assert figures() == before
