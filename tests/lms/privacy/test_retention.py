"""Periods that an administrator sets, and what they really delete."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult
from wagtail import hooks

from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.plugins import RETENTION_RULES, RetentionRule
from lms.privacy import errors
from lms.privacy.actions import enforce_retention, record_reading, retention_rules, rule_named, set_period
from lms.privacy.actions.retention import RetentionError
from lms.privacy.models import Reading, RetentionPeriod
from tests.make import make_administrator, make_file, make_notice, make_user
from tests.make.times import AUTUMN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def only(name):
    return next(shown for shown in retention_rules(AUTUMN) if shown.rule.name == name)


def an_old_notice(days):
    notice = make_notice(make_user())
    Notice.objects.filter(pk=notice.pk).update(created_at=AUTUMN - days * DAY)
    return notice


def test_every_rule_says_what_it_deletes_and_how_many():
    assert [rule.name for rule in RETENTION_RULES.collect() if not (rule.text and rule.count)] == []


def test_what_has_outlived_its_period_is_deleted_and_the_rest_stays():
    an_old_notice(366)
    young = an_old_notice(364)

    assert only("notices").due == 1
    enforce_retention(AUTUMN)

    assert list(Notice.objects.all()) == [young]
    assert (only("notices").period.last_count, only("notices").period.last_run_at) == (1, AUTUMN)
    assert Entry.objects.get(verb="deleted").data == {"rule": "notices", "count": 1}


def test_period_that_was_set_holds():
    an_old_notice(100)

    set_period(rule_named("notices"), actor=make_administrator(), days=60, at=AUTUMN)
    enforce_retention(AUTUMN)

    assert not Notice.objects.exists()
    assert Entry.objects.get(verb="changed").data == {"rule": "notices", "from": 365, "to": 60}


def test_period_that_is_too_short_is_refused():
    with pytest.raises(errors.PeriodTooShort) as caught:
        set_period(rule_named("notices"), actor=make_administrator(), days=3, at=AUTUMN)

    assert (caught.value.code, caught.value.field) == ("period_too_short", "days")
    assert not RetentionPeriod.objects.exists()


def test_rule_that_fails_stops_no_other(caplog):
    def fail(before):
        raise ValueError

    an_old_notice(400)
    broken = RetentionRule(name="broken", label="Broken", days=1, enforce=fail)
    with (
        hooks.register_temporarily(RETENTION_RULES.name, lambda: broken),
        pytest.raises(RetentionError, match="broken"),
    ):
        enforce_retention(AUTUMN)

    assert not Notice.objects.exists()


def test_old_readings_are_deleted():
    record_reading(make_notice(make_user()), reader=make_user(), about=make_user(), what="Sheet", at=AUTUMN)

    enforce_retention(AUTUMN + 731 * DAY)

    assert not Reading.objects.exists()


def test_old_journal_entries_are_deleted():
    entry = Entry.objects.create(verb="read", object=make_user(), object_text="x", at=AUTUMN - 6 * 365 * DAY)

    enforce_retention(AUTUMN)

    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_ended_sign_ins_and_done_tasks_are_deleted():
    Session.objects.create(session_key="old", session_data="", expire_date=AUTUMN - 2 * DAY)
    task = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default"}
    done = DBTaskResult.objects.create(status="SUCCESSFUL", **task)
    DBTaskResult.objects.filter(pk=done.pk).update(finished_at=AUTUMN - 15 * DAY)
    waiting = DBTaskResult.objects.create(status="READY", **task)

    enforce_retention(AUTUMN)

    assert not Session.objects.exists()
    assert list(DBTaskResult.objects.all()) == [waiting]


def test_files_that_belong_to_nothing_are_deleted():
    stored = make_file()
    name, storage = stored.file.name, stored.file.storage
    type(stored).objects.update(uploaded_at=AUTUMN - 3 * DAY)

    enforce_retention(AUTUMN)

    assert not type(stored).objects.exists()
    assert storage.exists(name)  # goes with the commit, which a test takes back
