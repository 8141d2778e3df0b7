"""Notices: in the site, by mail, and switched off."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail import hooks

from lms.notices import actions
from lms.notices.models import Notice
from lms.notices.tasks import mail_notices
from lms.plugins import NOTICE_KINDS, NoticeKind
from tests.make import make_user
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_kind_of_notice():
    kind = NoticeKind("tests_happened", "Something happened in a test")
    with hooks.register_temporarily(NOTICE_KINDS.name, lambda: kind):
        yield


def test_notify_tells_each_person_once_and_leaves_out_who_did_it():
    reader, doer = make_user(), make_user()

    notices = actions.notify([reader, reader, doer], "tests_happened", "News", "/home/", exclude=doer)

    assert [(notice.recipient, notice.text, notice.url) for notice in notices] == [(reader, "News", "/home/")]


def test_notify_refuses_a_kind_that_no_room_registered():
    with pytest.raises(KeyError, match="unheard_of"):
        actions.notify([make_user()], "unheard_of", "News", "/home/")


def test_notify_mails_who_has_an_address(django_capture_on_commit_callbacks):
    reader = make_user(email="ada@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        actions.notify([reader, make_user(email="")], "tests_happened", "News", "/home/")

    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["ada@example.org"], "News")]
    assert "/home/" in mail.outbox[0].body


def test_notify_does_not_mail_what_a_person_switched_off(django_capture_on_commit_callbacks):
    reader = make_user(email="ada@example.org")
    actions.choose_mail(reader, unwanted=["tests_happened"])

    with django_capture_on_commit_callbacks(execute=True):
        actions.notify([reader], "tests_happened", "News", "/home/")

    assert mail.outbox == []
    assert Notice.objects.filter(recipient=reader).count() == 1


def test_a_notice_is_mailed_once_even_when_the_task_runs_twice():
    reader = make_user(email="ada@example.org")
    notice = Notice.objects.create(recipient=reader, kind="tests_happened", text="News", url="/home/")

    counts = [mail_notices.func([notice.pk]), mail_notices.func([notice.pk])]

    assert counts == [1, 0]


def test_opening_a_notice_marks_it_as_read_and_leads_to_its_page(client: Client):
    reader = make_user()
    notice = Notice.objects.create(recipient=reader, kind="tests_happened", text="News", url="/home/")
    client.force_login(reader)

    response = client.get(reverse("lms_notices:notice_open", args=[notice.pk]))

    notice.refresh_from_db()
    assert (response.status_code, response.headers["Location"]) == (302, "/home/")
    assert notice.read_at is not None


def test_a_notice_of_another_person_cannot_be_opened(client: Client):
    notice = Notice.objects.create(recipient=make_user(), kind="tests_happened", text="News", url="/home/")
    client.force_login(make_user())

    assert client.get(reverse("lms_notices:notice_open", args=[notice.pk])).status_code == 404


def test_reading_all_counts_the_new_ones_once():
    reader = make_user()
    Notice.objects.create(recipient=reader, kind="tests_happened", text="News", url="/home/")

    assert [actions.read_all(reader, at=AT), actions.read_all(reader, at=AT)] == [1, 0]


def test_the_list_needs_the_same_queries_for_one_and_three(client: Client):
    reader = make_user()
    client.force_login(reader)

    assert_same_queries(
        lambda: client.get(reverse("lms_notices:notice_list")),
        lambda: Notice.objects.create(recipient=reader, kind="tests_happened", text="News", url="/home/"),
    )


def test_the_mail_choice_is_kept(client: Client):
    reader = make_user()
    client.force_login(reader)

    client.post(reverse("lms_notices:mail_choice"), {"wanted": []})

    assert reader.mail_choices.filter(kind="tests_happened").exists()
