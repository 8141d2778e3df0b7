"""Private uploads: what is let in, how it is kept, and how it is handed out."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.core import signing
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lms.files import actions, errors
from lms.files.forms import SALT, PrivateFileField, keep_uploads, kept_file, stored_value
from lms.files.kinds import DOCUMENTS, KINDS, PICTURES
from lms.files.models import StoredFile
from lms.files.serve import file_response
from tests.make import make_application, make_file, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"


def upload(name, content):
    return SimpleUploadedFile(name, content, content_type="text/html")


def archive(parts, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content, **options)
    return stream.getvalue()


def docx(**more):
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", **more})


def odt():
    return archive({"mimetype": KINDS["odt"].content_type, "content.xml": "<office/>"})


def picture(format_name, size=(8, 6), **options):
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, format_name, **options)
    return stream.getvalue()


def store(name, content, kinds=(*DOCUMENTS, *PICTURES), actor=None):
    return actions.store_upload(upload(name, content), actor=actor, kinds=kinds)


def content_of(stored):
    with stored.file.open("rb") as opened:
        return opened.read()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (docx(), "docx"),
        (odt(), "odt"),
        (picture("PNG"), "png"),
        (picture("JPEG"), "jpeg"),
        (picture("WEBP"), "webp"),
    ],
)
def test_store_tells_the_kind_by_the_content(content, kind):
    stored = store("anything.exe", content)

    assert stored.content_type == KINDS[kind].content_type
    assert stored.name == f"anything{KINDS[kind].ending}"
    assert stored.size == len(content_of(stored))


@pytest.mark.parametrize(
    "content",
    [
        HTML,
        b"MZ\x90\x00",
        b"\x7fELF",
        b"GIF89a" + HTML,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        HTML + PDF,
        b" " + docx(),
        HTML + docx(),
        archive({"run.txt": "x"}),
        docx(**{"word/vbaProject.bin": "macro"}),
        docx(**{"../../etc/passwd": "x"}),
        docx(**{"C:/windows/x": "x"}),
        docx(**{"word/bomb.xml": "0" * 30_000_000}),
        docx()[:-30],
        picture("PNG")[:40],
        picture("BMP"),
        b"%PDF-",
    ],
)
def test_store_refuses_what_is_not_what_it_seems(content):
    with pytest.raises(errors.WrongKind):
        store("cv.pdf", content)

    assert StoredFile.objects.count() == 0


def test_store_refuses_a_kind_that_was_not_asked_for():
    with pytest.raises(errors.WrongKind, match="Word"):
        store("cv.docx", picture("PNG"), kinds=["docx"])


def test_store_refuses_a_picture_of_too_many_points():
    stream = io.BytesIO()
    Image.new("1", (8000, 8000)).save(stream, "PNG")

    with pytest.raises(errors.WrongKind):
        store("small.png", stream.getvalue())


def test_store_counts_what_arrives_and_not_what_is_said(settings):
    settings.UPLOAD_MAX_BYTES = 100
    sent = TemporaryUploadedFile("cv.pdf", "application/pdf", 10, None)
    sent.write(PDF + b" " * 100)

    with sent, pytest.raises(errors.FileTooLarge):
        actions.store_upload(sent, actor=None, kinds=DOCUMENTS)


def test_store_refuses_an_empty_file():
    with pytest.raises(errors.FileEmpty):
        store("cv.pdf", b"")


def test_store_refuses_more_than_the_days_number(settings):
    settings.UPLOADS_A_DAY = 1
    person = make_user()
    store("cv.pdf", PDF, actor=person)

    with pytest.raises(errors.TooManyFiles):
        store("cv.pdf", PDF, actor=person)


def test_pictures_lose_what_stood_beside_them():
    secret = PngInfo()
    secret.add_text("Author", "Ada lives in Athens")
    exif = Image.Exif()
    exif[0x010E] = "Ada lives in Athens"
    places = [picture("PNG", pnginfo=secret), picture("JPEG", exif=exif), picture("PNG") + HTML]

    kept = [content_of(store("me.png", place)) for place in places]

    assert not any(b"Athens" in content or b"script" in content for content in kept)


def test_large_pictures_become_smaller():
    stored = store("me.png", picture("PNG", size=(5000, 100)))

    assert max(Image.open(io.BytesIO(content_of(stored))).size) == 2400


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ada\\my cv.PDF", "my cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.pdf"),
        ("cv.php.pdf", "cv php.pdf"),
        ("βιογραφικό.pdf", "βιογραφικό.pdf"),
        ('x"\r\nSet-Cookie: a.pdf', "xSet-Cookie a.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert actions.clean_name(given, KINDS["pdf"]) == kept


def test_nothing_stays_of_an_upload_that_was_rolled_back():
    actions.forget_rolled_back()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        name = store("cv.pdf", PDF).file.name
        raise ZeroDivisionError

    removed = actions.forget_rolled_back()

    assert removed == 1
    assert not storages["private"].exists(name)


def test_forgetting_keeps_what_was_saved():
    stored = store("cv.pdf", PDF)

    removed = actions.forget_rolled_back()

    assert (removed, storages["private"].exists(stored.file.name)) == (0, True)


def test_orphans_go_and_files_in_use_stay(capsys):
    used = store("cv.pdf", PDF)
    make_application(cv=used)
    store("lost.pdf", PDF)
    storages["private"].save("zz/content-without-row", io.BytesIO(PDF))
    StoredFile.objects.update(uploaded_at=datetime(2020, 1, 1, tzinfo=UTC))
    actions._written.names = []

    removed = actions.remove_orphans(before=datetime.now(UTC) + timedelta(minutes=1))

    assert removed >= 2
    assert list(StoredFile.objects.all()) == [used]
    assert not storages["private"].exists("zz/content-without-row")


def test_the_command_leaves_young_files_alone(capsys):
    store("cv.pdf", PDF)

    call_command("remove_orphan_files")

    assert StoredFile.objects.count() == 1


def test_deleting_takes_the_content_when_it_is_certain(django_capture_on_commit_callbacks):
    stored = store("cv.pdf", PDF)
    name = stored.file.name

    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_file(stored, actor=None)
        there = storages["private"].exists(name)

    assert (there, storages["private"].exists(name)) == (True, False)


def test_files_are_handed_out_as_attachments_that_cannot_run():
    response = file_response(store("cv.pdf", PDF))

    assert response.getvalue() == PDF
    assert response["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize(("content", "how"), [(picture("PNG"), "inline"), (PDF, "attachment")])
def test_only_pictures_are_shown_inline(content, how):
    response = file_response(store("x", content), inline=True)

    assert response["Content-Disposition"].startswith(how)
    response.close()


def test_a_file_whose_content_is_gone_is_not_found():
    stored = store("cv.pdf", PDF)
    storages["private"].delete(stored.file.name)

    with pytest.raises(Http404):
        file_response(stored)


class CvForm(forms.Form):
    name = forms.CharField()
    cv = PrivateFileField(kinds=DOCUMENTS, required=False)


def test_field_says_what_it_takes(settings):
    settings.UPLOAD_MAX_BYTES = 1024

    assert str(CvForm()["cv"].help_text) == "PDF, Word (docx), OpenDocument (odt), up to 1.0\xa0KB."


def test_field_answers_in_words():
    form = CvForm({"name": "Ada"}, MultiValueDict({"cv": [upload("cv.pdf", HTML)]}))

    assert form.errors["cv"] == [
        "This file cannot be used. Choose one of these kinds: PDF, Word (docx), OpenDocument (odt)."
    ]


def test_field_answers_an_empty_file():
    form = CvForm({"name": "Ada"}, MultiValueDict({"cv": [upload("cv.pdf", b"")]}))

    assert form.errors["cv"] == ["This file is empty. Choose another one."]


def test_an_upload_outlives_another_fields_error():
    first = CvForm({"name": ""}, MultiValueDict({"cv": [upload("cv.pdf", PDF)]}))
    first.is_valid()
    keep_uploads(first, actor=None)
    token = first["cv"].as_widget().split('name="cv-kept" value="')[1].split('"')[0]

    second = CvForm({"name": "Ada", "cv-kept": token}, MultiValueDict())
    second.is_valid()
    stored = stored_value(second, "cv", actor=None)

    assert stored == StoredFile.objects.get()
    assert content_of(stored) == PDF


def test_a_kept_upload_belongs_to_one_row_only():
    form = CvForm({"name": ""}, MultiValueDict({"cv": [upload("cv.pdf", PDF)]}))
    form.is_valid()
    keep_uploads(form, actor=None)
    token = form["cv"].as_widget().split('name="cv-kept" value="')[1].split('"')[0]
    make_application(cv=StoredFile.objects.get())

    assert kept_file(token) is None
    assert kept_file(token + "x") is None


def test_a_stream_that_grows_too_large_is_not_kept_on_the_disc(settings):
    settings.UPLOAD_MAX_BYTES = 70_000
    request = RequestFactory().post("/somewhere/", {"cv": upload("cv.pdf", PDF + b" " * 200_000)})

    (sent,) = request.FILES.getlist("cv")
    with sent as received:
        assert received.size is not None and received.size > 200_000
        assert len(received.read()) <= 70_000 + 65_536
        with pytest.raises(errors.FileTooLarge):
            actions.check_upload(received, DOCUMENTS)


def test_editors_uploads_pass_the_limit_of_private_files(settings):
    settings.UPLOAD_MAX_BYTES = 10
    request = RequestFactory().post("/cms/images/add/", {"file": upload("big.pdf", PDF)})

    (sent,) = request.FILES.getlist("file")
    assert sent.read() == PDF


def test_upload_that_another_form_kept_is_no_file_of_another_kind():
    stored = make_file(content_type="text/csv", name="page.csv")
    token = signing.dumps(stored.pk.hex, salt=SALT)
    form_type = type("CvForm", (forms.Form,), {"cv": PrivateFileField(kinds=["pdf"])})

    form = form_type({"cv-kept": token}, {})

    assert form.errors.as_data()["cv"][0].code == "wrong_kind"
