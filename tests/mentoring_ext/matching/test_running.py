from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from lms.jobs.actions import start_again
from lms.jobs.models import Job
from lms.jobs.work import end_interrupted, work_on
from lms.journal.models import Entry
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions import running
from mentoring_ext.matching.actions.running import standard_options
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRun, PairRule
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.views.turns import taking_turns
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

FORM = DEFAULT_WEIGHTS | {"size": 3, "lone": "free", "objective": "total"}


def bench(cohort, name="run_list", *more):
    return reverse(f"mentoring_matching:{name}", args=[cohort.pk, *more])


def test_a_run_keeps_what_it_depends_on_and_can_be_repeated(run, cohort, coordinator, people):
    again = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert (again.digest, pairs(again)) == (run.digest, pairs(run))
    assert run.repeatable and not run.input.startswith(b"{")
    verify_run(MatchRun.objects.get(pk=run.pk))


def test_options_that_cannot_be_are_refused(cohort, coordinator, people):
    standard = standard_options(cohort)

    for wrong in (replace(standard, size=9), replace(standard, minimum=3, size=2), replace(standard, minimum=0)):
        with pytest.raises(errors.OptionsWrong):
            actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT, options=wrong)


def test_the_size_of_groups_counts(cohort, coordinator, people):
    small = replace(standard_options(cohort), size=1)

    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT, options=small)

    assert run.placed == 2


def test_a_fair_run_says_so(cohort, coordinator, people):
    fair = replace(standard_options(cohort), objective="fair")

    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT, options=fair)

    assert run.options["objective"] == "fair"
    verify_run(run)


@pytest.fixture
def as_job(monkeypatch):
    """Have every run worked out as a job."""
    monkeypatch.setattr(running, "MOST_AT_ONCE", 0)


def test_a_large_run_is_a_job_with_progress(as_job, run, cohort, coordinator):
    large = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    before = large.state

    work_on(large.job.pk)

    large.refresh_from_db()
    job = Job.objects.get()
    assert (before, large.state, pairs(large)) == ("running", "proposed", pairs(run))
    assert (job.state, job.result_url) == ("done", large.get_absolute_url())


def test_a_second_large_run_waits_for_the_first(as_job, client, run, cohort, coordinator):
    first = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    client.force_login(coordinator)

    answer = client.post(bench(cohort), FORM)

    assert answer.status_code == 422
    assert "is being worked out" in answer.content.decode()
    assert Job.objects.count() == 1

    actions.cancel_run(first, actor=coordinator, at=AT)
    client.post(bench(cohort), FORM)
    assert Job.objects.count() == 2


def test_a_large_run_can_be_stopped(as_job, client, run, cohort, coordinator):
    large = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    page = client.get(large.get_absolute_url()).content.decode()

    client.post(bench(cohort, "run_cancel", large.pk))
    work_on(large.job.pk)

    large.refresh_from_db()
    assert "Stop it" in page
    assert (large.state, Job.objects.get().state) == ("cancelled", "cancelled")
    assert Entry.objects.filter(verb="withdrew", object_id=large.pk).exists()
    with pytest.raises(errors.NotRunning):
        actions.cancel_run(large, actor=coordinator, at=AT)


def test_a_run_whose_job_is_stopped_before_it_begins_is_stopped_too(as_job, client, run, cohort, coordinator):
    large = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    client.post(reverse("lms_jobs:job_cancel", args=[large.job.pk]))

    large.refresh_from_db()
    assert large.state == "cancelled"
    assert "This pairing was stopped" in client.get(large.get_absolute_url()).content.decode()


def test_a_run_whose_worker_died_says_so_and_can_be_started_again(as_job, client, run, cohort, coordinator):
    large = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    Job.objects.filter(pk=large.job.pk).update(state="running", pulse_at=AT)

    end_interrupted(AT + timedelta(minutes=5))
    large.refresh_from_db()
    before = large.state, large.problem
    again = start_again(large.job, actor=coordinator, at=AT)
    work_on(again.pk)

    large.refresh_from_db()
    assert before == ("failed", "It was interrupted. Start it again.")
    assert (large.state, large.problem, large.job) == ("proposed", "", again)


def test_another_coordinator_is_not_led_to_a_task_that_only_its_owner_sees(as_job, client, run, cohort, coordinator):
    large = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    client.force_login(make.make_coordinator(cohort))

    page = client.get(large.get_absolute_url()).content.decode()

    assert large.job.get_absolute_url() not in page
    assert "Stop it" in page


