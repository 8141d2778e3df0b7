"""The initial evaluation of session 1."""

import pytest
from django.test import Client

from lms.people.models import User
from lms.questionnaires.actions import answers_of
from lms.questionnaires.errors import AlreadySubmitted
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.registrations import actions
from mentoring_ext.registrations.wagtail_hooks import _items_for
from tests.make import (
    AUTUMN,
    make_coordinator,
    make_group,
    make_sessions,
    make_user,
)
from tests.mentoring_ext.registrations.registering import address

pytestmark = pytest.mark.django_db


INITIAL = {
    "situation": "looking",
    "devices": ["phone"],
    **{f"sure-{topic}": 2 for topic in ("information", "content", "collaboration", "marketing", "problems")},
    "need-most": "Forms of the town.",
    "need-way": ["shown"],
    "motivation-strong": 4,
    "motivation-why": "Work.",
    "trust": 5,
    "goal-1": "Send a mail",
    "goal-when": "I have sent one.",
}


def test_initial_evaluation_is_due_for_mentee_and_mentor_once_session_one_is_fixed():
    group = make_group(mentees=1)
    pair = group.members.get()
    before = [item.key for item in _items_for(pair.user, AUTUMN)]
    make_sessions(group)

    after = [item.key for item in _items_for(pair.user, AUTUMN)]

    assert (before, after) == ([], [f"registration-initial-{pair.pk}"])
    assert [item.key for item in _items_for(group.mentor, AUTUMN)] == after


def test_mentor_and_mentee_write_one_evaluation_together():
    group = make_group(mentees=1)
    pair = group.members.get()
    initial = actions.initial_of(pair, at=AUTUMN)
    actions.keep_initial(initial, actor=group.mentor, answers={"goal-1": "Send a mail"}, at=AUTUMN)

    done = actions.finish_initial(initial, actor=pair.user, answers=INITIAL, at=AUTUMN)

    assert done.is_done
    assert done.response and done.response.respondent == pair.user
    assert answers_of(done.response)["goal-1"] == "Send a mail"


def test_initial_evaluation_is_read_by_its_people_only(client):
    group = make_group(mentees=1)
    pair = group.members.get()
    path = address("initial_detail", pair.pk)
    done = actions.finish_initial(actions.initial_of(pair, at=AUTUMN), actor=pair.user, answers=INITIAL, at=AUTUMN)
    coordinator = make_coordinator(Cohort.objects.get(pk=group.cohort_id))

    answers = {}
    for name, user in (("mentee", pair.user), ("coordinator", coordinator), ("stranger", make_user())):
        client.force_login(user)
        answers[name] = client.get(path).status_code

    assert done.is_done
    assert answers == {"mentee": 200, "coordinator": 200, "stranger": 404}
    assert pair.user.readings_about.count() == 1


def test_initial_page_keeps_a_draft_and_names_what_is_open(client):
    group = make_group(mentees=1)
    pair = group.members.get()
    client.force_login(group.mentor)
    path = address("initial_edit", pair.pk)

    draft = client.post(path, {"q-goal-1": "Send a mail", "draft": "1"})
    wrong = client.post(path, {"q-goal-1": "Send a mail"})

    assert (draft.status_code, wrong.status_code) == (302, 422)
    assert "Please answer this question." in wrong.text


def opened_by(user: User, path: str) -> tuple[Client, str]:
    """Open the page, and return the browser with the mark of what stood there."""
    client = Client()
    client.force_login(user)
    return client, client.get(path).context["seen"]


def test_two_who_write_at_once_lose_no_word():
    pair = make_group(mentees=1).members.get()
    path = address("initial_edit", pair.pk)
    mentee, mentee_saw = opened_by(pair.user, path)
    mentor, mentor_saw = opened_by(pair.group.mentor, path)

    mentee.post(path, {"q-goal-1": "Send a mail", "q-devices": ["phone", "tablet"], "draft": "1", "seen": mentee_saw})
    mentor.post(path, {"q-goal-2": "Write a letter", "draft": "1", "seen": mentor_saw})

    response = actions.initial_of(pair, at=AUTUMN).response
    assert response
    assert answers_of(response) == {
        "goal-1": "Send a mail",
        "goal-2": "Write a letter",
        "devices": ["phone", "tablet"],
    }


def test_two_who_answer_differently_see_both_answers():
    pair = make_group(mentees=1).members.get()
    path = address("initial_edit", pair.pk)
    mentor, saw = opened_by(pair.group.mentor, path)
    typed = {"q-goal-1": "Write a letter", "draft": "1"}
    opened_by(pair.user, path)[0].post(path, {"q-goal-1": "Send a mail", "q-trust": "3", "draft": "1", "seen": saw})

    told = mentor.post(path, typed | {"seen": saw})
    kept = mentor.post(path, typed | {"seen": told.context["seen"]})

    assert told.status_code == 422
    assert list(told.context["form"].errors) == ["__all__", "goal-1"]
    assert "Send a mail" in told.text and 'value="Write a letter"' in told.text
    assert told.context["form"]["trust"].value() == "3"
    assert kept.status_code == 302


def test_who_finishes_ends_the_writing_of_the_other():
    pair = make_group(mentees=1).members.get()
    initial = actions.initial_of(pair, at=AUTUMN)
    actions.finish_initial(initial, actor=pair.user, answers=INITIAL, at=AUTUMN)

    with pytest.raises(AlreadySubmitted):
        actions.keep_initial(initial, actor=pair.group.mentor, answers={"goal-1": "Other"}, at=AUTUMN, seen="")
    client = Client()
    client.force_login(pair.group.mentor)
    late = client.post(address("initial_edit", pair.pk), {"q-goal-1": "Other", "draft": "1", "seen": ""})
    assert (late.status_code, late.context["form"]["goal-1"].value()) == (422, "Other")
