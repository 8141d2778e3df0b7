"""Two coordinators who decide about the same thing in the same moment: real threads, each in its transaction."""

import pytest

from lms.journal.models import Entry
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions import running
from mentoring_ext.matching.actions.answering import accept_request, decline_request
from mentoring_ext.matching.actions.asking import ask_for_change
from mentoring_ext.matching.actions.naming import call_by_numbers, close_decision
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import Letter, MatchRequest, MatchRun
from mentoring_ext.matching.privacy import erase
from mentoring_ext.matching.rematching import plan_for
from mentoring_ext.profiles.models import MenteeProfile
from mentoring_ext.programmes.models import Cohort
from tests import make
from tests.at_once import at_once, outcomes
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(cohort):
    return make.make_coordinator(cohort)


@pytest.fixture
def asked(run, coordinator, cohort, people):
    """A mentee of the published run asks for another match; a third mentor has room."""
    actions.publish_run(run, actor=coordinator, at=AT)
    add_mentor(cohort, capacity=1)
    mentee = people[1][0]
    group = MentoringGroup.objects.get(members__user=mentee)
    return ask_for_change(group, mentee, actor=mentee, kind="hours", words="Never free.", at=AT)


def test_a_request_is_accepted_once(asked, coordinator, other):
    seen = plan_for(asked, AT).key

    said = outcomes(
        *(lambda who=who: accept_request(asked, actor=who, at=AT, seen=seen) for who in (coordinator, other))
    )

    assert sorted(said) == ["already_answered", "done"]
    assert GroupMember.objects.present().filter(user=asked.mentee).count() == 1
    assert len(MatchRequest.objects.get().moves) == 1


def test_a_request_is_accepted_or_declined(asked, coordinator, other):
    said = outcomes(
        lambda: accept_request(asked, actor=coordinator, at=AT, seen=plan_for(asked, AT).key),
        lambda: decline_request(asked, actor=other, answer="No.", at=AT),
    )

    assert sorted(said) == ["already_answered", "done"]
    accepted = MatchRequest.objects.get().state == "accepted"
    there = GroupMember.objects.present().get(user=asked.mentee).group
    assert accepted == (there != asked.group)


def test_a_run_is_published_once(run, coordinator, other):
    said = outcomes(
        *(lambda who=who: actions.publish_run(run, actor=who, at=AT, seen=0) for who in (coordinator, other))
    )

    assert sorted(said) == ["already_published", "done"]
    assert Letter.objects.count() == 5


def test_two_runs_of_a_cohort_are_not_both_published(run, cohort, coordinator, other):
    second = actions.run_matching(cohort, actor=other, weights=DEFAULT_WEIGHTS, at=AT)

    said = outcomes(
        lambda: actions.publish_run(run, actor=coordinator, at=AT, seen=0),
        lambda: actions.publish_run(second, actor=other, at=AT, seen=0),
    )

    assert said.count("done") == 1
    assert {"people_changed", "not_open", "already_in_group"} & set(said)
    assert Letter.objects.count() == 5


def test_who_moves_while_another_publishes_comes_before_or_not_at_all(run, coordinator, other, people):
    (_first, second), mentees = people

    said = outcomes(
        lambda: actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="So", at=AT, seen=0),
        lambda: actions.publish_run(run, actor=other, at=AT, seen=0),
    )

    assert said in (["done", "run_changed"], ["already_published", "done"])


def test_a_mentee_who_comes_late_is_placed_by_nobody_twice(run, cohort, coordinator, other):
    late = add_mentee(cohort)
    runs = [actions.run_matching(cohort, actor=who, weights=DEFAULT_WEIGHTS, at=AT) for who in (coordinator, other)]

    outcomes(*(lambda each=each: actions.publish_run(each, actor=each.made_by, at=AT) for each in runs))

    assert GroupMember.objects.filter(user=late).count() == 1


def test_two_who_pair_at_once_are_each_bound_by_the_others_weights(cohort, coordinator, other, people):
    proportions = ({"culture": 2, "age": 1, "gender": 1}, {"culture": 1, "age": 1, "gender": 0})

    said = outcomes(
        *(
            lambda who=who, own=own: actions.start_run(cohort, actor=who, weights=DEFAULT_WEIGHTS | own, at=AT)
            for who, own in zip((coordinator, other), proportions, strict=True)
        )
    )

    assert sorted(said) == ["done", "personal_proportion"]
    assert MatchRun.objects.count() == 1


@pytest.fixture
def while_solving(monkeypatch):
    """Do something in another thread while the answer of a pairing is looked for; it must not have to wait."""

    def arrange(deed):
        def answer_for(*args, **kwargs):
            at_once(deed)
            return solved(*args, **kwargs)

        solved = running.answer_for
        monkeypatch.setattr(running, "answer_for", answer_for)

    return arrange


def test_nobody_waits_for_the_cohort_while_a_pairing_is_solved(cohort, coordinator, people, while_solving):
    while_solving(lambda: Cohort.objects.filter(pk=cohort.pk).update(name="Athens in autumn"))

    run = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert (run.state, Cohort.objects.get().name) == ("proposed", "Athens in autumn")


def test_who_is_erased_while_a_pairing_is_solved_stands_in_no_run(cohort, coordinator, people, while_solving):
    mentee = people[1][0]

    def erase_all():
        MenteeProfile.objects.filter(user=mentee).delete()
        erase(mentee)

    while_solving(erase_all)
    with pytest.raises(errors.InputChanged):
        actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert not MatchRun.objects.exists()
    assert not Entry.objects.filter(verb="matched").exists()


def test_a_pairing_that_is_solved_while_the_decision_is_closed_is_not_kept(
    cohort, coordinator, other, run, while_solving
):
    call_by_numbers(cohort, actor=coordinator, at=AT)
    while_solving(lambda: close_decision(run, actor=other, at=AT))

    with pytest.raises(errors.DecisionClosed):
        actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert MatchRun.objects.get() == run
