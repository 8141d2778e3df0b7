"""Erasing an account: the names go everywhere, the counts stay."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django_tasks_db.models import DBTaskResult
from wagtail import hooks

from lms.journal.actions import record
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.errors import LastAdministrator
from lms.people.models import User
from lms.plugins import DUTY_SOURCES, Duty, DutySource
from lms.privacy import errors
from lms.privacy.actions import ask_erasure, erase_due, erase_person, stop_erasure
from lms.privacy.actions.erasing import ErasureError
from lms.privacy.models import Erasure
from tests import make
from tests.make.times import AUTUMN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(user, **fields):
    return ask_erasure(user, **{"actor": user, "username": user.username, "at": AUTUMN} | fields)


def erase(user):
    make.make_administrator()
    return erase_person(asked(user), at=AUTUMN + 7 * DAY)


@pytest.fixture
def a_duty():
    source = DutySource(
        "test",
        "Test",
        duties_of=lambda user: [Duty("1", "Leading the group")],
        takers=lambda key, user: User.objects.none(),
        hand_over=lambda key, leaves, takes, actor, at: None,
    )
    with hooks.register_temporarily(DUTY_SOURCES.name, lambda: source):
        yield


def test_account_waits_before_it_is_erased(django_capture_on_commit_callbacks):
    user = make.make_user()

    with django_capture_on_commit_callbacks(execute=True):
        erasure = asked(user)

    assert (erasure.due_at, erasure.is_own, erasure.is_open) == (AUTUMN + 7 * DAY, True, True)
    assert Entry.objects.get(verb="scheduled").actor == user
    assert mail.outbox[0].to == [user.email]
    assert "/privacy/erase/keep/" in mail.outbox[0].body


def test_administrators_mail_gives_the_reason_and_no_link(django_capture_on_commit_callbacks):
    user = make.make_user()

    with django_capture_on_commit_callbacks(execute=True):
        asked(user, actor=make.make_administrator(), reason="The programme has ended.")

    assert "The programme has ended." in mail.outbox[0].body
    assert "/privacy/erase/keep/" not in mail.outbox[0].body


def test_wrong_user_name_erases_nothing():
    with pytest.raises(errors.OtherName) as caught:
        asked(make.make_user(), username="somebody")

    assert (caught.value.code, caught.value.field) == ("other_name", "username")


def test_account_is_asked_for_once():
    user = make.make_user()
    asked(user)

    with pytest.raises(errors.AlreadyAsked) as caught:
        asked(user)

    assert caught.value.code == "already_asked"


def test_duties_are_handed_over_first(a_duty):
    with pytest.raises(errors.DutiesLeft) as caught:
        asked(make.make_user())

    assert caught.value.code == "duties_left"
    assert [duty.title for duty in caught.value.duties] == ["Leading the group"]


def test_last_administrator_stays():
    with pytest.raises(LastAdministrator) as caught:
        asked(make.make_administrator())

    assert caught.value.code == "last_administrator"


def test_stopped_erasure_leaves_the_account():
    user = make.make_user()
    erasure = asked(user)

    stop_erasure(erasure, actor=user, at=AUTUMN + DAY)

    assert erase_due(AUTUMN + 8 * DAY) == 0
    user.refresh_from_db()
    assert user.is_active
    with pytest.raises(errors.NotOpen):
        stop_erasure(erasure, actor=user, at=AUTUMN + DAY)


def test_night_erases_what_is_due_and_nothing_before():
    user = make.make_user()
    asked(user)

    assert erase_due(AUTUMN + 6 * DAY) == 0
    assert erase_due(AUTUMN + 7 * DAY) == 1
    assert erase_due(AUTUMN + 8 * DAY) == 0

    user.refresh_from_db()
    assert (user.username, user.get_full_name(), user.email) == (f"erased-{user.pk}", "", "")
    assert not user.is_active
    assert not user.has_usable_password()
    assert Erasure.objects.get().done_at == AUTUMN + 7 * DAY
    assert Entry.objects.get(verb="erased").object == user


def test_duty_that_came_meanwhile_makes_the_account_wait_and_is_told(caplog):
    first, second = make.make_user(), make.make_user()
    asked(first)
    asked(second)
    source = DutySource(
        "test",
        "Test",
        duties_of=lambda user: [Duty("1", "Leading")] if user == first else [],
        takers=lambda key, user: User.objects.none(),
        hand_over=lambda key, leaves, takes, actor, at: None,
    )

    with hooks.register_temporarily(DUTY_SOURCES.name, lambda: source), pytest.raises(ErasureError):
        erase_due(AUTUMN + 7 * DAY)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_active, second.is_active) == (True, False)


def test_sign_ins_end_with_the_account():
    user, other = make.make_user(), make.make_user()
    for person in (user, other):
        session = SessionStore()
        session["_auth_user_id"] = str(person.pk)
        session.create()

    erase(user)

    assert [row.get_decoded()["_auth_user_id"] for row in Session.objects.all()] == [str(other.pk)]


def test_name_goes_from_the_journal_and_from_others_notices():
    user, friend = make.make_user(first_name="Zoe", last_name="Kalliga"), make.make_user()
    notice = make.make_notice(friend, text="Zoe Kalliga signed. Zoe Kalligakis did not.")
    entry = record("changed", user, actor=friend, data={"names": ["Zoe Kalliga"], "to": user.email})

    erase(user)

    notice.refresh_from_db()
    entry.refresh_from_db()
    assert notice.text == "a former member signed. Zoe Kalligakis did not."
    assert "Zoe" not in f"{entry.object_text} {entry.data}"


def test_tasks_of_the_queue_that_hold_the_address_are_gone():
    user = make.make_user()
    common = {"task_path": "x", "backend_name": "default", "status": "SUCCESSFUL"}
    DBTaskResult.objects.create(args_kwargs={"args": [user.email], "kwargs": {}}, **common)
    other = DBTaskResult.objects.create(args_kwargs={"args": ["somebody@example.org"], "kwargs": {}}, **common)

    erase(user)

    assert list(DBTaskResult.objects.all()) == [other]


def test_namesake_keeps_the_name_in_the_journal():
    names = {"first_name": "Maria", "last_name": "Papa"}
    user, namesake = make.make_user(**names), make.make_user(**names)
    entry = record("changed", namesake, actor=namesake)

    erase(user)

    entry.refresh_from_db()
    assert entry.object_text == "Maria Papa"


def test_notices_of_the_person_are_gone():
    user = make.make_user()
    make.make_notice(user)

    erase(user)

    assert not Notice.objects.exists()
