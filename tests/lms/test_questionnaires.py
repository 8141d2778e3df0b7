from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from lms.journal.models import Entry
from lms.people.models import Organisation, User
from lms.questionnaires import actions, errors
from lms.questionnaires.forms import QuestionnaireForm
from lms.questionnaires.models import Question, Response, Version
from lms.questionnaires.spec import QuestionSpec, SectionSpec
from lms.questionnaires.wagtail_hooks import erase, export
from tests.make import AUTUMN, make_administrator, make_organisation, make_user, make_version

pytestmark = pytest.mark.django_db

TRUST = QuestionSpec("trust", "scale", "I trusted my mentor.", options=["Not at all", "Partly", "Fully"])
WORDS = QuestionSpec("words", "long_text", "What else?", required=False)
AGAIN = QuestionSpec("again", "yes_no", "Would you do it again?")
TOOLS = QuestionSpec("tools", "choices", "Which tools?", options=[["chat", "Chat"], ["forum", "Forum"]])
YAML = """
slug: short-form
number: 1
title: Short form
scales: {agree: [Hardly, Fully]}
sections:
  - title: Part
    questions:
      - {code: fine, kind: scale, options: agree, text: It was fine.}
"""


def compose(*questions: QuestionSpec, slug: str = "form") -> Any:
    return actions.compose_questionnaire(slug, actor=None, title="Form", sections=[SectionSpec("Part", questions)])


def draft(version: Version, about: Organisation | None = None, **answers: Any) -> Response:
    subject = about or make_organisation()
    return actions.save_draft(version, actor=make_user(), subject=subject, answers=answers, at=AUTUMN)


def test_compose_questionnaire_waits_to_be_published():
    questionnaire = compose(TRUST)

    assert questionnaire.versions.get().published_at is None
    assert Entry.objects.filter(verb="created", object_text="Form").count() == 1


def test_compose_questionnaire_refuses_a_code_that_stands_twice():
    with pytest.raises(errors.CodeTwice, match="trust"):
        compose(TRUST, TRUST)


def test_compose_questionnaire_refuses_a_scale_without_steps():
    with pytest.raises(errors.OptionsMissing, match="empty"):
        compose(QuestionSpec("empty", "scale", "How?"))


def test_publish_version_opens_it_and_writes_the_journal():
    version = actions.publish_version(compose(TRUST), actor=None, at=AUTUMN)

    assert version.published_at == AUTUMN
    assert Entry.objects.get(verb="published", object_text=str(version)).object == version


def test_publish_version_needs_a_question():
    with pytest.raises(errors.NothingToPublish):
        actions.publish_version(compose(), actor=None, at=AUTUMN)


def test_published_version_does_not_change():
    with pytest.raises(errors.VersionPublished):
        actions.write_version(make_version(TRUST), actor=None, sections=[])


def test_start_version_copies_the_newest_into_a_new_number():
    old = make_version(TRUST, WORDS)

    new = actions.start_version(old.questionnaire, actor=None)

    assert new.number == 2
    assert actions.sections_of(Version.objects.with_questions().get(pk=new.pk)) == actions.sections_of(old)


def test_start_version_returns_the_one_that_is_being_composed():
    questionnaire = compose(TRUST)

    assert actions.start_version(questionnaire, actor=None).number == 1


def test_load_questionnaire_twice_gives_the_same_version(tmp_path: Path):
    path = tmp_path / "form.yaml"
    path.write_text(YAML)

    first, second = (actions.load_questionnaire(path, at=AUTUMN) for _time in range(2))

    assert first == second
    assert Question.objects.get(section__version=first).options == ["Hardly", "Fully"]


def test_save_draft_keeps_answers_and_may_be_incomplete():
    response = draft(make_version(TRUST, WORDS), words="Good.")

    assert response.state == Response.State.DRAFT
    assert actions.answers_of(response) == {"words": "Good."}


def test_save_draft_again_changes_only_what_is_named():
    organisation = make_organisation()
    response = draft(make_version(TRUST, WORDS, TOOLS), organisation, words="Good.", trust=2, tools=["chat"])

    actions.save_draft(
        response.version,
        actor=response.respondent,
        subject=organisation,
        answers={"words": "", "trust": 3},
        at=AUTUMN + timedelta(minutes=5),
    )

    assert actions.answers_of(response) == {"trust": 3, "tools": ["chat"]}
    assert Response.objects.get().saved_at == AUTUMN + timedelta(minutes=5)


def test_save_draft_needs_a_published_version():
    with pytest.raises(errors.VersionNotPublished):
        draft(compose(TRUST).versions.get())


def test_submit_response_hands_in_and_writes_the_journal():
    response = actions.submit_response(draft(make_version(TRUST)), answers={"trust": 3}, at=AUTUMN)

    assert (response.state, response.submitted_at) == (Response.State.SUBMITTED, AUTUMN)
    assert Entry.objects.get(verb="answered").actor == response.respondent


