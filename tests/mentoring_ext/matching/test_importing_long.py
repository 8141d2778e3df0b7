"""Long files of sheets: checked and imported by jobs with progress, stopped without a trace."""

from io import BytesIO

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.jobs.errors import JobCancelled
from lms.jobs.models import Job
from lms.jobs.work import work_on
from lms.notices.models import Notice
from lms.people.models import User
from mentoring_ext.matching.errors import FileHasErrors
from mentoring_ext.matching.importing import plan
from mentoring_ext.matching.importing.actions import CHECKING, INVITING, check_sheets, import_sheets
from mentoring_ext.matching.importing.jobs import run_sheet_import
from mentoring_ext.profiles.models import MenteeProfile
from mentoring_ext.programmes.models import Role
from tests import make
from tests.make.times import AUTUMN
from tests.mentoring_ext.matching.test_importing import WHOLE, send
from tests.mentoring_ext.matching.two_files import as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make.make_cohort(name="Athens")


@pytest.fixture
def coordinator(cohort):
    return make.make_coordinator(cohort)


def long_file(rows, count):
    return [{**row, "email": f"p{number}@example.org"} for number, row in enumerate(rows * count)]


@pytest.fixture
def long(monkeypatch):
    """Take every file for a long one."""
    monkeypatch.setattr(plan, "LONG", 0)


def checked_by_job(client, cohort, rows):
    answer = send(client, cohort, rows)
    job = Job.objects.get()
    work_on(job.pk)
    job.refresh_from_db()
    return answer, job


def test_a_long_file_is_checked_and_imported_by_jobs(long, client, cohort, coordinator):
    client.force_login(coordinator)

    answer, check = checked_by_job(client, cohort, long_file([WHOLE], 3))
    page = client.get(check.result_url)
    started = client.post(check.result_url)
    imported = Job.objects.exclude(pk=check.pk).get()
    before = MenteeProfile.objects.count()
    work_on(imported.pk)

    imported.refresh_from_db()
    assert answer.headers["Location"] == check.get_absolute_url()
    assert (check.state, check.note) == ("done", "The file is right. Nothing was written yet.")
    assert "Waits for its owner" in page.content.decode()
    assert started.headers["Location"] == imported.get_absolute_url()
    assert (before, MenteeProfile.objects.count()) == (0, 3)
    assert (imported.state, imported.done, imported.total) == ("done", 3, 3)


def test_the_job_tells_every_error_and_imports_nothing(long, client, cohort, coordinator):
    client.force_login(coordinator)

    _answer, check = checked_by_job(client, cohort, long_file([{**WHOLE, "guidance": "9"}], 3))
    page = client.get(check.result_url)
    client.post(check.result_url)

    with check.result_file.file.open() as file:
        lines = file.read().decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in lines] == [["row", "column"], *([str(n), "guidance"] for n in (2, 3, 4))]
    assert page.context["report"].wrong == 3
    assert Job.objects.get() == check


class Stopping:
    """A running job whose owner stops it at some count of a step."""

    def __init__(self, stored, cohort, owner, note, done):
        self.file, self.owner, self.job_pk = stored, owner, 1
        self.data, self.stop_at = {"cohort": cohort.pk, "role": "mentee"}, (note, done)
        self.counted = ("", 0)

    def count(self, done, total=None, note=""):
        self.counted = (note, done)

    def stop_if_cancelled(self):
        if self.counted == self.stop_at:
            raise JobCancelled


@pytest.mark.parametrize(
    ("note", "done"),
    [("Checking every row.", 1), ("Making the accounts and the invitations.", 0), ("Filling in the sheets.", 1)],
)
def test_an_import_that_is_stopped_leaves_nothing_half_done(cohort, coordinator, note, done):
    rows = long_file([{**WHOLE, "agreed": "yes"}], 3)
    stored = make.make_file(uploaded_by=coordinator, name="people.csv", file=ContentFile(as_csv(rows), "people.csv"))

    with pytest.raises(JobCancelled):
        run_sheet_import(Stopping(stored, cohort, coordinator, note, done), AUTUMN)

    assert not User.objects.filter(email__in=[row["email"] for row in rows]).exists()
    assert not MenteeProfile.objects.exists()
    assert not Notice.objects.filter(kind="sheet_entered").exists()
    assert mail.outbox == []


def test_a_file_beyond_the_most_rows_is_refused_with_the_number(client, cohort, coordinator, monkeypatch):
    monkeypatch.setattr(plan, "MOST_ROWS", 2)
    client.force_login(coordinator)

    answer = send(client, cohort, long_file([WHOLE], 3))

    assert answer.status_code == 422
    assert "2" in str(answer.context["form"].errors["file"])


def test_the_check_of_another_cohort_or_person_is_not_there(client, cohort, coordinator):
    check = make.make_sheets_check(coordinator, cohort)
    other = make.make_coordinator(cohort)
    address = reverse("mentoring_matching:sheet_check", args=[cohort.pk, check.pk])

    client.force_login(other)
    assert client.get(address).status_code == 404
    client.force_login(coordinator)
    assert client.get(address).status_code == 200
    own = make.make_cohort()
    own.memberships.create(user=coordinator, role=Role.COORDINATOR, joined_at=AUTUMN)
    assert client.get(reverse("mentoring_matching:sheet_check", args=[own.pk, check.pk])).status_code == 404


def test_names_of_known_people_are_looked_up_at_once(cohort, coordinator):
    def check(count):
        people = [make.make_member(cohort, Role.MENTEE) for _person in range(count)]
        rows = [{**WHOLE, "name": "", "email": person.email} for person in people]
        with CaptureQueriesContext(connection) as captured:
            check_sheets(BytesIO(as_csv(rows)), cohort=cohort, role=Role.MENTEE, actor=coordinator)
        return len(captured)

    check(1)
    assert check(1) == check(20)


def test_who_completes_the_sheet_while_the_file_is_checked_keeps_it(cohort, coordinator):
    user = make.make_member(cohort, Role.MENTEE, email="maria@example.org")
    sheet = make.make_mentee_profile(user=user, state="draft", interests=["garden"])

    def tell(step, done, total):
        if step == INVITING:
            MenteeProfile.objects.filter(pk=sheet.pk).update(state="complete")

    import_sheets(BytesIO(as_csv([WHOLE])), cohort=cohort, role=Role.MENTEE, actor=coordinator, at=AUTUMN, tell=tell)

    assert MenteeProfile.objects.get().interests == ["garden"]
    assert not Notice.objects.filter(kind="sheet_entered").exists()


def test_who_gets_another_role_while_the_file_is_checked_stops_it(cohort, coordinator):
    def tell(step, done, total):
        if step == CHECKING:
            make.make_member(cohort, Role.MENTOR, email="maria@example.org")

    with pytest.raises(FileHasErrors):
        import_sheets(
            BytesIO(as_csv([WHOLE])), cohort=cohort, role=Role.MENTEE, actor=coordinator, at=AUTUMN, tell=tell
        )

    assert not MenteeProfile.objects.exists()
