"""A composed form in the browser: kinds of questions, conditions, standard fields, uploads."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from lms.files.forms import keep_uploads
from lms.files.models import StoredFile
from lms.questionnaires import actions, errors
from lms.questionnaires.conditions import Condition, shown_codes
from lms.questionnaires.forms import QuestionnaireForm
from lms.questionnaires.models import Version
from lms.questionnaires.spec import QuestionSpec, SectionSpec
from tests.make import AUTUMN, make_organisation, make_user, make_version

pytestmark = pytest.mark.django_db

WORKS = QuestionSpec("works", "yes_no", "Do you work?")
WHERE = QuestionSpec("where", "text", "Where?", only_if="works", only_if_answers=["yes"])
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def form_for(
    *questions: QuestionSpec, typed: str | None = None, files: Mapping[str, Any] | None = None, **options: Any
) -> QuestionnaireForm:
    version = Version.objects.with_questions().get(pk=make_version(*questions).pk)
    data = None if typed is None else QueryDict(typed)
    return QuestionnaireForm(version, data, MultiValueDict({k: [v] for k, v in (files or {}).items()}), **options)


def pdf(name: str = "cv.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("date", "2026-05-31", "2026-05-31"),
        ("number", "12", 12),
        ("number", "1.5", 1.5),
        ("email", "ana@example.org", "ana@example.org"),
        ("link", "example.org/me", "https://example.org/me"),
        ("telephone", "%2B30 210 123", "+30 210 123"),
        ("country", "GR", "GR"),
        ("consent", "on", True),
    ],
)
def test_form_takes_an_answer_of_each_kind(kind: str, typed: str, kept: Any):
    form = form_for(QuestionSpec("it", kind, "What?"), typed=f"q-it={typed}")

    assert form.typed_answers() == {"it": kept}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("date", "31.31.2026"),
        ("number", "many"),
        ("email", "ana"),
        ("link", "javascript:alert(1)"),
        ("telephone", "call me"),
        ("country", "XX"),
        ("consent", ""),
    ],
)
def test_form_refuses_what_is_not_of_the_kind(kind: str, typed: str):
    form = form_for(QuestionSpec("it", kind, "What?"), typed=f"q-it={typed}")

    assert not form.is_valid()
    assert "it" in form.errors


@pytest.mark.parametrize("typed", ["4", "11"])
def test_form_refuses_a_number_outside_its_limits(typed: str):
    form = form_for(QuestionSpec("it", "number", "How many?", minimum=5, maximum=10), typed=f"q-it={typed}")

    assert "it" in form.errors


def test_form_shows_a_statement_without_asking():
    form = form_for(QuestionSpec("hello", "statement", "Read this first.", help="It matters."), typed="")

    assert form.is_valid()
    assert [(item.question.text, item.field) for part in form.parts for item in part.items] == [
        ("Read this first.", None)
    ]


def test_question_that_is_not_shown_is_neither_required_nor_kept():
    form = form_for(WORKS, WHERE, typed="q-works=no&q-where=A secret place")

    assert form.is_valid()
    assert form.typed_answers() == {"works": False, "where": None}


def test_question_that_is_shown_is_required():
    form = form_for(WORKS, WHERE, typed="q-works=yes&q-where=")

    assert form.errors["where"] == ["Please answer this question."]


def test_wrong_answer_to_a_question_that_is_not_shown_does_no_harm():
    age = QuestionSpec("age", "number", "How old?", only_if="works", only_if_answers=["yes"])

    assert form_for(WORKS, age, typed="q-works=no&q-age=very").is_valid()


def test_shown_codes_lets_a_hidden_answer_count_for_nothing():
    asked: list[tuple[str, list[Condition]]] = [
        ("a", []),
        ("b", [Condition("a", frozenset({"yes"}))]),
        ("c", [Condition("b", frozenset({"yes"}))]),
    ]

    assert shown_codes(asked, {"a": False, "b": True, "c": "x"}) == ["a"]
    assert shown_codes(asked, {"a": True, "b": True, "c": "x"}) == ["a", "b", "c"]


def test_page_says_in_words_when_a_question_is_asked():
    form = form_for(WORKS, WHERE)

    when = form.parts[0].items[1].when

    assert when
    assert when.words == "Only if you answered “Yes” to “Do you work?” above."
    assert (when.name, when.answers) == ("q-works", "yes")


def test_section_is_hidden_with_all_its_questions():
    asked = [
        SectionSpec("You", [WORKS]),
        SectionSpec("Your work", [QuestionSpec("since", "text", "Since?")], only_if="works", only_if_answers=["yes"]),
    ]
    form = actions.compose_questionnaire("two-parts", actor=None, title="Form", sections=asked)
    version = actions.publish_version(form, actor=None, at=AUTUMN)

    answered = QuestionnaireForm(Version.objects.with_questions().get(pk=version.pk), QueryDict("q-works=no"))

    assert answered.is_valid()


def test_condition_must_rest_on_an_earlier_question():
    with pytest.raises(errors.ConditionBroken, match="where"):
        make_version(WHERE, WORKS)


def test_condition_must_name_an_answer_that_is_offered():
    with pytest.raises(errors.ConditionBroken):
        make_version(WORKS, QuestionSpec("x", "text", "?", only_if="works", only_if_answers=["maybe"]))


def test_submit_response_asks_for_nothing_that_is_not_shown():
    version, organisation = make_version(WORKS, WHERE), make_organisation()
    draft = actions.save_draft(
        version, actor=make_user(), subject=organisation, answers={"works": True, "where": "Here"}, at=AUTUMN
    )

    response = actions.submit_response(draft, answers={"works": False}, at=AUTUMN)

    assert actions.answers_of(response) == {"works": False}


def test_submit_response_asks_for_what_is_shown():
    draft = actions.save_draft(
        make_version(WORKS, WHERE), actor=make_user(), subject=make_organisation(), answers={}, at=AUTUMN
    )

    with pytest.raises(errors.AnswersMissing) as caught:
        actions.submit_response(draft, answers={"works": True}, at=AUTUMN)

    assert caught.value.missing == ["where"]


def test_standard_fields_come_apart_from_answers():
    name = QuestionSpec("your-name", "text", "Your name", field="first_name")
    form = form_for(name, WORKS, typed="q-your-name=Ana&q-works=yes")

    assert form.typed_fields() == {"first_name": "Ana"}
    assert form.typed_answers() == {"works": True}


def test_standard_field_that_is_not_shown_gives_an_empty_value():
    link = QuestionSpec("headline", "text", "?", field="headline", only_if="works", only_if_answers=["yes"])

    assert form_for(WORKS, link, typed="q-works=no&q-headline=x").typed_fields() == {"headline": ""}


def test_answers_show_again_by_code_and_by_column():
    name = QuestionSpec("your-name", "text", "Your name", field="first_name")
    form = form_for(name, WORKS, answers={"first_name": "Ana", "works": False})

    assert (form["your-name"].initial, form["works"].initial) == ("Ana", "no")


def test_upload_is_kept_as_an_answer_and_stays_when_none_is_chosen_again():
    version, organisation, user = make_version(QuestionSpec("cv", "file", "Your CV")), make_organisation(), make_user()
    version = Version.objects.with_questions().get(pk=version.pk)
    form = QuestionnaireForm(version, QueryDict(""), MultiValueDict({"q-cv": [pdf()]}))
    draft = actions.save_draft(version, actor=user, subject=organisation, answers=form.typed_answers(), at=AUTUMN)

    again = QuestionnaireForm(version, QueryDict(""), MultiValueDict(), answers=actions.answers_of(draft))
    actions.submit_response(draft, answers=again.typed_answers(), at=AUTUMN)

    assert StoredFile.objects.get().name == "cv.pdf"
    assert actions.answers_of(draft) == {"cv": StoredFile.objects.get()}
    assert StoredFile.objects.unused().count() == 0


def test_upload_survives_a_form_that_is_wrong_elsewhere():
    form = form_for(QuestionSpec("cv", "file", "Your CV"), WORKS, typed="", files={"q-cv": pdf()})

    assert not form.is_valid()
    keep_uploads(form, actor=None)

    assert "We keep your file cv.pdf" in str(form["cv"])


def test_disguised_upload_is_refused():
    form = form_for(
        QuestionSpec("face", "picture", "You"), typed="", files={"q-face": SimpleUploadedFile("me.png", b"MZ evil")}
    )

    assert "face" in form.errors


def test_store_uploads_gives_stored_files_for_standard_fields():
    form = form_for(QuestionSpec("cv", "file", "CV", field="cv"), typed="", files={"q-cv": pdf()})

    assert form.is_valid()
    form.store_uploads(actor=None)

    assert form.typed_fields() == {"cv": StoredFile.objects.get()}


def test_draft_asks_for_nothing_but_refuses_nonsense():
    form = form_for(WORKS, QuestionSpec("mail", "email", "Mail"), typed="q-mail=nonsense", draft=True)

    assert list(form.errors) == ["mail"]
