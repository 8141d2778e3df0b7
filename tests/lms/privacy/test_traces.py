"""Names that are hard to find again: in other alphabets, in data, in tasks."""

import pytest
from django_tasks_db.models import DBTaskResult

from lms.journal.actions import record
from lms.journal.models import Entry
from lms.privacy.actions import ask_erasure, erase_person
from tests import make
from tests.make.times import AUTUMN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("first_name", ["Μαρία", "José", 'Ann "Nan"'])
def test_name_in_any_alphabet_leaves_the_data_of_the_journal(first_name: str):
    make.make_administrator()
    user, other = make.make_user(first_name=first_name, last_name="Παπά"), make.make_user()
    record("handed_over", other, actor=other, data={"duties": {"1": [f"Group of {user.get_full_name()}"]}})

    erase_person(ask_erasure(user, actor=user, username=user.username, at=AUTUMN), at=AUTUMN)

    assert first_name not in str(Entry.objects.get(verb="handed_over").data)


@pytest.mark.parametrize("first_name", ["Μαρία", "José"])
def test_name_in_any_alphabet_leaves_what_tasks_kept(first_name: str):
    make.make_administrator()
    user = make.make_user(first_name=first_name)
    fields = {"task_path": "x", "backend_name": "default", "run_after": AUTUMN, "exception_class_path": ""}
    DBTaskResult.objects.create(args_kwargs={"args": [f"Dear {user.get_full_name()}"], "kwargs": {}}, **fields)

    erase_person(ask_erasure(user, actor=user, username=user.username, at=AUTUMN), at=AUTUMN)

    assert not DBTaskResult.objects.filter(task_path="x").exists()


def test_what_was_sent_before_there_was_an_account_goes_too():
    make.make_administrator()
    user = make.make_user(email="me@example.org")
    application = make.make_application(user=None, email="Me@example.org", first_name="Margarita", stage="declined")
    registration = make.make_registration(make.make_opening(), email="me@example.org", first_name="Margarita")

    erase_person(ask_erasure(user, actor=user, username=user.username, at=AUTUMN), at=AUTUMN)

    application.refresh_from_db()
    registration.refresh_from_db()
    assert (application.first_name, registration.first_name, registration.email) == ("", "", "")
