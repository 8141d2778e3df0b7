"""Whether telling fewer free hours wins a better place, measured on each run."""

import gc
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from lms.jobs.work import work_on
from lms.privacy.actions import withdraw_consent
from mentoring_ext.matching import actions, honesty, privacy
from mentoring_ext.matching.actions import naming, running
from mentoring_ext.matching.actions.running import input_of, standard_options, work_out
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.kept import RunInput, pack, unpack, without, without_sheets
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.privacy import forget_without_consent
from mentoring_ext.matching.repeating import protocol_of, repeat_run
from mentoring_ext.matching.solving import Tables
from mentoring_ext.profiles.actions import save_sheet
from mentoring_ext.profiles.models import HoursTold
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = [9, 10, 11, 12], [33, 34, 35, 36]
EARLIER = AT - timedelta(days=1)
THE_SAME = dict.fromkeys(DEFAULT_WEIGHTS, 0) | {"interests": 5}
"""Only interests count, so that no score depends on hours."""


def tell(user, hours, sheet="menteeprofile", at=EARLIER):
    save_sheet(getattr(user, sheet), actor=user, values={"availability": hours}, at=at)


def run_of(cohort, coordinator, **options):
    chosen = replace(standard_options(cohort), **options)
    return actions.run_matching(cohort, actor=coordinator, weights=THE_SAME, at=AT, options=chosen)


def outcomes(run):
    return {key: (together, alone) for _side, key, together, alone in run.honesty["people"]}


@pytest.fixture
def wanted(cohort, coordinator):
    """A mentor whom both mentees would like best, and one for whoever is left; each has one place.

    The first is free on Monday, the second on Tuesday, both mentees on both days; the first mentor fits Ann better.
    """
    mentors = [
        add_mentor(cohort, capacity=1, interests=["music", "film"], availability=MONDAY),
        add_mentor(cohort, capacity=1, interests=["games"], availability=TUESDAY),
    ]
    ann = add_mentee(cohort, interests=["music", "film"], availability=MONDAY + TUESDAY)
    bob = add_mentee(cohort, interests=["music"], availability=MONDAY + TUESDAY)
    return *mentors, ann, bob


def test_who_hides_hours_can_win_a_better_place_and_the_run_says_so(cohort, coordinator, wanted):
    first, second, ann, bob = wanted
    honest = pairs(run_of(cohort, coordinator))
    tell(bob, MONDAY)

    run = run_of(cohort, coordinator)

    assert honest == {ann.pk: first.pk, bob.pk: second.pk}
    assert pairs(run) == {ann.pk: second.pk, bob.pk: first.pk}
    assert outcomes(run) == {bob.pk: ("better", "better")}
    assert (run.honesty["number"], run.honesty["better"], run.honesty["exact"]) == (1, 1, True)
    assert run.honesty["total"] > run.total


def test_hours_that_make_no_difference_are_no_advantage(cohort, coordinator, wanted):
    first, second, ann, bob = wanted
    tell(ann, MONDAY)

    run = run_of(cohort, coordinator)

    assert pairs(run) == {ann.pk: first.pk, bob.pk: second.pk}
    assert outcomes(run) == {ann.pk: ("same", "same")}


def test_fewer_hours_can_lose_the_better_place(cohort, coordinator, wanted):
    ann = wanted[2]
    tell(ann, TUESDAY)

    assert outcomes(run_of(cohort, coordinator)) == {ann.pk: ("worse", "worse")}


def test_a_mentors_group_is_compared_too(cohort, coordinator, wanted):
    first = wanted[0]
    tell(first, MONDAY[:1], sheet="mentorprofile")

    run = run_of(cohort, coordinator)

    assert outcomes(run) == {first.pk: ("worse", "worse")}
    assert run.honesty["people"][0][0] == "mentors"


def test_each_is_looked_at_alone_and_all_together(cohort, coordinator, wanted):
    ann, bob = wanted[2:]
    tell(ann, TUESDAY)
    tell(bob, MONDAY)

    run = run_of(cohort, coordinator)

    # Once Ann told only Tuesday, Bob has the better place whatever he tells.
    assert outcomes(run) == {ann.pk: ("worse", "same"), bob.pk: ("better", "same")}
    assert (run.honesty["same"], run.honesty["better"]) == (2, 0)


