from dataclasses import replace

import pytest
from django.urls import reverse

from lms.journal.models import Entry
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions.running import standard_options
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import Change, MatchRun, PairRule, Proposal
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs

pytestmark = pytest.mark.django_db


def page(proposal, name):
    run = proposal.run
    return reverse(f"mentoring_matching:proposal_{name}", args=[run.cohort_id, run.pk, proposal.pk])


@pytest.fixture
def first_mentee(run, people):
    """The proposal of the first mentee, who is with the first mentor; the second one has a free place."""
    return run.proposals.get(mentee=people[1][0])


def test_a_move_and_its_undoing_leave_the_run_as_it_was(run, coordinator, people):
    (_first, second), mentees = people
    before = set(run.proposals.values_list("mentee", "mentor", "score", "moved_because"))
    actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="A wish", at=AT, lock=True)
    moved = pairs(run)[mentees[0].pk]

    change = actions.undo_change(run, actor=coordinator, at=AT)

    assert moved == second.pk
    assert (change.kind, change.undone_by) == (Change.Kind.MOVED, coordinator)
    assert set(run.proposals.values_list("mentee", "mentor", "score", "moved_because")) == before
    assert not PairRule.objects.exists()
    assert Entry.objects.filter(verb="withdrew").count() == 1
    with pytest.raises(errors.NothingToUndo):
        actions.undo_change(run, actor=coordinator, at=AT)


def test_an_exchange_is_undone_on_both_sides(run, coordinator, people):
    (first, _second), mentees = people
    before = pairs(run)
    actions.move_mentee(run, mentees[2], first, actor=coordinator, reason="So", at=AT, swap_with=mentees[0])

    actions.undo_change(run, actor=coordinator, at=AT)

    assert pairs(run) == before


def test_a_mentee_can_be_left_without_a_mentor(run, coordinator, people, first_mentee):
    moved = actions.move_mentee(run, first_mentee.mentee, None, actor=coordinator, reason="Ill", at=AT)

    assert (moved.mentor, moved.score, moved.moved_cost) == (None, 0, -first_mentee.score)


def test_a_stale_page_changes_nothing(run, coordinator, people, first_mentee):
    (_first, second), mentees = people
    seen = run.revision
    actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="First", at=AT, seen=seen)

    for deed in (
        lambda: actions.move_mentee(run, mentees[1], second, actor=coordinator, reason="Late", at=AT, seen=seen),
        lambda: actions.lock_pair(run, first_mentee, actor=coordinator, reason="Late", at=AT, seen=seen),
        lambda: actions.publish_run(run, actor=coordinator, at=AT, seen=seen),
        lambda: actions.undo_change(run, actor=coordinator, at=AT, seen=seen),
    ):
        with pytest.raises(errors.RunChanged):
            deed()


def test_a_second_coordinator_is_told_on_the_page(client, run, coordinator, people, first_mentee):
    (_first, second), mentees = people
    actions.move_mentee(run, mentees[1], second, actor=coordinator, reason="First", at=AT)

    typed = {"place": f"{second.pk}-{mentees[2].pk}", "reason": "Late", "seen": 0}
    answer = client.post(page(first_mentee, "move"), typed)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()[0].startswith("Somebody changed this pairing")
    assert answer.context["form"]["reason"].value() == "Late"
    again = typed | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(page(first_mentee, "move"), again).status_code == 302


def test_somebody_of_another_run_cannot_be_moved(run, coordinator, people):
    with pytest.raises(errors.NotInRun):
        actions.move_mentee(run, coordinator, people[0][0], actor=coordinator, reason="So", at=AT)


def test_lock_and_unlock_a_pair(client, run, coordinator, first_mentee):
    client.post(page(first_mentee, "lock"), {"reason": "They know each other", "seen": 0})
    locked = PairRule.objects.get()

    client.post(page(first_mentee, "unlock"))

    assert (locked.kind, locked.mentor, locked.made_by) == ("fixed", first_mentee.mentor, coordinator)
    assert not PairRule.objects.exists()
    assert list(run.changes.values_list("kind", flat=True)) == ["unlocked", "locked"]


def test_a_lock_taken_off_comes_back_when_undone(run, coordinator, first_mentee):
    actions.lock_pair(run, first_mentee, actor=coordinator, reason="So", at=AT)
    actions.unlock_pair(run, first_mentee, actor=coordinator, at=AT)

    actions.undo_change(run, actor=coordinator, at=AT)
    back = PairRule.objects.get().kind
    actions.undo_change(run, actor=coordinator, at=AT)

    assert back == "fixed"
    assert not PairRule.objects.exists()


