"""What strangers try with public forms and links."""

import struct
import zlib
from io import BytesIO
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mentoring_ext.applications.models import Application, Stage
from mentoring_ext.applications.tokens import confirm_token, draft_token, status_token
from tests.make import make_application, make_call, make_coordinator, make_user
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
    right = draft_token(draft) if name.startswith("draft") else status_token(application)
    others = {draft_token(draft), status_token(application), confirm_token(application)} - {right}
    forged = [
        *others,
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


def test_saving_is_slowed_down_too(client: Client):
    address = url("application_keep", make_call().slug)

    statuses = [client.post(address, sent()).status_code for _try in range(61)]

    assert (set(statuses[:60]), statuses[60]) == ({302}, 429)


def test_applying_for_somebody_else_changes_nothing_of_theirs(client: Client):
    call = make_call()
    there = apply(call)
    Application.objects.update(stage=Stage.SCREENING)

    client.post(url("application_new", call.slug), sent(headline="Changed by a stranger"))

    there.refresh_from_db()
    assert there.headline == "Photographer"
