"""What strangers try with public forms and links."""

import struct
import zlib
from io import BytesIO
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from openpyxl import load_workbook
from PIL import Image

from lms.robots import may_try
from mentoring_ext.applications.models import Application, Draft, Stage
from mentoring_ext.applications.tokens import confirm_token, draft_token, status_token
from mentoring_ext.programmes.models import Role
from tests.make import (
    make_administrator,
    make_application,
    make_assignment,
    make_call,
    make_cohort,
    make_coordinator,
    make_editor,
    make_file,
    make_manager,
    make_member,
    make_trainer,
    make_user,
)
from tests.mentoring_ext.applications.sending import PDF, apply, draft_of, pdf, picture, sent, url

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('x')</script>"


def huge_picture():
    """Return a PNG of few bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def docx(**parts):
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, text in {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}.items():
            archive.writestr(name, text)
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    "name", ["draft_edit", "draft_kept", "application_status", "application_edit", "application_erase"]
)
def test_links_of_one_kind_open_nothing_of_another(client: Client, name):
    application, draft = make_application(), draft_of(make_call())
    tokens = {"draft": draft_token(draft), "application": status_token(application)}
    right = tokens.pop(name.split("_")[0])
    forged = [
        *tokens.values(),
        confirm_token(application),
        right[:-1] + ("A" if right[-1] != "A" else "B"),
        str(application.pk),
        signing.dumps(1),
        uuid4().hex,
    ]

    statuses = {client.get(url(name, token)).status_code for token in forged}

    assert (client.get(url(name, right)).status_code, statuses) == (200, {404})


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("cv", b"<html><script>alert(1)</script></html>"),
        ("cv", b"MZ" + PDF),
        ("cv", docx(**{"word/vbaProject.bin": "macro"})),
        ("cv", docx(**{"word/media/bomb.bin": "0" * 30_000_000})),
        ("cv", docx(**{"../../etc/passwd": "x"})),
        ("picture", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("picture", b"GIF89a<script>alert(1)</script>"),
        ("picture", huge_picture()),
        ("picture", PDF),
    ],
    ids=["html", "program", "macro", "bomb", "path", "svg", "gif", "huge", "pdf"],
)
def test_disguised_files_are_refused_beside_their_field(client: Client, field, content):
    name = {"cv": "cv.pdf", "picture": "me.png"}[field]

    answer = client.post(url("application_new", make_call().slug), sent(**{field: SimpleUploadedFile(name, content)}))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Application.objects.count() == 0


def test_pictures_lose_what_stands_beside_them(client: Client):
    plain = Image.new("RGB", (40, 30), "teal")
    exif = plain.getexif()
    exif[0x010E] = "My home: Odos Ermou 5"
    content = BytesIO()
    plain.save(content, "JPEG", exif=exif)
    polyglot = SimpleUploadedFile("me.jpg", content.getvalue() + SCRIPT.encode())

    client.post(url("application_new", make_call().slug), sent(picture=polyglot))

    with Application.objects.get().picture.file.open() as stored:
        kept = stored.read()
    assert (b"Ermou" in kept, b"script" in kept) == (False, False)


def test_files_are_handed_out_without_scripts_and_to_the_owner_alone(client: Client):
    client.post(url("application_new", make_call().slug), sent(cv=pdf(), picture=picture()))
    application, other = Application.objects.get(), make_application()
    Application.objects.update(stage=Stage.RECEIVED)

    own = client.get(url("application_file", status_token(application), "cv"))
    strange = client.get(url("application_file", status_token(other), "cv"))

    assert (own.getvalue(), own["Content-Disposition"]) == (PDF, 'attachment; filename="cv.pdf"')
    assert "sandbox" in own["Content-Security-Policy"]
    assert strange.status_code == 404


@pytest.mark.parametrize("person", ["visitor", "stranger", "other coordinator"])
def test_another_persons_application_is_not_found(client: Client, person):
    application = make_application()
    if person != "visitor":
        user = make_user()
        client.force_login(make_coordinator(make_call().cohort) if person == "other coordinator" else user)

    answers = {client.get(url(name, application.pk)).status_code for name in ("application_detail", "application_cv")}

    assert answers == ({302} if person == "visitor" else {404})


def test_columns_that_nobody_asks_are_not_taken(client: Client):
    other = make_call()
    extra = {"stage": "accepted", "user": "1", "call": str(other.pk), "answer": "x", "confirmed_at": "2020-01-01"}
    posted = sent() | extra | {f"q-{name}": value for name, value in extra.items()}

    client.post(url("application_new", make_call().slug), posted)

    application = Application.objects.get()
    assert (application.stage, application.user, application.answer) == (Stage.UNCONFIRMED, None, "")
    assert application.call != other


def test_scripts_in_every_field_stay_words(client: Client, django_capture_on_commit_callbacks):
    call = make_call()
    words = dict.fromkeys(("first_name", "last_name", "headline", "experience", "motivation"), SCRIPT)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("application_new", call.slug), sent(**words, taught="yes", taught__what=SCRIPT))
    application = Application.objects.get()
    html = mail.outbox[0].alternatives[0].content
    client.post(url("application_confirm", confirm_token(application)))
    client.force_login(make_coordinator(call.cohort))

    own = url("application_status", status_token(application))
    pages = [own, url("call_board", call.pk), url("application_detail", application.pk)]
    shown = [html, *(client.get(page).content.decode() for page in pages)]

    assert [SCRIPT in page for page in shown] == [False] * 4
    assert "&lt;script&gt;" in shown[1]


def test_a_name_cannot_end_a_mails_heading(client: Client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("application_new", make_call().slug), sent(first_name="Nikos\r\nBcc: all@example.org"))

    assert Application.objects.get().first_name == "Nikos Bcc: all@example.org"
    assert mail.outbox[0].recipients() == ["nikos@example.org"]


def test_an_address_with_a_line_in_it_is_refused(client: Client):
    answer = client.post(url("application_new", make_call().slug), sent(email="a@example.org\nBcc: b@example.org"))

    assert list(answer.context["form"].errors) == ["email"]


def test_saving_is_slowed_down_too(client: Client, rf: RequestFactory):
    address = url("application_keep", make_call().slug)
    tries = [may_try(rf.post(address), "apply") for _try in range(59)]

    statuses = [client.post(address, sent()).status_code for _try in range(2)]

    assert (set(tries), statuses) == ({True}, [302, 429])


def test_applying_for_somebody_else_changes_nothing_of_theirs(client: Client):
    call = make_call()
    there = apply(call)
    Application.objects.update(stage=Stage.SCREENING)

    client.post(url("application_new", call.slug), sent(headline="Changed by a stranger"))

    there.refresh_from_db()
    assert there.headline == "Photographer"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org")'])
def test_no_name_becomes_a_formula_in_the_export(client: Client, name):
    call = make_call()
    make_application(call=call, first_name=name, last_name=name, headline=name, answer=name)
    client.force_login(make_coordinator(call.cohort))

    content = client.get(url("application_export", call.pk)).content

    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [sheet.cell(2, column) for column in (1, 2, 5, 9)]
    assert {(cell.data_type, cell.value) for cell in cells} == {("s", f"'{name}")}
    with ZipFile(BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


ROLES = {
    "stranger": (lambda call: make_user(), 404),
    "colleague": (lambda call: make_user(organisation=call.organisation), 404),
    "mentee": (lambda call: make_member(call.cohort, Role.MENTEE), 404),
    "mentor": (lambda call: make_member(call.cohort, Role.MENTOR), 404),
    "manager": (lambda call: make_manager(call.organisation), 404),
    "trainer": (lambda call: make_trainer(), 404),
    "editor": (lambda call: make_editor(), 404),
    "other coordinator": (lambda call: make_coordinator(make_cohort(organisation=call.organisation)), 404),
    "other reviewer": (lambda call: make_assignment(make_application(call=call)).user, 404),
    "administrator": (lambda call: make_administrator(), 403),
    "reviewer": (lambda call: make_assignment(call.applications.get()).user, 200),
    "coordinator": (lambda call: make_coordinator(call.cohort), 200),
}


@pytest.mark.parametrize("who", ROLES)
def test_picture_and_cv_open_to_those_alone_who_review_them(client: Client, who):
    application = make_application(picture=make_file(), cv=make_file())
    maker, status = ROLES[who]
    client.force_login(maker(application.call))

    answers = [client.get(url(name, application.pk)) for name in ("application_picture", "application_cv")]

    assert [answer.status_code for answer in answers] == [status] * 2
    assert [answer.getvalue() == b"%PDF" for answer in answers] == [status == 200] * 2


@pytest.mark.parametrize("who", ["visitor", "stranger", "coordinator", "administrator"])
def test_a_draft_opens_by_nothing_but_its_own_link(client: Client, who):
    draft = draft_of(make_call(), user=make_user(), uploads={"cv": pdf()})
    own = draft_of(draft.call)
    if who != "visitor":
        people = {"stranger": make_user, "administrator": make_administrator}
        client.force_login(people[who]() if who in people else make_coordinator(draft.call.cohort))
    guesses = [str(draft.pk), str(draft.key), draft.key.hex, signing.dumps(draft.pk), signing.dumps(draft.key.hex)]
    stolen = [draft_token(own), draft_token(draft).split(":")[0], draft_token(draft) + "x"]

    for guess in [*guesses, *stolen[1:]]:
        assert client.get(url("draft_edit", guess)).status_code == 404
        assert client.get(url("draft_file", guess, "cv")).status_code == 404
        assert client.post(url("draft_delete", guess)).status_code == 404
    assert client.get(url("draft_file", stolen[0], "cv")).status_code == 404
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_a_draft_is_not_overwritten_with_a_ticket_that_was_made_up(client: Client):
    draft = draft_of(make_call())
    made_up = signing.dumps([draft.key.hex, 0.0], salt="another")

    client.post(url("application_keep", draft.call.slug), sent(made_up, first_name="Mallory"))

    assert Draft.objects.get(pk=draft.pk).data["q-first_name"] == ["Nikos"]
    assert Draft.objects.count() == 2