def test_where_two_answers_are_as_good_nobody_won(cohort, coordinator):
    for hours in (MONDAY, TUESDAY):
        add_mentor(cohort, capacity=1, availability=hours)
    mentees = [add_mentee(cohort, availability=MONDAY + TUESDAY) for _each in range(2)]
    tell(mentees[0], TUESDAY)

    assert outcomes(run_of(cohort, coordinator)) == {mentees[0].pk: ("same", "same")}


def test_hours_from_before_the_cohort_do_not_count(cohort, coordinator, wanted):
    tell(wanted[3], MONDAY, at=cohort.opened_at - timedelta(days=1))

    assert run_of(cohort, coordinator).honesty["number"] == 0


def test_who_tells_all_hours_again_is_not_counted(cohort, coordinator, wanted):
    tell(wanted[3], MONDAY)
    tell(wanted[3], MONDAY + TUESDAY)

    assert HoursTold.objects.exists()
    assert run_of(cohort, coordinator).honesty["people"] == []


@pytest.mark.parametrize("options", [{"objective": "fair"}, {"common_slot": True}])
def test_other_options_are_measured_by_their_own_answer(cohort, coordinator, wanted, options):
    tell(wanted[3], MONDAY)

    assert outcomes(run_of(cohort, coordinator, **options)) == {wanted[3].pk: ("better", "better")}


def test_a_job_measures_all_together(cohort, coordinator, wanted, monkeypatch):
    monkeypatch.setattr(running, "MOST_AT_ONCE", 0)
    for user in wanted[2:]:
        tell(user, MONDAY)

    run = actions.start_run(cohort, actor=coordinator, weights=THE_SAME, at=AT)
    work_on(run.job.pk)

    run.refresh_from_db()
    assert {alone for _together, alone in outcomes(run).values()} == {None}
    assert run.honesty["number"] == 2


def test_the_run_can_be_repeated_with_what_it_says_of_hours(cohort, coordinator, wanted):
    tell(wanted[3], MONDAY)
    run = run_of(cohort, coordinator)
    HoursTold.objects.all().delete()

    assert repeat_run(MatchRun.objects.get(pk=run.pk)).is_same
    run.honesty["people"][0][2] = "same"
    assert not repeat_run(run).is_same


def test_hours_told_before_are_part_of_the_input(cohort, coordinator, wanted):
    plain = input_of(cohort, THE_SAME)
    tell(wanted[3], MONDAY)

    given = input_of(cohort, THE_SAME)

    now_only = replace(given, before=plain.before)
    assert unpack(pack(given)).before.mentees == {wanted[3].pk: frozenset(MONDAY + TUESDAY)}
    assert given.digest != now_only.digest


def test_an_input_without_such_hours_has_the_fingerprint_from_before(cohort, coordinator, wanted):
    given = input_of(cohort, THE_SAME)

    assert given.digest == RunInput(given.sides, given.weights, given.options, given.settled).digest


@pytest.mark.parametrize("take_out", [without, without_sheets])
def test_the_kept_input_forgets_them(cohort, coordinator, wanted, take_out):
    tell(wanted[3], MONDAY)
    kept = pack(input_of(cohort, THE_SAME))

    assert unpack(take_out(kept, {wanted[3].pk})).before.mentees == {}


def test_who_is_erased_or_withdraws_goes_out_of_the_outcomes(cohort, coordinator, wanted):
    for user in wanted[2:]:
        tell(user, MONDAY)
    run = run_of(cohort, coordinator)

    withdraw_consent(wanted[2], "matching", at=AT)
    forget_without_consent(AT + timedelta(days=1))
    run.refresh_from_db()
    left = set(outcomes(run))
    privacy.erase(wanted[3])
    run.refresh_from_db()

    assert left == {wanted[3].pk}
    assert (run.honesty["people"], run.honesty["number"]) == ([], 2)


