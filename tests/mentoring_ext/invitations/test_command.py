"""`manage.py invite`."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from lms.people.models import User
from tests.make import make_cohort, make_coordinator, make_organisation

pytestmark = pytest.mark.django_db
HEADINGS = ["name", "username", "email", "language", "department", "cohort", "role"]
ELENI = ["Eleni Anni", "eleni", "eleni@example.org", "en", "", "Athens", "mentor"]
WRONG = ["Maria Rossi", "", "maria", "", "", "Athens", "mentee"]


def invite(*arguments: str) -> tuple[int, dict[str, Any]]:
    output = StringIO()
    try:
        call_command("invite", *arguments, stdout=output)
    except SystemExit as end:
        return int(str(end.code)), json.loads(output.getvalue())
    return 0, json.loads(output.getvalue())


@pytest.fixture
def people(tmp_path: Path):
    make_cohort(name="Athens")

    def write(*rows: list[str]) -> str:
        path = tmp_path / "people.csv"
        path.write_text("\n".join(",".join(row) for row in [HEADINGS, *rows]))
        return str(path)

    return write


def test_good_list_is_imported(people):
    status, report = invite(people(ELENI), "--report", "-")

    assert (status, report) == (0, {"rows": 1, "created": 1, "errors": []})
    assert User.objects.get().username == "eleni"


def test_same_list_again_creates_nobody(people):
    invite(people(ELENI))

    assert invite(people(ELENI)) == (0, {"rows": 1, "created": 0, "errors": []})


def test_errors_are_told_and_nothing_is_written(people):
    status, report = invite(people(ELENI, WRONG), "--report", "-")

    (error,) = report["errors"]
    assert (status, report["rows"], report["created"]) == (1, 2, 0)
    assert (error["row"], error["column"], error["value"]) == (3, "email", "maria")
    assert error["message"]
    assert User.objects.count() == 0


def test_dry_run_writes_nothing(people):
    status, report = invite(people(ELENI), "--dry-run", "--report", "-")

    assert (status, report) == (0, {"rows": 1, "created": 0, "errors": [], "would_create": 1})
    assert User.objects.count() == 0


def test_report_goes_into_a_file(people, tmp_path: Path):
    call_command("invite", people(ELENI), "--report", str(tmp_path / "report.json"))

    assert json.loads((tmp_path / "report.json").read_text())["created"] == 1


def test_xlsx_is_read(people, tmp_path: Path):
    workbook = Workbook()
    for row in (HEADINGS, ELENI):
        workbook.active.append(row)
    workbook.save(tmp_path / "people.xlsx")

    assert invite(str(tmp_path / "people.xlsx"))[1]["created"] == 1


def test_file_that_is_no_table_is_an_error_of_the_whole_file(tmp_path: Path):
    (tmp_path / "people.csv").write_bytes(b"\x00\x01")

    status, report = invite(str(tmp_path / "people.csv"))

    assert (status, [error["row"] for error in report["errors"]]) == (1, [0])


def test_as_somebody_acts_with_that_persons_rights(people):
    coordinator = make_coordinator(make_cohort(name="Sparta"))

    status, report = invite(people(ELENI), "--as", coordinator.username)

    assert (status, report["errors"][0]["column"]) == (1, "cohort")


@pytest.mark.parametrize("arguments", [["--as", "nobody"], ["--organisation", "nowhere"]])
def test_unknown_names_are_refused(people, arguments):
    with pytest.raises(CommandError):
        call_command("invite", people(ELENI), *arguments)


def test_file_that_is_not_there_is_refused():
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("invite", "/nowhere/people.csv")


def test_organisation_says_whose_managers_they_are(people):
    organisation = make_organisation()
    make_organisation()

    status, _report = invite(people(["Anna A", "anna", "", "", "", "", "manager"]), "--organisation", organisation.slug)

    assert status == 0
    assert User.objects.get(username="anna").organisation_memberships.get().organisation == organisation
