"""The pages: choosing a list, its report, and invitations on paper."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lms.files.models import StoredFile
from lms.jobs.models import Job
from lms.people.models import OneTimeCode, User
from mentoring_ext.invitations import actions
from mentoring_ext.invitations.models import PeopleImport
from mentoring_ext.programmes.models import Role
from tests.make import (
    make_cohort,
    make_coordinator,
    make_editor,
    make_job,
    make_member,
    make_people_import,
    make_user,
)
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
GOOD = "name,email,role\nEleni Anni,eleni@example.org,mentor\nMaria Rossi,,mentee\n"
BAD = "name,email,role\nEleni Anni,eleni,mentor\nMaria Rossi,,administrator\n"


@pytest.fixture
def cohort():
    return make_cohort(name="Athens")


@pytest.fixture
def coordinator(cohort, client: Client):
    user = make_coordinator(cohort)
    client.force_login(user)
    return user


def send(client: Client, cohort, text: str = GOOD, **more):
    file = SimpleUploadedFile("people.csv", text.encode())
    return client.post(f"/invitations/cohorts/{cohort.pk}/new/", {"file": file} | more)


def kept_token(response) -> str:
    return str(re.findall(r'name="file-kept" value="([^"]+)"', response.content.decode())[0])


def test_checking_shows_what_would_be_done_and_writes_nothing(client, cohort, coordinator):
    response = send(client, cohort)

    assert response.status_code == 200
    assert "Nothing was written yet" in response.content.decode()
    assert User.objects.count() == 1
    assert not Job.objects.exists()


def test_checking_shows_every_error_by_row_and_column(client, cohort, coordinator):
    response = send(client, cohort, BAD)

    assert response.status_code == 422
    assert [(error.row, error.column) for error in response.context["report"].errors] == [(2, "email"), (3, "role")]
    assert "Import" not in re.findall(r"<button.*?</button>", response.content.decode())[-1]


def test_errors_come_as_a_file(client, cohort, coordinator):
    response = send(client, cohort, BAD, errors="1")

    assert response["Content-Type"].startswith("text/csv")
    assert response.content.decode("utf-8-sig").splitlines()[1].startswith("2,email,eleni,")


def long_list(*more: str) -> str:
    rows = (f"Person Nr{place},p{place}@example.org,mentee" for place in range(501))
    return "\n".join(["name,email,role", *rows, *more])


def check_long(client: Client, cohort, text: str, commit) -> Job:
    with commit(execute=True):
        response = send(client, cohort, text)
    job = Job.objects.get(kind="check_people")
    assert response["Location"] == job.get_absolute_url()
    return job


def test_long_list_is_checked_by_a_job_with_the_same_report(
    client, cohort, coordinator, django_capture_on_commit_callbacks
):
    job = check_long(
        client, cohort, long_list("Eleni Anni,eleni,mentor", "M,,administrator"), django_capture_on_commit_callbacks
    )
    page = client.get(job.result_url)

    assert (job.state, job.done, job.total) == ("done", 500, 501)
    assert job.note == "2 errors were found. Nothing was written."
    assert [(error.row, error.column) for error in page.context["report"].errors] == [(503, "email"), (504, "role")]
    assert "Nothing was written. Mend these cells" in page.content.decode()
    rows = b"".join(client.get(f"/jobs/{job.pk}/file/")).decode("utf-8-sig").splitlines()
    assert rows[1].startswith("503,email,eleni,")
    assert User.objects.count() == 1


def test_long_list_that_is_right_is_imported_from_its_report(
    client, cohort, coordinator, django_capture_on_commit_callbacks
):
    check = check_long(client, cohort, long_list(), django_capture_on_commit_callbacks)
    assert "Nothing was written yet" in client.get(check.result_url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(check.result_url)

    job = Job.objects.get(kind="invite_people")
    assert response["Location"] == job.get_absolute_url()
    assert (job.state, job.result["created"]) == ("done", 501)


def test_long_list_with_errors_is_not_imported(client, cohort, coordinator, django_capture_on_commit_callbacks):
    check = check_long(client, cohort, long_list("M,,administrator"), django_capture_on_commit_callbacks)

    page = client.post(check.result_url, follow=True).content.decode()

    assert "so nothing was imported" in page
    assert not Job.objects.filter(kind="invite_people").exists()


def test_checked_list_whose_file_is_gone_says_so(client, cohort, coordinator, django_capture_on_commit_callbacks):
    check = check_long(client, cohort, long_list(), django_capture_on_commit_callbacks)
    Job.objects.update(input_file=None)

    assert "Choose it again" in client.post(check.result_url, follow=True).content.decode()


def test_report_is_closed_to_who_lost_the_cohort(client, cohort, coordinator, django_capture_on_commit_callbacks):
    check = check_long(client, cohort, long_list(), django_capture_on_commit_callbacks)
    make_member(make_cohort(), Role.COORDINATOR, user=coordinator)
    cohort.memberships.filter(user=coordinator).delete()

    assert client.post(check.result_url).status_code == 404


def test_list_that_was_checked_is_imported_by_a_job(client, cohort, coordinator, django_capture_on_commit_callbacks):
    token = kept_token(send(client, cohort))

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/invitations/cohorts/{cohort.pk}/new/", {"file-kept": token, "import": "1"})

    job, made = Job.objects.get(), PeopleImport.objects.get()
    assert response["Location"] == job.get_absolute_url()
    assert (job.state, job.result) == ("done", {"rows": 2, "created": 2, "known": 0})
    assert (job.result_url, job.note) == (made.get_absolute_url(), "2 people were invited.")


def test_import_without_a_check_is_no_way_around_the_errors(client, cohort, coordinator):
    response = send(client, cohort, BAD, **{"import": "1"})

    assert response.status_code == 422
    assert not Job.objects.exists()


def test_job_uses_the_rights_of_the_moment(client, cohort, coordinator, django_capture_on_commit_callbacks):
    token = kept_token(send(client, cohort))
    with django_capture_on_commit_callbacks() as waiting:
        client.post(f"/invitations/cohorts/{cohort.pk}/new/", {"file-kept": token, "import": "1"})

    cohort.memberships.filter(user=coordinator).delete()
    for run in waiting:
        run()

    job = Job.objects.get()
    assert (job.state, User.objects.count()) == ("failed", 1)
    assert "nothing was imported" in job.problem


def test_job_that_is_stopped_writes_nothing(cohort, coordinator):
    from lms.jobs.errors import JobCancelled

    def stop(step: str) -> None:
        if step == "end":
            raise JobCancelled

    with pytest.raises(JobCancelled):
        from io import BytesIO

        actions.import_people(BytesIO(GOOD.encode()), actor=coordinator, at=timezone.now(), cohort=cohort, tell=stop)

    assert User.objects.count() == 1


def test_job_whose_file_is_gone_says_so(cohort, coordinator):
    from lms.jobs.tasks import run_job

    job = make_job(owner=coordinator, kind="invite_people", data={"cohort": cohort.pk, "organisation": None})

    run_job.func(job.pk)

    job.refresh_from_db()
    assert (job.state, "Choose it again" in job.problem) == ("failed", True)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n%%EOF", b"PK\x03\x04xx"])
def test_file_that_is_no_list_is_refused_beside_its_field(client, cohort, coordinator, content):
    file = SimpleUploadedFile("people.csv", content)

    response = client.post(f"/invitations/cohorts/{cohort.pk}/new/", {"file": file})

    assert response.status_code == 422
    assert "file" in response.context["form"].errors


def test_example_can_be_imported_as_it_is(client, cohort, coordinator):
    example = client.get(f"/invitations/cohorts/{cohort.pk}/example.csv").content

    assert send(client, cohort, example.decode("utf-8-sig")).status_code == 200


def test_report_and_its_file_show_everybody(client, cohort, coordinator):
    made = make_people_import(coordinator, cohort)

    page = client.get(made.get_absolute_url()).content.decode()
    rows = client.get(f"/invitations/{made.pk}/people.csv").content.decode("utf-8-sig").splitlines()

    assert "Maria Rossi" in page
    assert "Invitation on paper" in page
    assert rows[1].startswith("2,Maria Rossi")


def test_lists_read_as_often_for_many_imports(client, cohort, coordinator):
    assert_same_queries(lambda: client.get("/invitations/"), lambda: make_people_import(coordinator, cohort))


def test_form_without_an_address_leads_to_the_paper(client, cohort, coordinator):
    answers = {"first_name": "Maria", "last_name": "Rossi", "email": "", "role": "mentee"}

    first = client.post(f"/cohorts/{cohort.pk}/members/new/", answers)
    again = client.post(f"/cohorts/{cohort.pk}/members/new/", answers)

    assert first["Location"] == f"/invitations/cohorts/{cohort.pk}/paper/"
    assert (again.status_code, User.objects.filter(first_name="Maria").count()) == (422, 1)


def test_sheets_show_name_address_and_a_code_that_works(client, cohort, coordinator):
    made = make_people_import(coordinator, cohort)
    maria = made.people.get().user

    response = client.post(f"/invitations/{made.pk}/paper/", {"people": [maria.pk]})

    ((person, code),) = response.context["sheets"]
    page = response.content.decode()
    assert (person, response["Cache-Control"].count("no-store")) == (maria, 1)
    assert all(text in page for text in (maria.username, code, "/people/code/"))
    assert client.post("/people/code/", {"username": maria.username, "code": code}).status_code == 302


# Attacks: a paper is a key to an account


def test_no_paper_for_somebody_with_an_address(client, cohort, coordinator):
    actions.import_people(
        SimpleUploadedFile("people.csv", GOOD.encode()), actor=coordinator, at=timezone.now(), cohort=cohort
    )
    eleni = User.objects.get(email="eleni@example.org")

    response = client.post(f"/invitations/cohorts/{cohort.pk}/paper/", {"people": [eleni.pk]})

    assert response.status_code == 422
    assert not OneTimeCode.objects.exists()


def test_no_paper_for_somebody_who_came_in(client, cohort, coordinator):
    member = make_member(cohort, Role.MENTEE, email="")

    assert client.post(f"/invitations/cohorts/{cohort.pk}/paper/", {"people": [member.pk]}).status_code == 422


def test_no_paper_for_who_holds_more_than_the_coordinator_gives(client, cohort, coordinator):
    made = make_people_import(coordinator, cohort)
    maria = made.people.get().user
    for take_more in (
        lambda: maria.site_roles.create(role="editor"),
        lambda: make_member(make_cohort(), Role.COORDINATOR, user=maria),
    ):
        maria.site_roles.all().delete()
        take_more()

        assert client.post(f"/invitations/{made.pk}/paper/", {"people": [maria.pk]}).status_code == 422


def test_no_paper_for_people_of_another_cohort(client, cohort, coordinator):
    far = make_cohort()
    maria = make_people_import(make_coordinator(far), far).people.get().user

    assert client.post(f"/invitations/cohorts/{cohort.pk}/paper/", {"people": [maria.pk]}).status_code == 422


def test_kept_file_of_somebody_else_is_not_taken_by_its_key(client, cohort, coordinator):
    stored = StoredFile.objects.create(name="people.csv", content_type="text/csv", size=1, uploaded_by=make_user())

    response = client.post(f"/invitations/cohorts/{cohort.pk}/new/", {"file-kept": stored.pk.hex, "import": "1"})

    assert response.status_code == 422


def test_editor_has_no_list_page(client):
    client.force_login(make_editor())

    assert client.get("/invitations/new/").status_code == 403
