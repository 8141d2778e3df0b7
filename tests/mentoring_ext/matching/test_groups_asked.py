"""What a coordinator asks of the groups – nobody alone, an hour in common – through the form to the result's page."""

import pytest
from django.urls import reverse

from mentoring_ext.matching import actions
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.protocol import verify_run
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs

pytestmark = pytest.mark.django_db

FORM = DEFAULT_WEIGHTS | {"size": 3, "minimum": 1, "objective": "total"}
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

    run, page = run_by_form(client, cohort, minimum=2)

    (crowd,) = page.context["helping"].left_over
    (left,) = crowd.proposals
    free = next(mentor for mentor in mentors if mentor.pk not in pairs(run).values())
    assert crowd.room == [free]
    assert options(page) == ["One mentee alone may be a group"]
    text = page.content.decode()
    assert f"There is still room with: {free}." in text
    assert "It stays free, because a group must have at least 2 mentees." in text
    assert "Then 1 mentee more would have a mentor." in text
    assert "so somebody stays without a mentor in every pairing" not in text
    verify_run(run)

    one, _page = run_by_form(client, cohort, minimum=1)
    assert pairs(one)[left.mentee_id] is not None


def test_groups_meet_at_a_common_hour_that_stands_in_words(client, cohort, coordinator):
    mentor = add_mentor(cohort, capacity=3, availability=[*MONDAY, *TUESDAY])
    early = [add_mentee(cohort, availability=MONDAY) for _ in range(2)]
    late = add_mentee(cohort, availability=TUESDAY)

    run, page = run_by_form(client, cohort, minimum=2, common_slot="on")

    assert pairs(run) == {early[0].pk: mentor.pk, early[1].pk: mentor.pk, late.pk: None}
    text = page.content.decode()
    assert "All are free on Monday, 9:00–11:00" in text
    assert "at least 2 mentees and an hour at which all are free" in text
    assert options(page) == [
        "A group needs no hour at which all are free",
        "One mentee alone may be a group, and a group needs no common hour",
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
    run, _page = run_by_form(client, cohort, minimum=2)

    page = client.get(run.proposals.exclude(mentor=None).first().get_absolute_url())

    (other,) = page.context["next_best"]
    assert other.words == "This would cost the whole nothing."
    assert "with all locks and wishes for the groups" in page.content.decode()


def test_the_cost_of_excluding_keeps_what_was_asked_of_the_groups(client, cohort, coordinator):
    add_mentor(cohort, capacity=2)
    for _ in range(2):
        add_mentee(cohort)
    run, _page = run_by_form(client, cohort, minimum=2)
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