def page(client, run, name="run_detail"):
    answer = client.get(reverse(f"mentoring_matching:{name}", args=[run.cohort_id, run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["run_detail", "run_protocol"])
def test_the_coordinator_reads_who_and_what_came_of_it(client, cohort, coordinator, wanted, name):
    tell(wanted[3], MONDAY)
    shown = page(client, run_of(cohort, coordinator), name)

    assert "1 person tells fewer free hours than before." in shown
    assert "1 of them got a better place through it." in shown
    assert f"{wanted[3]}: a better match by it" in shown


def test_nobody_is_named_while_names_are_hidden(client, cohort, coordinator, wanted):
    tell(wanted[3], MONDAY)
    naming.call_by_numbers(cohort, actor=coordinator, at=AT)
    shown = page(client, run_of(cohort, coordinator))

    assert "a better match by it" in shown
    assert str(wanted[3]) not in shown


def test_who_has_no_mentor_because_of_it_is_told_apart(client, cohort, coordinator):
    add_mentor(cohort, capacity=1, availability=MONDAY)
    lonely = add_mentee(cohort, availability=MONDAY + TUESDAY)
    tell(lonely, TUESDAY)

    assert f"{lonely}: no mentor because of it" in page(client, run_of(cohort, coordinator))


def test_nobody_won(client, cohort, coordinator, wanted):
    tell(wanted[2], MONDAY)
    shown = page(client, run_of(cohort, coordinator))

    assert "Nobody got a better place through it." in shown
    assert f"{wanted[2]}: no difference" in shown


def test_equal_treatment_names_nobody(client, cohort, coordinator, wanted):
    tell(wanted[3], MONDAY)
    shown = page(client, run_of(cohort, coordinator), "run_equality")

    assert "1 person tells fewer free hours than before." in shown
    assert "a better match by it" not in shown


def test_everybody_tells_all_hours(client, cohort, coordinator, wanted):
    shown = page(client, run_of(cohort, coordinator))

    assert "Everybody still tells all free hours that they told before." in shown


def test_a_run_from_before_says_that_it_was_not_measured(client, cohort, coordinator, wanted):
    run = run_of(cohort, coordinator)
    MatchRun.objects.update(honesty={})

    assert "This was not measured" in page(client, run)
    assert repeat_run(MatchRun.objects.get()).is_same


def test_the_protocol_file_has_numbers_and_no_people(cohort, coordinator, wanted):
    tell(wanted[3], MONDAY)
    told = protocol_of(run_of(cohort, coordinator))["fewer_hours"]

    assert (told["number"], told["better"]) == (1, 1)
    assert "people" not in told


def test_the_page_asks_the_database_as_often(client, cohort, coordinator, wanted):
    addresses = []

    def another():
        tell(add_mentee(cohort, availability=MONDAY + TUESDAY), MONDAY)
        addresses.append(run_of(cohort, coordinator).get_absolute_url())

    def protocol():
        return client.get(f"{addresses[-1]}protocol/")

    assert_same_queries(protocol, another)


def test_very_many_are_looked_at_together_only(cohort, coordinator, wanted, monkeypatch):
    monkeypatch.setattr(honesty, "FEW", 1)
    for user in wanted[2:]:
        tell(user, MONDAY)

    assert {alone for _together, alone in outcomes(run_of(cohort, coordinator)).values()} == {None}


def test_two_sets_of_tables_are_never_there_at_once(cohort, coordinator, wanted):
    """Those of a large programme take hundreds of megabytes."""
    *_mentors, _ann, bob = wanted
    tell(bob, MONDAY)
    run = run_of(cohort, coordinator)
    MatchRun.objects.filter(pk=run.pk).update(state=MatchRun.State.RUNNING)
    run.proposals.all().delete()
    run.mentors.all().delete()
    seen = []

    def progress(what, share):
        gc.collect()
        seen.append(sum(isinstance(thing, Tables) for thing in gc.get_objects()))

    work_out(MatchRun.objects.get(pk=run.pk), at=AT, progress=progress)

    assert seen
    assert max(seen) == 1
