"""Everything about a person in one archive."""

import io
import json
import re
import zipfile

import pytest
from django.apps import apps

from lms.plugins import PRIVACY_HANDLERS
from lms.privacy.own_data import write_archive
from lms.privacy.own_data.gathering import told_fields
from tests import make
from tests.make.times import AUTUMN

pytestmark = pytest.mark.django_db


def archive_of(user):
    target = io.BytesIO()
    write_archive(user, target, at=AUTUMN, after_each=lambda: None)
    return zipfile.ZipFile(target)


def test_archive_holds_data_for_programs_and_a_page_to_read():
    user = make.make_user(first_name="Eleni", last_name="Vrakas")
    make.make_reflection(user=user, text="What I thought <b>today</b>")

    archive = archive_of(user)

    data = json.loads(archive.read("my-data.json"))
    page = archive.read("my-data.html").decode()
    assert data["lessons"]["reflection"][0]["text"] == "What I thought <b>today</b>"
    assert (data["account"]["user"][0]["first_name"], data["user_name"]) == ("Eleni", user.username)
    assert "What I thought &lt;b&gt;today&lt;/b&gt;" in page


def test_page_needs_nothing_from_outside():
    user = make.make_user()
    make.make_certificate(user=user)

    page = archive_of(user).read("my-data.html").decode()

    assert re.findall(r"""<script|<link|<img|url\(|(?:src|href)=["'](?!#|files/)""", page) == []


def test_archive_holds_the_persons_files_once():
    user = make.make_user()
    stored = make.make_file(uploaded_by=user, name="../../My CV.pdf")
    make.make_application(user=user, cv=stored)

    archive = archive_of(user)

    names = [name for name in archive.namelist() if name.startswith("files/")]
    assert names == [f"files/{stored.pk.hex[:8]}-My CV.pdf"]
    assert archive.read(names[0]) == b"%PDF"
    assert json.loads(archive.read("my-data.json"))["files"]["storedfile"][0]["path"] == names[0]


def test_file_whose_content_is_gone_spoils_nothing():
    user = make.make_user()
    stored = make.make_file(uploaded_by=user)
    stored.file.storage.delete(stored.file.name)

    assert [name for name in archive_of(user).namelist() if name.startswith("files/")] == []


def test_archive_holds_nothing_of_others():
    user, other = make.make_user(), make.make_user(last_name="Other-Person")
    make.make_reflection(user=other, text="Not yours")

    archive = archive_of(user)

    assert "Not yours" not in archive.read("my-data.json").decode()
    assert "Other-Person" not in archive.read("my-data.json").decode()


def test_no_secret_leaves_with_it():
    user = make.make_user()

    assert user.password not in archive_of(user).read("my-data.json").decode()


def handed_out():
    return {held.model.lower() for handler in PRIVACY_HANDLERS.collect() for held in handler.held}


def test_every_model_with_personal_data_is_handed_out_or_says_why_not():
    handlers = PRIVACY_HANDLERS.collect()
    reasons = {label.lower(): why for handler in handlers for label, why in handler.not_told.items()}
    through = {
        field.remote_field.through._meta.label_lower
        for label in handed_out()
        for field in apps.get_model(label)._meta.many_to_many
    }
    named = {label.lower() for handler in handlers for label in handler.models}

    assert sorted(named - handed_out() - through - set(reasons)) == []
    assert [label for label, why in reasons.items() if len(why) < 15] == []


def test_every_field_is_handed_out_or_says_why_not():
    for handler in PRIVACY_HANDLERS.collect():
        for held in handler.held:
            meta = apps.get_model(held.model)._meta
            names = {each.name for each in [*meta.fields, *meta.many_to_many, *meta.private_fields]}
            told = {each.name for each in told_fields(held)}
            assert set(held.left_out) <= names - told, held.model
            assert all(len(why) >= 15 for why in held.left_out.values()), held.model
