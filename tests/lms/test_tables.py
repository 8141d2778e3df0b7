"""Reading CSV and xlsx files that people bring."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from lms.tables import errors
from lms.tables.columns import Column, email, one_of, whole_number
from lms.tables.reading import read_table

COLUMNS = [
    Column("name", "Name", must_be_there=True, must_be_filled=True, max_length=20),
    Column("email", "E-mail address", aliases=["Ηλεκτρονική διεύθυνση"], parse=email),
    Column("role", "Role", parse=one_of([("mentor", "Mentor"), ("mentee", "Mentee")]), empty="mentee"),
]


def read(content: bytes, **options):
    return read_table(BytesIO(content), COLUMNS, **options)


def values(table):
    return [dict(row.values) for row in table.rows]


def found(table):
    return [(error.row, error.column, error.value) for error in table.errors]


def xlsx(*rows, edit=lambda sheet: None) -> bytes:
    workbook, content = Workbook(), BytesIO()
    for row in rows:
        workbook.active.append(row)
    edit(workbook.active)
    workbook.save(content)
    return content.getvalue()


def repacked(content: bytes, part: str, change) -> bytes:
    """Return the xlsx file with one of its parts changed."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return packed.getvalue()


ELENI = {"name": "Ελένη Άννη", "email": "eleni@example.org", "role": "mentor"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_csv_is_read_whatever_program_wrote_it(delimiter, encoding, line_end):
    lines = [["name", "email", "role"], ['"Ελένη Άννη"', "eleni@example.org", "mentor"]]
    text = line_end.join(delimiter.join(line) for line in lines)

    assert values(read(text.encode(encoding))) == [ELENI]


def test_csv_in_the_old_encoding_of_windows_is_read():
    table = read("name\nJosé Müller\n".encode("cp1252"))

    assert values(table)[0]["name"] == "José Müller"


def test_headings_are_found_by_word_case_and_order_free_and_by_their_translation():
    table = read(" ROLE ;ηλεκτρονική ΔΙΕΎΘΥΝΣΗ; NAME\nMentor;eleni@example.org;  Ελένη\xa0 Άννη \n".encode())

    assert values(table) == [ELENI]


def test_quoted_cells_hold_delimiters_and_line_ends():
    table = read(b'name,role\n"Papa, Maria",mentor\n"Two\nlines",mentee\n')

    assert [row.values["name"] for row in table.rows] == ["Papa, Maria", "Two lines"]


def test_xlsx_is_read_like_csv():
    table = read(xlsx(["Role", "Name", "E-Mail Address"], ["mentor", "Ελένη Άννη", "eleni@example.org"]))

    assert values(table) == [ELENI]


def test_numbers_and_dates_of_a_spreadsheet_become_text():
    from datetime import datetime

    table = read(xlsx(["name"], [12.0], [1.5], [datetime(2026, 5, 1)], [True]))

    assert [row.values["name"] for row in table.rows] == ["12", "1.5", "2026-05-01", "True"]


def test_every_error_is_told_with_the_row_that_the_spreadsheet_shows():
    table = read(b"name,email,role\n\nAnna,anna,mentor\nBela,bela@example.org,administrator\n,,\n ,c@example.org,\n")

    assert found(table) == [(3, "email", "anna"), (4, "role", "administrator"), (6, "name", "")]
    assert (table.count, table.rows) == (3, [])
    assert all(error.message for error in table.errors)


def test_row_in_a_table_after_a_cell_of_two_lines_keeps_its_number():
    table = read(b'name,email\n"Two\nlines",a@example.org\nAnna,wrong\n')

    assert found(table) == [(3, "email", "wrong")]


def test_headings_that_are_unknown_double_or_missing_are_errors():
    table = read(b"mail,email,E-Mail\na,b@example.org,c\n")

    assert found(table) == [(1, "mail", "mail"), (1, "E-Mail", "E-Mail"), (1, "name", "")]


def test_cell_without_a_heading_is_an_error():
    assert found(read(b"name,\nAnna,what\nBela,,is this\n")) == [(2, "", "what"), (3, "", "is this")]


def test_formula_is_an_error_and_never_a_value():
    assert found(read(xlsx(["name"], ['=HYPERLINK("http://example.org")']))) == [
        (2, "name", '=HYPERLINK("http://example.org")')
    ]


def test_cell_that_is_too_long_is_an_error():
    assert found(read(b"name\n" + b"x" * 21)) == [(2, "name", "x" * 21)]


def test_too_many_rows_are_refused():
    with pytest.raises(errors.TooManyRows):
        read(b"name\n" + b"Anna\n" * 4, max_rows=3)


def test_too_many_bytes_are_refused():
    with pytest.raises(errors.TableTooLarge):
        read(b"name\nAnna\n", max_bytes=5)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"name,email\n", xlsx()])
def test_nothing_is_refused(content):
    with pytest.raises(errors.EmptyTable):
        read(content)


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\x00\x01\x02", b"\xff\xfea"])
def test_what_is_no_table_is_refused(content):
    with pytest.raises(errors.NotATable):
        read(content)


def test_archive_that_grows_too_much_is_refused():
    bomb = repacked(xlsx(["name"]), "xl/styles.xml", lambda part: part + b" " * 70_000_000)

    with pytest.raises(errors.NotATable):
        read(bomb)


def test_entities_are_refused():
    bomb = repacked(xlsx(["name"]), "xl/workbook.xml", lambda part: b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + part)

    with pytest.raises(errors.NotATable):
        read(bomb)


def test_row_far_below_is_never_lost_in_silence():
    content = xlsx(["name"], ["Anna"], edit=lambda sheet: sheet.cell(1_000_000, 1, "far away"))

    with pytest.raises(errors.TooManyRows):
        read(content)


def test_whole_number_takes_figures_alone():
    assert whole_number("12") == 12
    with pytest.raises(ValidationError):
        whole_number("-1")
