"""Publishing many groups as a job."""

import pytest
from django.urls import reverse

from lms.jobs.errors import JobCancelled
from lms.jobs.models import Job
from lms.jobs.work import work_on
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions import publishing
from mentoring_ext.matching.models import Letter
from tests import make
from tests.mentoring_ext.matching.conftest import AT
from tests.mentoring_ext.matching.test_publishing import publish_page, words_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(monkeypatch):
    """Take every run for one with many groups."""
    monkeypatch.setattr(publishing, "MOST_AT_ONCE", 0)


def test_many_groups_are_published_by_a_job(many, client, run):
    answer = client.post(publish_page(run), words_on(client, run) | {"publish": "1", "seen": 0})
    job, before = Job.objects.get(), MentoringGroup.objects.count()

    work_on(job.pk)

    job.refresh_from_db()
    run.refresh_from_db()
    assert answer.headers["Location"] == job.get_absolute_url()
    assert (before, MentoringGroup.objects.count(), Letter.objects.count()) == (0, 2, 5)
    assert (job.state, job.result_url, run.is_published) == ("done", run.get_absolute_url(), True)


def test_publishing_that_is_stopped_opens_no_group(run, coordinator):
    def count(done, total):
        if done:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        actions.publish_run(run, actor=coordinator, at=AT, count=count)

    run.refresh_from_db()
    assert (MentoringGroup.objects.count(), Letter.objects.count(), run.is_open) == (0, 0, True)


def test_the_job_says_that_somebody_changed_the_run(many, client, run, coordinator, people):
    (_first, second), mentees = people
    job = actions.start_publishing(run, actor=coordinator, at=AT, seen=0)
    actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="So", at=AT)

    work_on(job.pk)

    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", str(errors.RunChanged.text))
    assert not MentoringGroup.objects.exists()


def test_who_may_not_pair_any_more_publishes_nothing(run, people):
    job = actions.start_publishing(run, actor=make.make_user(), at=AT)

    work_on(job.pk)

    assert not MentoringGroup.objects.exists()


def test_the_page_of_many_groups_shows_the_first_ones(client, run, monkeypatch):
    monkeypatch.setattr("mentoring_ext.matching.views.publishing.PREVIEWS", 1)

    page = client.get(reverse("mentoring_matching:run_publish", args=[run.cohort_id, run.pk]))

    assert "And 1 more group." in page.content.decode()
    assert "Publish 2 groups" in page.content.decode()