def test_what_a_lock_needs(run, coordinator, first_mentee):
    lock = {"actor": coordinator, "at": AT}
    with pytest.raises(errors.ReasonMissing):
        actions.lock_pair(run, first_mentee, reason=" ", **lock)
    with pytest.raises(errors.NotTogether):
        actions.unlock_pair(run, first_mentee, **lock)
    actions.lock_pair(run, first_mentee, reason="So", **lock)
    with pytest.raises(errors.RuleKnown):
        actions.lock_pair(run, first_mentee, reason="So", **lock)
    with pytest.raises(errors.RulesContradict):
        actions.forbid_pair(run, first_mentee, reason="So", **lock)
    Proposal.objects.filter(pk=first_mentee.pk).update(mentor=None)
    with pytest.raises(errors.NotTogether):
        actions.forbid_pair(run, first_mentee, reason="So", **lock)


def test_an_excluded_pair_is_not_made_again(client, run, coordinator, people, first_mentee):
    (_first, second), mentees = people
    shown = client.get(page(first_mentee, "forbid")).context["settled"]

    client.post(page(first_mentee, "forbid"), {"reason": "No", "seen": 0})
    again = actions.run_matching(run.cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert pairs(again)[mentees[0].pk] == second.pk
    assert shown.outcome.low == shown.outcome.high == again.total - run.total < 0


def test_an_excluded_pair_says_so_on_its_card_until_it_is_solved_again(client, run, people, first_mentee):
    before = client.get(run.get_absolute_url()).content.decode()
    client.post(page(first_mentee, "forbid"), {"reason": "No", "seen": 0})

    after = client.get(run.get_absolute_url()).content.decode()

    assert "Excluded: solve again" not in before
    assert after.count("Excluded: solve again") == 1
    assert page(first_mentee, "lock") in before
    assert page(first_mentee, "lock") not in after
    assert page(first_mentee, "forbid") not in after


def test_a_lock_of_the_best_pairing_costs_nothing(client, first_mentee):
    settled = client.get(page(first_mentee, "lock")).context["settled"]

    assert (settled.possible, settled.is_free) == (True, True)


def test_places_say_their_cost_and_what_is_not_possible(client, run, coordinator, people, first_mentee):
    (_first, second), mentees = people
    actions.note_conflict(
        run.cohort, mentee=mentees[1], mentor=second, kind="family", actor=coordinator, reason="Aunt", at=AT
    )

    free = client.get(page(first_mentee, "places")).json()["places"]
    closed = client.get(page(run.proposals.get(mentee=mentees[1]), "places")).json()["places"]

    assert free[str(second.pk)]["words"].startswith("Put here (−")
    assert free["none"]["words"].startswith("Leave without a mentor (−")
    assert closed[str(second.pk)]["words"] == "Not possible: a conflict of interest"


def test_a_full_group_says_of_each_mentee_why_there_is_no_exchange(client, run, coordinator, people):
    (first, second), mentees = people
    for mentee in mentees[:2]:
        actions.note_conflict(
            run.cohort, mentee=mentee, mentor=second, kind="family", actor=coordinator, reason="Aunt", at=AT
        )

    places = client.get(page(run.proposals.get(mentee=mentees[2]), "places")).json()["places"]

    why = [f"{mentee}: a conflict of interest" for mentee in mentees[:2]]
    assert places[str(first.pk)]["words"] == f"No exchange is possible here. {'; '.join(why)}."
    assert places[str(first.pk)]["why_not"]


def test_the_move_page_shows_one_mentors_places_when_asked(client, people, first_mentee):
    (_first, second), _mentees = people

    one = client.get(page(first_mentee, "move") + f"?place={second.pk}").context["form"]
    all_places = client.get(page(first_mentee, "move")).context["form"]

    assert {key.partition("-")[0] for key in one.places} == {str(second.pk)}
    assert one["place"].value() == str(second.pk)
    assert "none" in all_places.places


def test_a_place_that_is_not_offered_is_refused(client, run, people, first_mentee):
    answer = client.post(page(first_mentee, "move"), {"place": "999", "reason": "So", "seen": 0})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"place": ["This place is not open any more. Choose another one."]}


def test_a_replaced_run_can_only_be_read(client, run, coordinator, first_mentee):
    actions.publish_run(
        actions.run_matching(run.cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT), actor=coordinator, at=AT
    )

    run.refresh_from_db()
    assert run.state == MatchRun.State.SUPERSEDED
    assert client.get(run.get_absolute_url()).status_code == 200
    with pytest.raises(errors.NotOpen):
        actions.move_mentee(run, first_mentee.mentee, None, actor=coordinator, reason="So", at=AT)


def test_a_locked_mentee_stays_until_the_lock_is_off(run, coordinator, people, first_mentee):
    (first, second), mentees = people
    actions.lock_pair(run, first_mentee, actor=coordinator, reason="So", at=AT)
    move = {"actor": coordinator, "reason": "So", "at": AT}

    with pytest.raises(errors.RuleBroken, match="a locked pair"):
        actions.move_mentee(run, mentees[0], second, **move)
    with pytest.raises(errors.RuleBroken, match="a locked pair"):
        actions.move_mentee(run, mentees[0], None, **move)
    with pytest.raises(errors.RuleBroken, match="a locked pair"):
        actions.move_mentee(run, mentees[2], first, swap_with=mentees[0], **move)


def place_of(client, proposal, key):
    return client.get(page(proposal, "move")).context["form"].places[key]


