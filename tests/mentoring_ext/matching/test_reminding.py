"""After publishing: who has not said anything to the match, and reminding them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.journal.models import Entry
from lms.notices.models import Notice
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions.asking import ask_for_change, confirm_match
from mentoring_ext.matching.actions.reminding import remind_to_answer
from tests import make
from tests.mentoring_ext.matching.conftest import AT
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups(run, cohort, coordinator):
    actions.publish_run(run, actor=coordinator, at=AT)
    return list(cohort.groups.all())


def answers(cohort):
    return reverse("mentoring_matching:request_list", args=[cohort.pk])


def remind(client, cohort):
    return client.post(reverse("mentoring_matching:match_remind", args=[cohort.pk]), follow=True).content.decode()


def test_the_coordinator_sees_who_has_not_answered_and_reminds_them(client, cohort, coordinator, groups):
    first, second = sorted(groups, key=lambda group: len(group.people()))
    for person in first.people():
        confirm_match(first, actor=person, at=AT)
    asking, *silent = second.people()[1:]
    ask_for_change(second, asking, actor=asking, kind="contact", words="So", at=AT)
    (shown,) = client.get(answers(cohort)).context["silent"]

    page = remind(client, cohort)

    waiting = {second.mentor, *silent}
    assert (shown.group, set(shown.people), shown.answered) == (second, waiting, 1)
    told = Notice.objects.filter(kind="match_reminder")
    assert {notice.recipient for notice in told} == waiting
    assert {notice.url for notice in told} == {reverse("mentoring_matching:match_say", args=[second.pk])}
    assert "2 people are reminded." in page
    assert Entry.objects.get(verb="wrote", data__reminded=2).actor == coordinator


def test_nobody_is_reminded_twice_within_a_day(cohort, coordinator, groups):
    now, everybody = timezone.now(), sum(len(group.people()) for group in groups)
    assert remind_to_answer(cohort, actor=coordinator, at=now) == everybody

    with pytest.raises(errors.NobodyToRemind):
        remind_to_answer(cohort, actor=coordinator, at=now + timedelta(hours=20))
    assert remind_to_answer(cohort, actor=coordinator, at=now + timedelta(hours=25)) == everybody


def test_nobody_is_reminded_once_the_groups_stay_as_they_are(client, cohort, coordinator, groups):
    for group in groups:
        make.make_sessions(group, first_at=datetime(2026, 2, 2, 9, tzinfo=UTC))

    assert "There is nobody to remind" in remind(client, cohort)
    assert not client.get(answers(cohort)).context["open_groups"]


def test_before_publishing_nobody_is_reminded(client, cohort, coordinator, run):
    assert "There is nobody to remind" in remind(client, cohort)


def test_the_page_of_answers_takes_the_same_queries_however_many_groups_there_are(client, cohort, coordinator, groups):
    assert_same_queries(lambda: client.get(answers(cohort)), lambda: make.make_group(cohort, mentees=2))
