"""Certificates: issued once, taken home as PDF, checked by anybody."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from lms.journal.models import Entry
from lms.recognition import views
from lms.recognition.actions import certify_attendance, issue_certificate, new_code
from lms.recognition.errors import PdfUnavailable
from lms.recognition.models import Certificate
from lms.recognition.pdf import pdf_of
from lms.recognition.wagtail_hooks import erase
from tests.make import make_certificate, make_course, make_enrolment, make_trainer, make_user
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 17, tzinfo=UTC)


def test_issue_certificate_keeps_title_and_name_as_they_were():
    enrolment = make_enrolment(user=make_user(first_name="Ada", last_name="Byron"))

    certificate = issue_certificate(enrolment, at=AT)

    assert (certificate.name, certificate.title, certificate.issued_at) == ("Ada Byron", enrolment.course.title, AT)
    assert Entry.objects.get(verb="earned").actor == enrolment.user


def test_issue_certificate_twice_returns_the_first():
    enrolment = make_enrolment()

    assert issue_certificate(enrolment, at=AT) == issue_certificate(enrolment, at=AT)


def test_new_code_has_three_blocks_without_letters_that_look_alike():
    assert re.fullmatch(r"([ACDEFGHJKLMNPQRTUVWXY34679]{4}-){2}[ACDEFGHJKLMNPQRTUVWXY34679]{4}", new_code())


def test_anybody_can_check_a_code_whatever_its_case(client: Client):
    holder = make_user()
    certificate = make_certificate(user=holder, name="Ada Byron")

    page = client.get(certificate.get_absolute_url().lower()).content.decode()

    assert "This certificate is real" in page
    assert "Ada Byron" in page
    assert "Download as PDF" not in page
    assert holder.email not in page


def test_an_unknown_code_is_said_so(client: Client):
    answer = client.get(reverse("lms_recognition:certificate_detail", args=["AAAA-AAAA-AAAA"]))

    assert answer.status_code == 404
    assert "We do not know this certificate" in answer.content.decode()


def test_an_erased_certificate_no_longer_opens(client: Client):
    holder = make_user()
    certificate = make_certificate(user=holder)

    erase(holder)

    assert client.get(certificate.get_absolute_url()).status_code == 404
    assert Certificate.objects.count() == 1


def test_the_holder_takes_the_pdf_home(client: Client):
    holder = make_user()
    certificate = make_certificate(user=holder)
    client.force_login(holder)

    answer = client.get(reverse("lms_recognition:certificate_pdf", args=[certificate.code]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_nobody_takes_the_pdf_of_another_person(client: Client):
    certificate = make_certificate()
    client.force_login(make_user())

    assert client.get(reverse("lms_recognition:certificate_pdf", args=[certificate.code])).status_code == 404


def test_a_server_without_pango_says_so(client: Client, monkeypatch: pytest.MonkeyPatch):
    def without_pango(html: str) -> bytes:
        raise PdfUnavailable

    holder = make_user()
    certificate = make_certificate(user=holder)
    client.force_login(holder)
    monkeypatch.setattr(views, "pdf_of", without_pango)

    answer = client.get(reverse("lms_recognition:certificate_pdf", args=[certificate.code]), follow=True)

    assert "its Pango library is missing" in answer.content.decode()


def test_certificate_list_shows_ones_own_only(client: Client):
    holder = make_user()
    own, _other = make_certificate(user=holder), make_certificate()
    client.force_login(holder)

    assert list(client.get(reverse("lms_recognition:certificate_list")).context["certificates"]) == [own]


def test_certificate_list_asks_the_database_as_often_for_many(client: Client):
    user = make_user()
    client.force_login(user)

    assert_same_queries(
        lambda: client.get(reverse("lms_recognition:certificate_list")), lambda: make_certificate(user=user)
    )


def test_the_holder_sees_the_certificate_as_their_own(client: Client):
    holder = make_user()
    certificate = make_certificate(user=holder)
    client.force_login(holder)

    assert "Your certificate" in client.get(certificate.get_absolute_url()).content.decode()


def test_certify_attendance_says_what_it_is_for():
    user, trainer, course = make_user(), make_trainer(), make_course()

    given = certify_attendance(user, title="A workshop", note="4 May, 3 hours", actor=trainer, context=course, at=AT)

    page = Client().get(given.get_absolute_url()).content.decode()
    assert given.kind == Certificate.Kind.ATTENDANCE
    assert "Took part" in page
    assert "4 May, 3 hours" in page


def test_pdf_loads_nothing_and_is_made_all_the_same(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("very secret")
    address = secret.as_uri()

    made = pdf_of(f'<link rel="attachment" href="{address}"><img src="{address}"><img src="http://127.0.0.1:9/"><p>Hi')

    assert made.startswith(b"%PDF")
    assert b"EmbeddedFile" not in made