def chosen(cohort, **asked):
    return replace(standard_options(cohort), **{"common_slot": False, **asked})


def paired(cohort, coordinator, **asked):
    options = chosen(cohort, **asked)
    return actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT, options=options)


def test_a_group_that_gets_smaller_than_asked_for_is_told(client, cohort, coordinator):
    """The smallest size is three, and a group of two is left: not one mentee alone, and too few all the same."""
    first, second = add_mentor(cohort, capacity=3), add_mentor(cohort, capacity=3)
    for code in ("music", "music", "music"):
        add_mentee(cohort, interests=[code])
    run = paired(cohort, coordinator, minimum=3)
    proposal = run.proposals.exclude(mentor=None).select_related("mentor").first()
    former, other = (first, second) if proposal.mentor == first else (second, first)

    place = place_of(client, proposal, str(other.pk))

    assert place.warnings == (
        f"{other} would have 1 mentee only, and you asked for 3 at least.",
        f"{former} would have 2 mentees only, and you asked for 3 at least.",
    )
    assert f"{former} would have 2 mentees." in place.notes


def test_the_move_page_tells_of_the_weakest_match(client, cohort, coordinator, people):
    (first, second), _mentees = people
    run = paired(cohort, coordinator, objective="fair")
    strong = run.proposals.exclude(mentor=None).select_related("mentor").last()
    other = second if strong.mentor == first else first
    weakest = min(proposal.score for proposal in run.proposals.all())

    place = next(
        place
        for place in client.get(page(strong, "move")).context["form"].places.values()
        if place.mentor == other and place.score < round(weakest / 10_000)
    )

    before = round(weakest / 10_000)
    assert f"The weakest match would be {place.score}, now {before}." in place.label
    leaving = place_of(client, strong, "none")
    assert f"The weakest match stays {before}." in leaving.notes


def test_the_move_page_tells_what_comes_of_it_when_all_others_are_paired_anew(client, cohort, coordinator):
    """Both want the first mentor, who has one place: who goes there takes it, and the other one goes on."""
    for interests in (["music", "film"], ["games"]):
        add_mentor(cohort, capacity=1, interests=interests)
    for interests in (["music", "film"], ["music"]):
        add_mentee(cohort, interests=interests)
    run = paired(cohort, coordinator)
    first, second = run.proposals.select_related("mentor", "mentee")
    swap = {"swap_with": second.mentee, "actor": coordinator, "reason": "So", "at": AT}
    moved = actions.move_mentee(run, first.mentee, second.mentor, **swap)
    lost = round((run.total - sum(each.score for each in run.proposals.all())) / 10_000)

    back = client.get(page(moved, "move") + f"?place={first.mentor_id}").context["form"]

    assert lost > 0
    (place,) = back.places.values()
    assert place.around == f"When all others are paired anew around this: The whole would win {lost} points."
    wrong = client.post(page(moved, "move"), {"place": place.key, "reason": ""})
    assert "When all others are paired anew" in wrong.content.decode()


def test_the_move_page_tells_of_the_hour_and_offers_no_place_without_one(client, cohort, coordinator):
    monday, tuesday = [9, 10], [33, 34]
    mentors = [add_mentor(cohort, capacity=2, availability=monday + tuesday) for _ in range(3)]
    early, late = add_mentee(cohort, availability=monday), add_mentee(cohort, availability=tuesday)
    run = paired(cohort, coordinator, common_slot=True)
    proposal = run.proposals.get(mentee=early)
    empty = next(mentor for mentor in mentors if mentor.pk not in pairs(run).values())

    places = client.get(page(proposal, "move")).context["form"].places

    assert f"The group of {empty} could meet on Monday, 9:00–11:00." in places[str(empty.pk)].notes
    assert str(pairs(run)[late.pk]) not in places


@pytest.mark.parametrize("name", ["proposal_detail", "proposal_move", "proposal_lock", "proposal_forbid"])
def test_the_path_of_a_page_about_one_mentee_begins_with_the_cohort(client, run, name):
    proposal = run.proposals.first()

    page = client.get(reverse(f"mentoring_matching:{name}", args=[run.cohort_id, run.pk, proposal.pk]))

    path = page.content.decode().split("<ol><li>")[1].split("</ol>")[0]
    assert path.startswith(f'<a href="{run.cohort.get_absolute_url()}">{run.cohort}</a></li>')
    assert path.count("<li>") == 2


def test_who_moves_a_mentee_whom_another_coordinator_locked_is_told_and_keeps_the_words(
    client, run, coordinator, people, first_mentee
):
    (_first, second), _mentees = people
    actions.lock_pair(run, first_mentee, actor=coordinator, reason="So", at=AT)

    answer = client.post(page(first_mentee, "move"), {"place": str(second.pk), "reason": "A wish of both", "seen": 0})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "A wish of both" in text
    assert f"{first_mentee.mentee} and {first_mentee.mentor} are locked. Take the lock off" in text
    assert page(first_mentee, "unlock") in text