def test_a_job_that_fails_says_why_on_the_run(as_job, client, run, cohort, coordinator, people):
    (_first, second), mentees = people
    own = {"cohort": cohort, "mentee": mentees[0], "mentor": second, "made_at": AT}
    PairRule.objects.create(**own, kind="fixed")
    PairRule.objects.create(**own, kind="family")
    large = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    work_on(large.job.pk)

    large.refresh_from_db()
    assert (large.state, Job.objects.get().state) == ("failed", "failed")
    assert "a conflict of interest" in client.get(large.get_absolute_url()).content.decode()


def test_the_page_runs_with_options_and_leads_to_the_groups(client, cohort, coordinator, people):
    answer = client.post(bench(cohort), FORM | {"objective": "fair", "online": "on", "size": 2})

    run = MatchRun.objects.get()
    assert answer.headers["Location"] == run.get_absolute_url()
    assert (run.options["objective"], run.options["online"], run.options["size"]) == ("fair", True, 2)


def test_pairs_without_a_way_to_meet_are_left_out_unless_the_form_says_otherwise(client, cohort, coordinator):
    far = add_mentor(cohort, online=False, in_person=True, place="Volos")
    near = add_mentee(cohort, online=False, in_person=True, place="Elaia")
    page = reverse("mentoring_matching:run_list", args=[cohort.pk])
    ticked = client.get(page).context["form"]["meeting"].value()

    client.post(page, FORM | {"meeting": "on"})
    asked = MatchRun.objects.get()
    client.post(page, FORM)
    not_asked = MatchRun.objects.exclude(pk=asked.pk).get()

    assert ticked is True
    assert (pairs(asked), pairs(not_asked)) == ({near.pk: None}, {near.pk: far.pk})
    assert "no way to meet, online or in person" in client.get(asked.get_absolute_url()).content.decode()
    assert client.get(page).context["form"]["meeting"].value() is False


def test_a_run_from_before_the_rule_does_not_switch_it_off(client, run, cohort):
    MatchRun.objects.update(options={name: value for name, value in run.options.items() if name != "meeting"})

    assert client.get(reverse("mentoring_matching:run_list", args=[cohort.pk])).context["form"]["meeting"].value()


def test_wrong_options_stand_beside_their_field_and_are_kept(client, cohort, coordinator, people):
    cohort.programme.group_size = 5
    cohort.programme.save()

    answer = client.post(bench(cohort), FORM | {"size": 3, "lone": "never", "minimum": 4})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"minimum": ["The smallest group cannot be larger than the largest one."]}
    assert answer.context["form"]["minimum"].value() == "4"


def test_fields_that_nobody_asked_for_change_nothing(client, cohort, coordinator, people):
    far = make.make_cohort()

    client.post(bench(cohort), FORM | {"cohort": far.pk, "state": "published", "penalty": 9, "hours": 1, "made_by": 1})

    run = MatchRun.objects.get()
    assert (run.cohort, run.state, run.made_by) == (cohort, "proposed", coordinator)
    assert (run.options["penalty"], run.options["hours"]) == (0, standard_options(cohort).hours)


def test_the_effect_of_weights_is_shown_and_nothing_is_kept(client, run, cohort):
    shown = client.post(bench(cohort, "run_effect"), FORM | {"interests": 0})
    page = client.post(bench(cohort), FORM | {"interests": 0, "effect": "1"})

    assert shown.context["effect"].changed is not None
    assert shown.context["effect"] == page.context["effect"]
    assert MatchRun.objects.count() == 1


def test_the_effect_of_the_same_weights_is_the_run(client, run, cohort):
    effect = client.post(bench(cohort, "run_effect"), FORM).context["effect"]

    assert (effect.changed, effect.total, effect.weakest) == (0, effect.total_before, effect.weakest_before)


def test_one_effect_after_the_other_is_worked_out_for_a_person(client, run, cohort, coordinator):
    with taking_turns(f"pairing-effect:{coordinator.pk}"):
        answers = [client.post(bench(cohort, "run_effect"), FORM), client.post(bench(cohort), FORM | {"effect": "1"})]
    after = client.post(bench(cohort, "run_effect"), FORM)

    assert [answer.status_code for answer in answers] == [200, 422]
    assert all("is being worked out" in answer.content.decode() for answer in answers)
    assert ["Retry-After" in answer for answer in (answers[0], after)] == [True, False]
    assert after.context["effect"]


