"""The initial evaluation of session 1."""

import pytest

from lms.questionnaires.actions import answers_of
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