def test_submit_response_names_the_questions_that_are_open():
    with pytest.raises(errors.AnswersMissing) as caught:
        actions.submit_response(draft(make_version(WORDS, TRUST, AGAIN)), answers={}, at=AUTUMN)

    assert (caught.value.missing, caught.value.field) == (["trust", "again"], "trust")


def test_submit_response_takes_no_for_an_answer():
    response = actions.submit_response(draft(make_version(AGAIN)), answers={"again": False}, at=AUTUMN)

    assert [answer.words for answer in response.answers.all()] == ["No"]


@pytest.mark.parametrize("again", ["save_draft", "submit_response"])
def test_answers_that_are_handed_in_stay_as_they_are(again: str):
    organisation = make_organisation()
    response = actions.submit_response(draft(make_version(TRUST), organisation), answers={"trust": 3}, at=AUTUMN)
    deeds = {
        "save_draft": lambda: actions.save_draft(
            response.version, actor=response.respondent, subject=organisation, answers={"trust": 1}, at=AUTUMN
        ),
        "submit_response": lambda: actions.submit_response(response, answers={"trust": 1}, at=AUTUMN),
    }

    with pytest.raises(errors.AlreadySubmitted):
        deeds[again]()

    assert actions.answers_of(response) == {"trust": 3}


def test_responses_are_seen_by_their_respondent_only():
    response = draft(make_version(TRUST))

    assert response.respondent
    assert list(Response.objects.visible_to(response.respondent)) == [response]
    assert list(Response.objects.visible_to(make_user())) == []


def form_for(version: Version, typed: str, **options: Any) -> QuestionnaireForm:
    return QuestionnaireForm(Version.objects.with_questions().get(pk=version.pk), QueryDict(typed), **options)


def test_form_turns_what_was_typed_into_values():
    form = form_for(
        make_version(TRUST, WORDS, AGAIN, TOOLS), "q-trust=2&q-words=Hi&q-again=no&q-tools=chat&q-tools=forum"
    )

    assert form.typed_answers() == {"trust": 2, "words": "Hi", "again": False, "tools": ["chat", "forum"]}


def test_form_asks_for_what_must_be_answered_and_keeps_the_rest():
    form = form_for(make_version(TRUST, WORDS), "q-words=Hi")

    assert not form.is_valid()
    assert form.errors["trust"] == ["Please answer this question."]
    assert form.typed_answers() == {"words": "Hi"}


def test_form_of_a_draft_asks_for_nothing():
    form = form_for(make_version(TRUST, WORDS), "q-words=Hi", draft=True)

    assert form.is_valid()


def test_form_refuses_a_step_that_the_scale_does_not_have():
    form = form_for(make_version(TRUST), "q-trust=9")

    assert "trust" in form.errors


def test_form_draws_scales_as_a_row_of_radio_buttons_with_what_was_answered():
    version = Version.objects.with_questions().get(pk=make_version(TRUST).pk)

    html = str(QuestionnaireForm(version, answers={"trust": 2}))

    assert 'class="scale"' in html
    assert html.count('type="radio"') == 3
    assert 'value="2" required id="id_q-trust_1" checked' in html


def respondent_of(response: Response) -> User:
    assert response.respondent
    return response.respondent


def test_export_gives_the_answers_in_words():
    response = draft(make_version(TRUST), trust=3)

    assert export(respondent_of(response))["forms"][0]["answers"] == {"I trusted my mentor.": "Fully"}


def test_erase_keeps_figures_and_takes_words_and_person():
    response = actions.submit_response(
        draft(make_version(TRUST, WORDS)), answers={"trust": 3, "words": "I am Ana."}, at=AUTUMN
    )

    erase(respondent_of(response))

    response.refresh_from_db()
    assert response.respondent is None
    assert actions.answers_of(response) == {"trust": 3}


def test_erase_takes_drafts_away():
    response = draft(make_version(TRUST), trust=3)

    erase(respondent_of(response))

    assert Response.objects.count() == 0


def test_administration_publishes_a_draft_and_then_only_shows_it(client):
    questionnaire = compose(TRUST)
    version = questionnaire.versions.get()
    client.force_login(make_administrator())
    page = f"/administration/lms_questionnaires/version/{version.pk}/change/"
    section = f"/administration/lms_questionnaires/section/{version.sections.get().pk}/change/"
    assert 'name="_save"' in client.get(page).text
    assert 'name="_save"' in client.get(section).text

    chosen = {"action": "publish_versions", "_selected_action": questionnaire.pk}
    client.post("/administration/lms_questionnaires/questionnaire/", chosen)

    assert 'name="_save"' not in client.get(page).text
    assert 'name="_save"' not in client.get(section).text


def test_administration_begins_a_new_version_and_says_what_is_missing(client):
    version = make_version(TRUST)
    client.force_login(make_administrator())
    address = "/administration/lms_questionnaires/questionnaire/"
    chosen = {"_selected_action": version.questionnaire.pk}

    nothing = client.post(address, chosen | {"action": "publish_versions"}, follow=True)
    client.post(address, chosen | {"action": "start_versions"})

    assert str(errors.NothingToPublish().text) in nothing.text
    assert version.questionnaire.versions.count() == 2
