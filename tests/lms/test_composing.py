"""Composing forms: editing a draft, two at once, pages and their limits."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from lms.journal.models import Entry
from lms.people.models import User
from lms.questionnaires import actions, errors
from lms.questionnaires.changes import changes_between
from lms.questionnaires.forms.composing import options_of
from lms.questionnaires.models import Question, Questionnaire, Response, Section, Version
from lms.questionnaires.spec import QuestionSpec, SectionSpec, fingerprint
from tests.make import AUTUMN, make_editor, make_manager, make_organisation, make_user, make_version
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

NAME = QuestionSpec("first-name", "text", "First name", field="first_name")
WORKS = QuestionSpec("works", "yes_no", "Do you work?")
WHERE = QuestionSpec("where", "text", "Where?")
STANDARD = [
    SectionSpec("You", [NAME, QuestionSpec("last-name", "text", "Family name", field="last_name"), WORKS]),
    SectionSpec("More", [WHERE]),
]


def make_form(manager: User | None = None) -> Questionnaire:
    manager = manager or make_manager(make_organisation())
    assert manager.organisation
    return actions.new_form(
        manager.organisation, actor=manager, use="registration", title="Mentees", sections=STANDARD, at=AUTUMN
    )


def question(form: Questionnaire, code: str) -> Question:
    return Question.objects.get(section__version__questionnaire=form, code=code)


def codes(form: Questionnaire) -> list[list[str]]:
    version = Version.objects.with_questions().get(questionnaire=form)
    return [[question.code for question in section.questions.all()] for section in version.sections.all()]


def manager_of(form: Questionnaire) -> User:
    return User.objects.get(organisation_memberships__organisation=form.organisation)


def test_add_question_gives_it_a_code_of_its_own_and_writes_the_journal():
    form = make_form()
    section = Section.objects.get(title="More")

    added = actions.add_question(section, actor=manager_of(form), content=QuestionSpec("", "text", "Where?"), at=AUTUMN)

    assert added.code == "where-2"
    assert Entry.objects.filter(verb="changed", actor=manager_of(form)).exists()
    assert form.versions.get().changed_by == manager_of(form)


def test_change_question_keeps_its_code():
    form = make_form()
    old = question(form, "where")
    content = replace(actions.question_spec(old), text="In which place?", code="other")

    actions.change_question(
        old, actor=manager_of(form), content=content, seen=fingerprint(actions.question_spec(old)), at=AUTUMN
    )

    assert question(form, "where").text == "In which place?"


def test_change_question_tells_who_was_quicker():
    form = make_form()
    old = question(form, "where")
    seen = fingerprint(actions.question_spec(old))
    content = actions.question_spec(old)
    other = make_user(first_name="Ana", last_name="Quick")
    actions.change_question(old, actor=other, content=replace(content, text="A"), seen=seen, at=AUTUMN)

    with pytest.raises(errors.ChangedMeanwhile, match="Ana Quick"):
        actions.change_question(old, actor=manager_of(form), content=replace(content, text="B"), seen=seen, at=AUTUMN)

    assert question(form, "where").text == "A"


def test_two_people_change_two_questions_at_once():
    form = make_form()
    where, works = question(form, "where"), question(form, "works")
    seen = [fingerprint(actions.question_spec(one)) for one in (where, works)]

    for one, text, sign in ((where, "Place?", seen[0]), (works, "Work?", seen[1])):
        content = replace(actions.question_spec(one), text=text)
        actions.change_question(one, actor=make_user(), content=content, seen=sign, at=AUTUMN)

    assert (question(form, "where").text, question(form, "works").text) == ("Place?", "Work?")


def test_published_version_is_not_edited():
    form = make_form()
    actions.publish_version(form, actor=manager_of(form), at=AUTUMN)

    with pytest.raises(errors.VersionPublished):
        actions.remove_question(question(form, "where"), actor=manager_of(form), at=AUTUMN)


def test_fixed_standard_field_cannot_be_removed_hidden_or_made_optional():
    form = make_form()
    name = question(form, "first-name")
    seen, content = fingerprint(actions.question_spec(name)), actions.question_spec(name)

    with pytest.raises(errors.StandardFieldStays):
        actions.remove_question(name, actor=manager_of(form), at=AUTUMN)
    with pytest.raises(errors.StandardFieldStays):
        actions.remove_section(name.section, actor=manager_of(form), at=AUTUMN)
    with pytest.raises(errors.StandardFieldStays):
        optional = replace(content, required=False)
        actions.change_question(name, actor=manager_of(form), content=optional, seen=seen, at=AUTUMN)


def test_form_without_a_fixed_standard_field_is_not_published():
    manager = make_manager(make_organisation())
    assert manager.organisation
    form = actions.new_form(
        manager.organisation, actor=manager, use="registration", title="x", sections=STANDARD[1:], at=AUTUMN
    )

    with pytest.raises(errors.StandardFieldMissing, match="First name"):
        actions.publish_version(form, actor=manager, at=AUTUMN)


def test_place_field_asks_it_once():
    form = make_form()
    section = Section.objects.get(title="More")

    placed = actions.place_field(section, actor=manager_of(form), name="telephone", at=AUTUMN)

    assert (placed.kind, placed.field) == ("telephone", "telephone")
    with pytest.raises(errors.NotAStandardField):
        actions.place_field(section, actor=manager_of(form), name="telephone", at=AUTUMN)


def test_questions_step_over_the_edge_of_a_section():
    form = make_form()
    target = actions.step_of(question(form, "where"), -1)

    assert target
    actions.move_question(
        question(form, "where"), actor=manager_of(form), section=target[0], place=target[1], at=AUTUMN
    )

    assert codes(form) == [["first-name", "last-name", "works", "where"], []]
    assert actions.step_of(question(form, "first-name"), -1) is None


def test_move_question_to_a_place():
    form = make_form()

    actions.move_question(
        question(form, "where"), actor=manager_of(form), section=Section.objects.get(title="You"), place=1, at=AUTUMN
    )

    assert codes(form) == [["first-name", "where", "last-name", "works"], []]


def test_copy_stands_behind_its_original_without_the_standard_field():
    form = make_form()

    copy = actions.copy_question(question(form, "first-name"), actor=manager_of(form), at=AUTUMN)

    assert (copy.code, copy.field) == ("first-name-2", "")
    assert codes(form)[0] == ["first-name", "first-name-2", "last-name", "works"]


def test_removed_question_comes_back_to_its_place():
    form = make_form()
    actions.remove_question(question(form, "works"), actor=manager_of(form), at=AUTUMN)

    actions.put_back(form.versions.get(), actor=manager_of(form), at=AUTUMN)

    assert codes(form) == [["first-name", "last-name", "works"], ["where"]]
    with pytest.raises(errors.NothingRemoved):
        actions.put_back(form.versions.get(), actor=manager_of(form), at=AUTUMN)


def test_removed_section_comes_back_with_its_questions():
    form = make_form()
    actions.remove_section(Section.objects.get(title="More"), actor=manager_of(form), at=AUTUMN)

    actions.put_back(form.versions.get(), actor=manager_of(form), at=AUTUMN)

    assert codes(form) == [["first-name", "last-name", "works"], ["where"]]


def test_sections_change_places():
    form = make_form()

    actions.move_section(Section.objects.get(title="More"), actor=manager_of(form), place=0, at=AUTUMN)

    assert codes(form)[0] == ["where"]


def test_drop_version_leaves_what_is_published():
    form = make_form()
    actions.publish_version(form, actor=manager_of(form), at=AUTUMN)
    draft = actions.start_version(form, actor=manager_of(form))

    actions.drop_version(draft, actor=manager_of(form), at=AUTUMN)

    assert form.versions.get().number == 1


def test_drop_version_refuses_the_only_one():
    form = make_form()

    with pytest.raises(errors.VersionNotPublished):
        actions.drop_version(form.versions.get(), actor=manager_of(form), at=AUTUMN)


def test_changes_between_versions_in_words():
    new = [
        SectionSpec("You", [STANDARD[0].questions[1], NAME, replace(WORKS, text="Do you have work?")]),
        SectionSpec("Last", [QuestionSpec("why", "text", "Why?")]),
    ]

    found = [(change.what, change.text) for change in changes_between(STANDARD, new)]

    assert ("added", "Why?") in found
    assert ("removed", "Where?") in found
    assert ("changed", "Do you have work?") in found
    assert ("moved", "First name") in found


def test_options_keep_their_codes_when_words_change():
    old = [["a", "Alpha"], ["b", "Beta"]]

    assert options_of(["Beta", "Alpha"], old) == [["b", "Beta"], ["a", "Alpha"]]
    assert options_of(["Alpha", "Better"], old) == [["a", "Alpha"], ["b", "Better"]]
    assert options_of(["Alpha", "Beta", "Gamma ray"], old)[2] == ["gamma-ray", "Gamma ray"]


# Pages
def signed_in(client: Client, form: Questionnaire) -> Client:
    client.force_login(manager_of(form))
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"lms_questionnaires:{name}", args=args)


def test_forms_of_another_organisation_are_not_found(client):
    form = make_form()
    client.force_login(make_manager(make_organisation()))

    assert client.get(form.get_absolute_url()).status_code == 404


def test_person_who_composes_nothing_has_no_list(client):
    client.force_login(make_user())

    assert client.get(address("form_list")).status_code == 403


def test_new_form_begins_with_the_template(client):
    manager = make_manager(make_organisation())
    client.force_login(manager)
    assert manager.organisation
    kind = f"registration:{manager.organisation.pk}"

    client.post(address("form_new"), {"kind": kind, "title": "Ours", "begin_with": "template"})

    form = Questionnaire.objects.get(title="Ours")
    assert (form.use, form.organisation) == ("registration", manager.organisation)
    assert Question.objects.filter(section__version__questionnaire=form, code="adult").exists()


def test_new_form_needs_a_name_and_keeps_what_was_chosen(client):
    form = make_form()
    kind = f"registration:{form.organisation_id}"

    page = signed_in(client, form).post(address("form_new"), {"kind": kind, "title": "", "begin_with": "empty"})

    assert page.status_code == 422
    assert re.search(rf'value="{re.escape(kind)}"[^>]* checked', page.text)


def test_question_page_refuses_a_choice_without_answers_and_keeps_the_words(client):
    form = make_form()
    section = Section.objects.get(title="More")

    page = signed_in(client, form).post(
        address("question_new", form.pk, section.pk), {"kind": "choice", "text": "Which one?", "options": "A"}
    )

    assert page.status_code == 422
    assert "Write at least two different answers" in page.text
    assert 'value="Which one?"' in page.text


def test_question_page_adds_a_condition(client):
    form = make_form()
    where = question(form, "where")
    seen = fingerprint(actions.question_spec(where))

    signed_in(client, form).post(
        address("question_edit", form.pk, where.pk),
        {"kind": "text", "text": "Where?", "required": "on", "only_if": ["works:yes"], "seen": seen},
    )

    where.refresh_from_db()
    assert (where.only_if, where.only_if_answers) == ("works", ["yes"])


def test_question_page_keeps_what_was_typed_when_somebody_was_quicker(client):
    form = make_form()
    where = question(form, "where")
    typed = {"kind": "text", "text": "My words", "required": "on", "seen": fingerprint(actions.question_spec(where))}
    content = replace(actions.question_spec(where), text="Their words")
    actions.change_question(where, actor=make_user(), content=content, seen=typed["seen"], at=AUTUMN)
    page_address = address("question_edit", form.pk, where.pk)

    page = signed_in(client, form).post(page_address, typed)
    typed["seen"] = str(page.context["form"]["seen"].value())
    client.post(page_address, typed)

    assert page.status_code == 422
    assert "Their words" in page.text
    assert "My words" in page.text
    where.refresh_from_db()
    assert where.text == "My words"


def test_question_page_keeps_what_was_typed_when_the_question_is_gone(client):
    form = make_form()
    where = question(form, "where")
    actions.remove_question(where, actor=manager_of(form), at=AUTUMN)

    page = signed_in(client, form).post(
        address("question_edit", form.pk, where.pk), {"kind": "text", "text": "My words", "required": "on"}
    )

    assert page.status_code == 422
    assert "My words" in page.text
    assert address("question_new", form.pk, Section.objects.get(title="More").pk) in page.text


def test_move_draws_the_list_anew_for_the_script_and_says_where_it_is(client):
    form = make_form()
    works = question(form, "works")

    page = signed_in(client, form).post(
        address("question_move", form.pk, works.pk), {"direction": "up"}, headers={"X-Composer": "1"}
    )

    assert "<html" not in page.text
    assert "“Do you work?” is number 2 of 3 now." in page.text


def test_preview_tries_the_form_and_keeps_nothing(client):
    form = make_form()
    page_address = address("form_preview", form.pk)

    wrong = signed_in(client, form).post(page_address, {"q-first-name": "Ana"})
    right = client.post(page_address, {"q-first-name": "Ana", "q-last-name": "B", "q-works": "no", "q-where": "Here"})

    assert (wrong.status_code, right.status_code) == (422, 200)
    assert "Nothing was kept" in right.text
    assert Response.objects.count() == 0


def test_publish_page_shows_what_changed(client):
    form = make_form()
    actions.publish_version(form, actor=manager_of(form), at=AUTUMN)
    draft = actions.start_version(form, actor=manager_of(form))
    new = QuestionSpec("", "text", "A new question?")
    actions.add_question(draft.sections.get(title="More"), actor=manager_of(form), content=new, at=AUTUMN)

    page = signed_in(client, form).get(address("form_publish", form.pk))
    client.post(address("form_publish", form.pk))

    assert "A new question?" in page.text
    assert form.versions.published().count() == 2


def test_publish_page_says_what_does_not_fit(client):
    form = make_form()
    where = question(form, "where")
    actions.move_question(question(form, "works"), actor=manager_of(form), section=where.section, place=1, at=AUTUMN)
    Question.objects.filter(pk=where.pk).update(only_if="works", only_if_answers=["yes"])

    page = signed_in(client, form).post(address("form_publish", form.pk))

    assert page.status_code == 422
    assert form.versions.published().count() == 0


def test_list_reads_the_same_for_one_form_and_for_three(client):
    form = make_form()
    signed_in(client, form)

    organisation, manager = form.organisation, manager_of(form)
    assert organisation

    def make_one() -> None:
        actions.new_form(organisation, actor=manager, use="registration", title="Form", sections=STANDARD, at=AUTUMN)

    assert_same_queries(lambda: client.get(address("form_list")), make_one)


def test_shipped_forms_are_nobodys_to_compose(client):
    shipped = make_version().questionnaire
    client.force_login(make_manager(make_organisation()))

    assert client.get(shipped.get_absolute_url()).status_code == 404


def test_an_editor_changes_a_form_that_ships_and_publishes_the_next_version(client: Client):
    shipped = make_version(QuestionSpec("works", "yes_no", "Do you work?")).questionnaire
    editor = make_editor()
    client.force_login(editor)

    listed = client.get(reverse("lms_questionnaires:form_list")).content.decode()
    client.post(reverse("lms_questionnaires:form_change", args=[shipped.pk]))
    section = Section.objects.get(version__questionnaire=shipped, version__published_at=None)
    actions.add_question(section, actor=editor, content=QuestionSpec("", "text", "Where?"), at=AUTUMN)
    page = client.get(shipped.get_absolute_url())
    client.post(reverse("lms_questionnaires:form_publish", args=[shipped.pk]))

    assert shipped.get_absolute_url() in listed and reverse("lms_questionnaires:form_new") not in listed
    assert "This form ships with Kyklos" in page.content.decode()
    assert actions.newest_version(shipped).number == 2
    assert client.get(reverse("lms_questionnaires:form_new")).status_code == 403


def test_a_manager_does_not_find_a_form_that_ships(client: Client):
    shipped = make_version().questionnaire
    client.force_login(manager_of(make_form()))

    assert client.get(shipped.get_absolute_url()).status_code == 404
