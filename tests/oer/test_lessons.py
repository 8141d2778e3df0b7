"""Lessons: private notes, drafts out of the circle, and the shipped content."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail import hooks

from lms.journal.models import Entry
from lms.plugins import ORIGIN_SOURCES, Origin, OriginSource
from oer.lessons import actions, shipped
from oer.lessons.errors import UnknownQuestion
from oer.lessons.models import LessonPage, Reflection, TrainingModulePage
from tests.make import make_administrator, make_editor, make_enrolment, make_lesson, make_module, make_user
from tests.own_data import own_data
from tests.queries import assert_same_queries

AT = datetime(2026, 5, 12, 17, tzinfo=UTC)


def question_of(lesson: LessonPage) -> UUID:
    (key,) = actions.questions_in(lesson)
    return key


def save_url(lesson: LessonPage, block: UUID | None = None) -> str:
    return reverse("oer_lessons:reflection_save", args=[lesson.pk, block or question_of(lesson)])


# Private notes


@pytest.mark.django_db
def test_save_reflection_keeps_one_note_a_question():
    lesson, user = make_lesson(), make_user()

    for text in ("First", "Second"):
        actions.save_reflection(lesson, actor=user, block=question_of(lesson), text=text, at=AT)

    note = Reflection.objects.get()
    assert (note.text, note.question, note.saved_at) == ("Second", "When did you listen?", AT)


@pytest.mark.django_db
def test_save_reflection_tells_the_journal_nothing_of_the_note():
    lesson, user = make_lesson(), make_user()

    actions.save_reflection(lesson, actor=user, block=question_of(lesson), text="My secret", at=AT)

    entry = Entry.objects.get(verb="wrote")
    assert (entry.actor, entry.object_id, entry.data) == (user, lesson.pk, {})


@pytest.mark.django_db
def test_save_reflection_without_words_takes_the_note_away():
    lesson, user = make_lesson(), make_user()
    actions.save_reflection(lesson, actor=user, block=question_of(lesson), text="A thought", at=AT)

    actions.save_reflection(lesson, actor=user, block=question_of(lesson), text=" ", at=AT)

    assert Reflection.objects.count() == 0


@pytest.mark.django_db
def test_save_reflection_refuses_a_question_that_is_gone():
    with pytest.raises(UnknownQuestion) as refused:
        actions.save_reflection(make_lesson(), actor=make_user(), block=uuid4(), text="A thought", at=AT)

    assert refused.value.code == "unknown_question"


@pytest.mark.django_db
def test_a_note_is_shown_to_its_writer_and_to_nobody_else(client: Client):
    lesson, user = make_lesson(), make_user()
    client.force_login(user)
    client.post(save_url(lesson), {"text": "Only mine"})

    pages = []
    for reader in (user, make_user(), make_editor(), make_administrator()):
        client.force_login(reader)
        pages.append("Only mine" in client.get(lesson.url).content.decode())

    assert pages == [True, False, False, False]
    assert own_data(user, "lessons")["reflection"][0]["text"] == "Only mine"


@pytest.mark.django_db
def test_a_note_that_is_too_long_is_kept_with_the_reason_beside_it(client: Client):
    lesson = make_lesson()
    client.force_login(make_user())

    answer = client.post(save_url(lesson), {"text": "a" * 5001})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "a" * 5001 in page
    assert "at most 5000 characters" in page


@pytest.mark.django_db
def test_a_visitor_reads_the_lesson_and_cannot_save(client: Client):
    lesson = make_lesson()

    page = client.get(lesson.url).content.decode()
    answer = client.post(save_url(lesson), {"text": "A thought"})

    assert "Listen first." in page
    assert "When you are signed in, you can write a private note here." in page
    assert answer["Location"].startswith(reverse("account_login"))
    assert Reflection.objects.count() == 0


# Pages


@pytest.mark.django_db
def test_lesson_page_asks_the_database_as_often_in_a_long_module(client: Client):
    lesson = make_lesson()
    enrolment = make_enrolment(course=TrainingModulePage.objects.get(path=lesson.course_path))
    client.force_login(enrolment.user)
    client.get(lesson.url)

    assert_same_queries(lambda: client.get(lesson.url), lambda: make_lesson(module=enrolment.course))


@pytest.mark.django_db
def test_lesson_page_says_where_it_comes_from(client: Client):
    lesson = make_lesson()
    source = OriginSource("tests", lambda page, viewer: [Origin("From the first cohort.", [("A practice", "/p/1/")])])

    with hooks.register_temporarily(ORIGIN_SOURCES.name, lambda: source):
        page = client.get(lesson.url).content.decode()

    assert "Where this comes from" in page
    assert '<a href="/p/1/">A practice</a>' in page


@pytest.mark.django_db
def test_every_kind_of_block_is_shown(client: Client):
    body = [
        ("tip", {"title": "Try it", "text": "<p>Walk.</p>"}),
        ("checklist", {"title": "Before", "items": ["Water", "Map"]}),
        ("quotation", {"text": "Know thyself.", "person": "Delphi", "source": "Inscription", "url": ""}),
    ]
    lesson = make_lesson(body=body)

    page = client.get(lesson.url).content.decode()

    assert [word in page for word in ("Walk.", "Map", "Know thyself.", "Delphi")] == [True] * 4


# Drafts


@pytest.mark.django_db
def test_draft_lesson_stands_last_in_the_module_and_is_not_published(client: Client):
    module, editor = make_module(), make_editor()
    make_lesson(module=module)

    lesson = actions.draft_lesson(module, title="Silence", body_html="<p>Wait.</p>", actor=editor)

    assert (lesson.live, lesson.get_parent().pk, lesson.licence) == (False, module.pk, module.licence)
    assert list(module.get_children())[-1].pk == lesson.pk
    assert lesson.get_latest_revision_as_object().body[0].value.source == "<p>Wait.</p>"
    assert Entry.objects.get(verb="created").actor == editor
    assert client.get(lesson.url).status_code == 404


@pytest.mark.django_db
def test_draft_lesson_sanitises_what_it_is_given():
    lesson = actions.draft_lesson(
        make_module(), title="Silence", body_html="<p>Wait.</p><script>alert(1)</script>", actor=make_editor()
    )

    assert lesson.body[0].value.source == "<p>Wait.</p>"


@pytest.mark.django_db
def test_a_published_draft_is_read_by_everybody(client: Client):
    lesson = actions.draft_lesson(make_module(), title="Silence", body_html="<p>Wait.</p>", actor=make_editor())

    lesson.get_latest_revision().publish()

    assert "Wait." in client.get(lesson.url).content.decode()


# Shipped content


@pytest.mark.django_db
def test_the_command_names_the_file_that_is_wrong(monkeypatch: pytest.MonkeyPatch):
    def broken(folder: Path = shipped.CONTENT):
        raise shipped.WrongContent("lesson.md: a title is missing")

    monkeypatch.setattr("oer.lessons.management.commands.load_content.load_content", broken)

    with pytest.raises(CommandError, match=r"lesson\.md: a title is missing"):
        call_command("load_content")


def write(folder: Path, text: str) -> Path:
    path = folder / "01-a-lesson.en.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_blocks_of_cuts_at_fences_and_gives_lasting_ids(tmp_path: Path):
    source = shipped.read_source(
        write(
            tmp_path,
            "---\ntitle: A\n---\nHello *you*.\n\n:::tip Try it\nWalk.\n:::\n\n:::checklist Do\n- a\n- b\n:::\n",
        )
    )

    blocks = shipped.blocks_of(source)

    assert [(block["type"], block["value"]) for block in blocks] == [
        ("text", "<p>Hello <em>you</em>.</p>"),
        ("tip", {"title": "Try it", "text": "<p>Walk.</p>"}),
        ("checklist", {"title": "Do", "items": ["a", "b"]}),
    ]
    assert blocks == shipped.blocks_of(source)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("No front matter", "front matter"), ("---\nminutes: 3\n---\nText", "a title is missing")],
)
def test_read_source_says_what_is_wrong(tmp_path: Path, text, complaint):
    with pytest.raises(shipped.WrongContent, match=complaint):
        shipped.read_source(write(tmp_path, text))


def test_blocks_of_refuses_an_unknown_kind(tmp_path: Path):
    source = shipped.read_source(write(tmp_path, "---\ntitle: A\n---\n:::dance\nx\n:::\n"))

    with pytest.raises(shipped.WrongContent, match="dance"):
        shipped.blocks_of(source)


def test_every_shipped_lesson_has_its_words_and_a_reflection():
    lessons = [source for path in shipped.CONTENT.glob("*/0*.en.md") if (source := shipped.read_source(path))]

    assert len(lessons) == 19
    for source in lessons:
        kinds = [block["type"] for block in shipped.blocks_of(source)]
        assert "reflection" in kinds, source.name
        assert 250 <= len(source.text.split()) <= 450, source.name
