"""A database from the time before forms were composed comes forward with its calls and applications."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lms.files.actions import store_upload
from lms.files.kinds import DOCUMENTS
from mentoring_ext.applications.models import Application, Audience, Call
from tests.make import make_application, make_call
from tests.mentoring_ext.applications.sending import pdf

pytestmark = pytest.mark.django_db(transaction=True)
LABEL = "mentoring_applications"
BEFORE = "0003_carry_over_decisions"


@pytest.fixture
def old_database() -> Iterator[Application]:
    """An application of which the database holds what it held then; afterwards everything is new again."""
    application = make_application(
        call=make_call(title="Mentors of old"),
        email="old@example.org",
        cv=store_upload(pdf(), actor=None, kinds=DOCUMENTS),
    )
    MigrationExecutor(connection).migrate([(LABEL, BEFORE)])
    yield application
    call_command("migrate", verbosity=0)


def columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def test_old_calls_and_applications_come_forward_whole(old_database: Application):
    table = Application._meta.db_table
    kept = sorted(columns_of(table))
    before = rows_of(table, kept)
    assert "version_id" not in kept

    call_command("migrate", verbosity=0)

    call, application = Call.objects.get(), Application.objects.get()
    assert rows_of(table, kept) == before
    assert (call.title, call.audience, call.answers_by) == ("Mentors of old", Audience.EXTERNAL, None)
    assert application.version == call.version
    assert call.version.published_at is not None
    asked = [question for section in call.version.sections.all() for question in section.questions.all()]
    answered = {question.field: getattr(application, question.field) for question in asked}
    assert {name for name, value in answered.items() if not value} == set()
    assert {"first_name", "email", "competences", "experience", "cv", "motivation"} <= set(answered)
    assert (application.languages, application.place, application.picture) == ([], "", None)


def rows_of(table: str, columns: list[str]) -> list[tuple[object, ...]]:
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)} ORDER BY id")
        return list(cursor.fetchall())
