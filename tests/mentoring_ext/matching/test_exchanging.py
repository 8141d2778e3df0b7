from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.urls import reverse

from mentoring_ext.matching import actions
from mentoring_ext.matching.models import Change
from mentoring_ext.matching.privacy import erase
from mentoring_ext.matching.reports import of_hundred
from tests.mentoring_ext.matching.conftest import AT
from tests.own_data import own_data

pytestmark = pytest.mark.django_db
CARRY_OVER = "mentoring_ext.matching.migrations.0019_leave_reasons_with_who_was_moved"


def by_hand(run):
    found = run.proposals.values_list("mentee", "moved_because", "exchanged_with")
    return {mentee: told for mentee, *told in found}


@pytest.fixture
def exchanged(run, coordinator, people):
    """The third mentee goes to the first mentor, the first mentee gives way."""
    (first, _second), mentees = people
    return actions.move_mentee(
        run, mentees[2], first, actor=coordinator, reason="Asked for a painter", at=AT, swap_with=mentees[0]
    )


def test_in_an_exchange_each_reads_what_concerns_them(run, exchanged, people):
    _mentors, mentees = people

    assert by_hand(run) == {
        mentees[0].pk: ["", mentees[2].pk],
        mentees[1].pk: ["", None],
        mentees[2].pk: ["Asked for a painter", mentees[0].pk],
    }


def test_who_gave_way_does_not_get_the_reason_of_the_other(run, exchanged, coordinator, people):
    _mentors, mentees = people
    actions.publish_run(run, actor=coordinator, at=AT)

    gave_way, was_moved = (own_data(mentees[at], "pairing")["proposal"] for at in (0, 2))

    assert "Asked for a painter" not in str(gave_way)
    assert "Asked for a painter" in str(was_moved)
    assert not any("exchanged_with" in row for row in [*gave_way, *was_moved])


def test_the_page_of_the_run_names_both(client, run, exchanged, people):
    _mentors, mentees = people

    page = client.get(run.get_absolute_url()).content.decode()

    assert page.count("Asked for a painter") == 1
    assert f"In exchange with {mentees[0]}." in page
    assert f"In exchange with {mentees[2]}." in page
    assert f"Undo “Moved: {mentees[2]}, {mentees[0]}”" in page


def test_the_message_names_both_and_its_totals_stand_on_the_page(client, run, people):
    (first, second), mentees = people
    proposal = run.proposals.get(mentee=mentees[2])
    url = reverse("mentoring_matching:proposal_move", args=[run.cohort_id, run.pk, proposal.pk])

    answer = client.post(url, {"place": f"{first.pk}-{mentees[0].pk}", "reason": "So", "seen": 0})

    page = client.get(run.get_absolute_url())
    total, before = page.context["total"], of_hundred(run.total)
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        f"{mentees[2]} is with {first} now, and {mentees[0]} is with {second}. "
        f"The total score is {total} now, before it was {before}."
    ]
    assert page.context["by_hand"].total == f"−{before - total}"


def test_an_exchange_that_is_undone_leaves_earlier_moves_told(run, coordinator, people, exchanged):
    (_first, second), mentees = people
    before = by_hand(run)
    actions.move_mentee(run, mentees[0], None, actor=coordinator, reason="Ill", at=AT)

    actions.undo_change(run, actor=coordinator, at=AT)

    assert by_hand(run) == before
    assert run.proposals.get(mentee=mentees[0]).mentor == second


def test_who_is_erased_is_named_nowhere(run, exchanged, people):
    _mentors, mentees = people

    erase(mentees[2])

    assert by_hand(run) == {mentees[0].pk: ["", None], mentees[1].pk: ["", None]}


def test_exchanges_of_before_are_carried_over_and_back(run, exchanged, people):
    _mentors, mentees = people
    after = by_hand(run)
    run.proposals.filter(mentee=mentees[0]).update(moved_because="Asked for a painter")
    run.proposals.update(exchanged_with=None)
    carry_over = import_module(CARRY_OVER)

    carry_over.name_each_other(apps, None)
    forwards = by_hand(run)
    carry_over.give_both_the_reason(apps, None)

    assert forwards == after
    assert {by_hand(run)[mentees[at].pk][0] for at in (0, 2)} == {"Asked for a painter"}
    assert Change.objects.count() == 1


def test_each_free_place_costs_the_difference_of_the_scores_beside_it(client, run, people):
    (first, second), _mentees = people
    proposal = run.proposals.filter(mentor=first).first()
    url = reverse("mentoring_matching:proposal_move", args=[run.cohort_id, run.pk, proposal.pk])

    answer = client.get(url)

    place = answer.context["form"].places[str(second.pk)]
    assert place.cost == place.score - answer.context["score"]


def test_an_exchange_says_how_the_other_one_fits(client, run, people):
    (first, second), mentees = people
    proposal = run.proposals.get(mentee=mentees[2])
    url = reverse("mentoring_matching:proposal_move", args=[run.cohort_id, run.pk, proposal.pk])

    place = client.get(url).context["form"].places[f"{first.pk}-{mentees[0].pk}"]

    now = run.proposals.get(mentee=mentees[0]).points
    (told,) = (note for note in place.notes if note.startswith(str(mentees[0])))
    then = int(told.split(" with ")[1].split(",")[0])
    assert told == f"{mentees[0]} would fit {second} with {then}, now {now}."
    assert place.cost == (place.score - proposal.points) + (then - now)
