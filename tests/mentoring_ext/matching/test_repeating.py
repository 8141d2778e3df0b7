import json
import platform
import zlib

import numpy as np
import pytest
import scipy
from django.core.management import CommandError, call_command
from django.urls import reverse

from lms.jobs.models import Job
from lms.jobs.work import work_on
from mentoring_ext.matching.actions import move_mentee, running, undo_change
from mentoring_ext.matching.actions.proving import start_confirming
from mentoring_ext.matching.repeating import protocol_of, repeat_run
from mentoring_ext.matching.solver import Refused
from tests import make
from tests.mentoring_ext.matching.conftest import AT

pytestmark = pytest.mark.django_db
PAGES = ("run_repeat", "run_protocol")


def tampered(run):
    """Change one fact of the kept input."""
    kept = json.loads(zlib.decompress(bytes(run.input)))
    kept["sides"]["mentees"][0]["interests"] = ["sport"]
    run.input = zlib.compress(json.dumps(kept, sort_keys=True, separators=(",", ":")).encode())
    run.save()


def test_a_run_is_repeated_to_the_same_pairs(run, capsys):
    assert repeat_run(run).is_same
    call_command("repeat_run", str(run.pk))
    assert "same pairs" in capsys.readouterr().out


def test_a_changed_input_is_refused(run):
    tampered(run)

    with pytest.raises(Refused, match="fingerprint"):
        repeat_run(run)
    with pytest.raises(CommandError):
        call_command("repeat_run", str(run.pk))


def test_an_input_that_cannot_be_read_is_refused(run):
    run.input = b"nonsense"

    with pytest.raises(Refused):
        repeat_run(run)


def test_another_result_than_the_kept_one_is_refused(run):
    run.certificate["mentor_of"] = run.certificate["mentor_of"][::-1]

    with pytest.raises(Refused):
        repeat_run(run)


def test_the_command_knows_the_run():
    with pytest.raises(CommandError):
        call_command("repeat_run", "1")


def test_protocol_holds_everything_and_no_names(run, people):
    protocol = protocol_of(run)

    assert protocol["input_sha256"] == run.digest
    assert {"weights", "options", "seed", "versions", "made_at", "made_by", "certificate"} <= protocol.keys()
    assert not any(str(mentee) in json.dumps(protocol) for mentee in people[1])


def test_the_page_says_what_was_asked_of_the_groups(client, cohort, run):
    text = client.get(reverse("mentoring_matching:run_protocol", args=[cohort.pk, run.pk])).content.decode()

    assert "What was asked for" in text
    assert "1 to 3 mentees" in text
    assert "the highest total" in text


def test_the_coordinator_reads_downloads_and_repeats(client, cohort, run):
    def page(name):
        return reverse(f"mentoring_matching:{name}", args=[cohort.pk, run.pk])

    assert run.digest.encode() in client.get(page("run_protocol")).content
    assert json.loads(client.get(page("protocol_file")).content)["run"] == run.pk
    assert b"the same pairs came out" in client.post(page("run_repeat"), {"repeat": "1"}, follow=True).content
    assert b"The proof holds" in client.post(page("run_repeat"), {"verify": "1"}, follow=True).content
    tampered(run)
    assert b"Not confirmed" in client.post(page("run_repeat"), {"repeat": "1"}, follow=True).content
    assert b"nobody can say it" in client.get(page("run_equality")).content


def test_the_protocol_says_that_people_were_moved_since(client, cohort, run, people, coordinator):
    def page(name):
        return reverse(f"mentoring_matching:{name}", args=[cohort.pk, run.pk])

    (_first, second), mentees = people
    assert "Changes by hand" not in client.get(page("run_protocol")).content.decode()
    move_mentee(run, mentees[0], second, actor=coordinator, reason="A wish", at=AT)

    shown = client.get(page("run_protocol")).content.decode()
    repeated = client.post(page("run_repeat"), {"repeat": "1"}, follow=True).content.decode()

    assert "1 move. Total and proof are those from before." in shown
    assert "the same pairs came out as before the changes by hand" in repeated
    undo_change(run, actor=coordinator, at=AT)
    assert "Changes by hand" not in client.get(page("run_protocol")).content.decode()


@pytest.fixture
def large(run, monkeypatch):
    """Take every run for a large one."""
    monkeypatch.setattr(running, "MOST_AT_ONCE", 0)
    return run


@pytest.mark.parametrize(("what", "sentence"), [("repeat", "the same pairs came out"), ("verify", "The proof holds")])
def test_a_large_run_is_confirmed_by_a_job(client, large, cohort, what, sentence):
    page, protocol = (reverse(f"mentoring_matching:{name}", args=[cohort.pk, large.pk]) for name in PAGES)

    answer = client.post(page, {what: "1"})
    job = Job.objects.get()
    work_on(job.pk)

    job.refresh_from_db()
    assert answer.headers["Location"] == job.get_absolute_url()
    assert (job.state, job.result_url) == ("done", protocol)
    assert sentence in job.note


def test_the_job_says_that_a_changed_input_is_not_confirmed(client, large, cohort):
    tampered(large)
    client.post(reverse("mentoring_matching:run_repeat", args=[cohort.pk, large.pk]), {"verify": "1"})
    job = Job.objects.get()

    work_on(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"
    assert "fingerprint" in job.problem


def test_who_may_not_pair_any_more_confirms_nothing(large, cohort):
    job = start_confirming(large, repeat=True, actor=make.make_user(), at=AT)

    work_on(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"


@pytest.mark.parametrize("page_of_run", ["run_detail", "run_protocol"])
def test_the_pages_of_a_run_name_the_programs_in_words(client, run, page_of_run):
    page = client.get(reverse(f"mentoring_matching:{page_of_run}", args=[run.cohort_id, run.pk])).content.decode()

    assert "Programs used, with their versions" in page
    assert f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}, OR-Tools" in page