def test_among_too_many_people_no_effect_is_worked_out(client, run, cohort, monkeypatch):
    monkeypatch.setattr(running, "MOST_AT_ONCE", 5)

    answer = client.post(bench(cohort, "run_effect"), FORM)

    assert answer.status_code == 200
    assert "too many people to show the effect at once" in answer.content.decode()


def test_a_wrong_number_gives_no_effect(client, run, cohort):
    answer = client.post(bench(cohort, "run_effect"), FORM | {"age": "9"})

    # Somebody is typing: a failure would stand in red in the browser's console.
    assert answer.status_code == 200
    assert "5 is the highest weight. Change it" in answer.content.decode()


def test_solve_again_keeps_the_locks(client, run, coordinator, people):
    (_first, second), mentees = people
    actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="A wish", at=AT, lock=True)

    client.post(reverse("mentoring_matching:run_again", args=[run.cohort_id, run.pk]))

    again = MatchRun.objects.first()
    assert (again.parent, pairs(again)[mentees[0].pk]) == (run, second.pk)


def test_another_cohorts_coordinator_sees_nothing(client, run):
    other = make.make_coordinator(make.make_cohort())
    client.force_login(other)
    proposal = run.proposals.first()

    for name, more in (
        ("run_list", ()), ("run_history", ()), ("run_compare", ()), ("rule_list", ()), ("conflict_new", ()),
        ("run_detail", (run.pk,)), ("run_publish", (run.pk,)), ("letter_list", (run.pk,)),
        ("proposal_detail", (run.pk, proposal.pk)), ("proposal_move", (run.pk, proposal.pk)),
        ("proposal_places", (run.pk, proposal.pk)),
    ):  # fmt: skip
        assert client.get(bench(run.cohort, name, *more)).status_code == 404, name


def test_a_run_is_found_in_its_own_cohort_only(client, run, coordinator):
    other = make.make_cohort()
    make.make_member(other, "coordinator", user=coordinator)

    assert client.get(bench(other, "run_detail", run.pk)).status_code == 404


def test_history_and_comparison_show_two_runs_in_the_same_queries(client, run, cohort, coordinator, people):
    weights = DEFAULT_WEIGHTS | {"interests": 0, "age": 5}
    actions.run_matching(cohort, actor=coordinator, weights=weights, at=AT)
    shown = client.get(bench(cohort, "run_compare")).context["comparison"]

    assert [name for name, _old, _new in shown.weights] == ["Interests", "Age"]
    assert_same_queries(
        lambda: client.get(bench(cohort, "run_compare")),
        lambda: (add_mentee(cohort), actions.run_matching(cohort, actor=coordinator, weights=weights, at=AT)),
    )
    assert_same_queries(
        lambda: client.get(bench(cohort, "run_history")),
        lambda: actions.run_matching(cohort, actor=coordinator, weights=weights, at=AT),
    )


def test_who_changed_since_is_told(client, run, cohort, people):
    _mentors, mentees = people
    cohort.memberships.filter(user=mentees[0]).update(state="left")
    mentees[1].menteeprofile.interests = ["games"]
    mentees[1].menteeprofile.save()
    newcomer = add_mentee(cohort)

    stale = {row.user: row.text for row in client.get(run.get_absolute_url()).context["stale"]}

    assert stale == {
        mentees[0]: "is not ready any more, or has a group",
        mentees[1]: "changed the sheet",
        newcomer: "is ready now, and was not then",
    }


def test_many_without_a_mentor_leave_the_page_short(client, cohort, coordinator):
    add_mentor(cohort, capacity=1)
    for _person in range(15):
        add_mentee(cohort)
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    page = client.get(run.get_absolute_url()).content.decode()

    assert "2 more without a mentor" in page
    assert page.index("2 more without a mentor") < page.rindex('data-mentee="')
    assert page.count('data-mentee="') == 15
    publishing = client.get(bench(cohort, "run_publish", run.pk)).content.decode()
    assert "#without" in publishing and "and 2 more" in publishing


def test_changes_by_hand_have_a_real_sign(coordinator, run):
    mentee = run.proposals.exclude(mentor=None)[0].mentee

    actions.move_mentee(run, mentee, None, actor=coordinator, reason="So", at=AT)

    assert run.changes.get().points.startswith("−")
