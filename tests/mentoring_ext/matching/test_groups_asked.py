"""What a coordinator asks of the groups – nobody alone, an hour in common – through the form to the result's page."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from mentoring_ext.matching import actions, reports
from mentoring_ext.matching.actions.publishing import groups_to_open
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRun, SheetQuestion
from mentoring_ext.matching.protocol import verify_run
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs

pytestmark = pytest.mark.django_db

FORM = DEFAULT_WEIGHTS | {"size": 3, "lone": "free", "objective": "total"}
MONDAY, TUESDAY = [9, 10, 11], [34, 35]


def run_by_form(client, cohort, **asked):
    answer = client.post(reverse("mentoring_matching:run_list", args=[cohort.pk]), FORM | asked, follow=True)
    return MatchRun.objects.first(), answer


def options(page):
    return [each.what for each in page.context["helping"].options]


def test_a_mentee_who_would_be_alone_stays_without_and_the_page_says_why(client, cohort, coordinator):
    mentors = [add_mentor(cohort, capacity=2), add_mentor(cohort, capacity=2)]
    for _ in range(3):
        add_mentee(cohort)

    run, page = run_by_form(client, cohort, lone="never")

    (crowd,) = page.context["helping"].left_over
    (left,) = crowd.proposals
    free = next(mentor for mentor in mentors if mentor.pk not in pairs(run).values())
    assert crowd.room == [free]
    assert options(page) == ["A mentee may be alone where nothing else is possible"]
    text = page.content.decode()
    assert f"There is still room with: {free}." in text
    assert "It stays free, because a group must have at least 2 mentees." in text
    assert "Then 1 mentee more would have a mentor." in text
    assert "so somebody stays without a mentor in every pairing" not in text
    verify_run(run)

    one, _page = run_by_form(client, cohort, lone="free")
    assert pairs(one)[left.mentee_id] is not None


def test_groups_meet_at_a_common_hour_that_stands_in_words(client, cohort, coordinator):
    mentor = add_mentor(cohort, capacity=3, availability=[*MONDAY, *TUESDAY])
    early = [add_mentee(cohort, availability=MONDAY) for _ in range(2)]
    late = add_mentee(cohort, availability=TUESDAY)

    run, page = run_by_form(client, cohort, lone="never", common_slot="on")

    assert pairs(run) == {early[0].pk: mentor.pk, early[1].pk: mentor.pk, late.pk: None}
    text = page.content.decode()
    assert "All are free on Monday, 9:00–11:00" in text
    assert "at least 2 mentees and an hour at which all are free" in text
    assert options(page) == [
        "A group needs no hour at which all are free",
        "A mentee may be alone where nothing else helps, and a group needs no common hour",
    ]
    verify_run(run)


def test_without_a_common_hour_the_late_one_has_a_mentor_too(client, cohort, coordinator):
    mentor = add_mentor(cohort, capacity=3, availability=[*MONDAY, *TUESDAY])
    for hours in (MONDAY, MONDAY, TUESDAY):
        add_mentee(cohort, availability=hours)

    together, page = run_by_form(client, cohort, common_slot="on")
    apart, _page = run_by_form(client, cohort)

    assert options(page) == ["A group needs no hour at which all are free"]
    assert (together.placed, apart.placed) == (2, 3)
    assert "No hour at which all are free" in client.get(apart.get_absolute_url()).content.decode()
    assert set(pairs(apart).values()) == {mentor.pk}


def test_a_group_without_an_hour_is_offered_what_would_give_it_one(client, cohort, coordinator):
    mentor = add_mentor(cohort, capacity=3, availability=[*MONDAY, *TUESDAY])
    early, late = add_mentee(cohort, availability=MONDAY), add_mentee(cohort, availability=[*TUESDAY, 10])
    run, page = run_by_form(client, cohort)

    (group,) = page.context["page"].object_list
    assert [each.what for each in group.suggestions] == [
        f"{late} is also free on Monday, 9:00–10:00",
        f"{early} is also free on Tuesday, 10:00–12:00",
    ]
    assert group.suggestions[0].effect == "Then all of the group are free on Monday, 9:00–11:00."
    assert "1 group has no hour at which all are free." in page.content.decode()

    ask = reverse("mentoring_matching:sheet_ask", args=[cohort.pk, run.pk])
    client.post(ask, {"person": late.pk, "kind": "hours", "hours": [9], "for_group": "1"})
    question = SheetQuestion.objects.get()
    client.force_login(late)
    assert "It may help a group to find an hour to meet." in client.get(question.get_absolute_url()).content.decode()
    actions.answer_about_sheet(question, actor=late, agrees=True, at=AT)
    client.force_login(coordinator)
    again = reverse("mentoring_matching:run_without", args=[cohort.pk, run.pk])
    together = client.post(again, {"option": "common_hour"}, follow=True)

    newest = MatchRun.objects.first()
    assert (newest.placed, newest.options["common_slot"]) == (2, True)
    assert set(pairs(newest).values()) == {mentor.pk}
    assert "All are free on Monday, 9:00–11:00" in together.content.decode()


def test_nobody_says_at_which_hour_those_who_paired_offline_meet(client, cohort, coordinator):
    mentor, mentee = add_mentor(cohort, availability=MONDAY), add_mentee(cohort, availability=TUESDAY)
    actions.enter_offline(cohort, mentees=[mentee], mentor=mentor, actor=coordinator, reason="They met", at=AT)
    run, page = run_by_form(client, cohort, common_slot="on")

    drafts = actions.letters_for(run, groups_to_open(run), actor=coordinator)

    assert run.placed == 1
    assert "All are free on" not in page.content.decode()
    assert "Made offline: they agree on their hours themselves." in page.content.decode()
    assert drafts and not any("hour of the week" in draft.words.body for draft in drafts)


def test_what_is_shown_at_once_is_said_to_be_an_estimate():
    effect = reports.Effect(total=150, weakest=40, placed=3, left_over=0, optimal=False, more=2)
    open_count = replace(effect, more=None)
    for found, said in ((effect, "the total may rise by 2 at most"), (open_count, "more mentees may have a mentor")):
        shown = render_to_string("matching/_effect.html", {"effect": found})
        assert "This is a quick estimate." in shown and said in shown


@pytest.mark.parametrize(
    ("kind", "optimal", "settled", "said"),
    [
        ("prices", True, True, "The proof was checked again when you opened this page."),
        ("search", True, True, "Proven by the solver"),
        ("search", False, True, "Nearly proven"),
        ("search", False, False, "It is open whether more mentees could have a mentor"),
    ],
)
def test_the_page_says_how_it_is_proven(client, run, kind, optimal, settled, said, monkeypatch):
    monkeypatch.setattr("mentoring_ext.matching.views.runs.verify_run", lambda run: None)
    how = run.certificate | {"kind": kind, "settled": settled}
    MatchRun.objects.filter(pk=run.pk).update(optimal=optimal, certificate=how)

    assert said in client.get(run.get_absolute_url()).content.decode()


def test_room_that_a_change_by_hand_made_is_no_matter_of_the_groups(client, run, coordinator, people):
    _mentors, mentees = people
    actions.move_mentee(run, mentees[0], None, actor=coordinator, reason="Asked to wait", at=AT)

    page = client.get(run.get_absolute_url())

    (crowd,) = page.context["helping"].left_over
    assert crowd.room and options(page) == []
    assert "Move them there by hand, or solve again." in page.content.decode()


def test_next_best_mentors_keep_what_was_asked_of_the_groups(client, cohort, coordinator):
    for _ in range(2):
        add_mentor(cohort, capacity=2)
    for _ in range(3):
        add_mentee(cohort)
    run, _page = run_by_form(client, cohort, lone="never")

    page = client.get(run.proposals.exclude(mentor=None).first().get_absolute_url())

    (other,) = page.context["next_best"]
    assert other.words == "This would cost the whole nothing."
    assert "with all locks and wishes for the groups" in page.content.decode()


def test_the_cost_of_excluding_keeps_what_was_asked_of_the_groups(client, cohort, coordinator):
    add_mentor(cohort, capacity=2)
    for _ in range(2):
        add_mentee(cohort)
    run, _page = run_by_form(client, cohort, lone="never")
    proposal = run.proposals.first()

    page = client.get(reverse("mentoring_matching:proposal_forbid", args=[cohort.pk, run.pk, proposal.pk]))

    # Without this pair the other mentee would be alone, and so has no mentor either.
    assert page.context["settled"].outcome.placed == -2
    assert "Then 2 mentees more would have no mentor." in page.content.decode()


def test_a_lock_in_a_fair_pairing_tells_of_the_weakest_match(client, cohort, coordinator, people):
    (first, second), _mentees = people
    run, _page = run_by_form(client, cohort, objective="fair", size=2)
    worst = run.proposals.exclude(mentor=None).order_by("score").first()
    other = second if worst.mentor == first else first
    swap = run.proposals.filter(mentor=other).first()
    actions.move_mentee(run, worst.mentee, other, actor=coordinator, reason="So", at=AT, swap_with=swap.mentee)

    page = client.get(reverse("mentoring_matching:proposal_lock", args=[cohort.pk, run.pk, worst.pk]))

    before, after = page.context["settled"].weakest
    assert after < before
    assert f"The weakest match would be {after}, now {before}." in page.content.decode()
