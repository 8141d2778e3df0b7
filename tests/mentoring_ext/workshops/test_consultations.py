"""Consultations: asking a mentor from outside."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from lms.journal.models import Entry
from mentoring_ext.workshops import actions, errors
from mentoring_ext.workshops.consulting import topics_of
from mentoring_ext.workshops.models import Consultation
from tests import make
from tests.mentoring_ext.workshops.planning import BEFORE, asked, sign_in

pytestmark = pytest.mark.django_db


def test_a_consultant_gets_a_chat_and_the_topics_between_the_days():
    consultation = asked()
    make.make_sessions(consultation.group)
    helper = consultation.consultant

    accepted = actions.answer_request(consultation, actor=helper, accept=True, answer="Gladly.", at=BEFORE)

    assert {member.user for member in accepted.room.memberships.filter(left_at=None)} == {helper, consultation.asked_by}
    assert [accepted.is_running(date(2026, 5, day)) for day in (1, 31)] == [True, True]
    assert not accepted.is_running(date(2026, 6, 1))
    assert [topic.number for topic in topics_of(accepted)] == [1, 2, 3]
    assert not helper.has_perm("mentoring_groups.view_group", consultation.group)


def test_the_access_ends_by_itself_at_night():
    consultation = asked()
    actions.answer_request(consultation, actor=consultation.consultant, accept=True, answer="", at=BEFORE)
    night = datetime(2026, 6, 1, 3, tzinfo=UTC)

    ended = [actions.end_outlived(night - timedelta(days=1)), actions.end_outlived(night), actions.end_outlived(night)]

    consultation.refresh_from_db()
    assert ended == [0, 1, 0]
    assert consultation.state == Consultation.State.ENDED
    assert not consultation.room.memberships.filter(left_at=None).exists()


def test_no_is_said_with_a_reason_and_once():
    consultation = asked()
    helper = consultation.consultant

    with pytest.raises(errors.ReasonMissing):
        actions.answer_request(consultation, actor=helper, accept=False, answer=" ", at=BEFORE)
    actions.answer_request(consultation, actor=helper, accept=False, answer="No time.", at=BEFORE)
    with pytest.raises(errors.AlreadyAnswered):
        actions.answer_request(consultation, actor=helper, accept=True, answer="", at=BEFORE)

    assert Entry.objects.filter(verb="declined").count() == 1


def test_only_mentors_from_outside_the_group_are_asked():
    group = make.make_group(mentees=1)
    own = make.make_mentor_profile(user=group.mentor).user

    with pytest.raises(errors.NotAMentor):
        asked(consultant=make.make_user())
    with pytest.raises(errors.OwnGroup):
        asked(consultant=own, group=group, actor=make.make_coordinator(group.cohort))


def test_asking_on_the_page_offers_own_groups_alone():
    group, elsewhere = make.make_group(mentees=1), make.make_group(mentees=1)
    client, page = sign_in(group.mentor), reverse("mentoring_workshops:consultation_new")
    helper = make.make_public_profile().mentor.user
    typed = {"consultant": helper.pk, "scope": "Help", "starts_on": "2100-05-01", "ends_on": "2100-04-01"}

    wrong = client.post(page, typed | {"group": elsewhere.pk})
    right = client.post(page, typed | {"group": group.pk, "ends_on": "2100-05-20"})

    assert sorted(wrong.context["form"].errors) == ["ends_on", "group"]
    assert right.headers["Location"] == Consultation.objects.get().get_absolute_url()
