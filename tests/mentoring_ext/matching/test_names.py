from datetime import timedelta

import pytest
from django.urls import reverse

from lms.journal.models import Entry
from lms.people.naming import calling
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions import naming
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import Alias, MatchRun, NamesStep, PairingDefaults
from mentoring_ext.matching.naming import Aliases, are_names_hidden, closed_run, looks_now, names_out
from mentoring_ext.matching.privacy import erase
from mentoring_ext.programmes.models import Role
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
Kind = NamesStep.Kind


@pytest.fixture
def hidden(cohort, coordinator):
    return naming.call_by_numbers(cohort, actor=coordinator, at=AT)


def address(name, *keys):
    return reverse(f"mentoring_matching:{name}", args=keys)


def kinds(cohort):
    return list(cohort.names_steps.values_list("kind", flat=True))


def test_a_person_is_called_by_another_name_within_the_block():
    person = make.make_user(first_name="Ada", last_name="Byron")

    with calling({person.pk: "Mentee 47"}):
        inside = str(person)

    assert (inside, str(person)) == ("Mentee 47", "Ada Byron")


def test_numbers_stay_and_who_joins_later_gets_any_free_one(cohort, people):
    first = {alias.user_id: alias.number for alias in naming.number_people(cohort)}
    newcomers = [add_mentee(cohort).pk for _place in range(20)]

    second = {alias.user_id: alias.number for alias in naming.number_people(cohort)}

    assert {key: second[key] for key in first} == first
    assert set(second) == {*first, *newcomers}
    assert not all(second[key] > max(first.values()) for key in newcomers)


def test_numbers_follow_neither_keys_nor_names():
    cohort = make.make_cohort()
    keys = [make.make_member(cohort, Role.MENTEE).pk for _place in range(30)]
    numbers = {alias.user_id: alias.number for alias in naming.number_people(cohort)}

    drawn = [numbers[key] for key in keys]

    assert drawn != sorted(drawn)
    assert set(drawn) < set(range(1, 100))
    assert len(set(drawn)) == 30


def test_many_people_get_numbers_with_room_between(cohort):
    for _place in range(51):
        make.make_member(cohort, Role.MENTEE)

    naming.number_people(cohort)

    assert max(Alias.objects.filter(role=Role.MENTEE).values_list("number", flat=True)) > 99


def test_names_are_hidden_once_and_shown_with_a_reason(cohort, coordinator, hidden):
    with pytest.raises(errors.NamesHiddenAlready):
        naming.call_by_numbers(cohort, actor=coordinator, at=AT)
    with pytest.raises(errors.ReasonMissing):
        naming.show_names(cohort, actor=coordinator, reason=" ", at=AT)

    step = naming.show_names(cohort, actor=coordinator, reason="A complaint", at=AT)

    assert (are_names_hidden(cohort), step.reason) == (False, "A complaint")
    assert Entry.objects.filter(verb="changed", data__kind="shown", data__reason="A complaint").count() == 1
    for deed in (naming.show_names, naming.look_at_names):
        with pytest.raises(errors.NamesNotHidden):
            more = {"reason": "So"} if deed is naming.show_names else {"page": "conflict"}
            deed(cohort, actor=coordinator, at=AT, **more)


def test_nothing_is_published_before_the_decision_is_closed(cohort, coordinator, hidden, run):
    with pytest.raises(errors.NamesStillHidden):
        actions.publish_run(run, actor=coordinator, at=AT)

    naming.close_decision(run, actor=coordinator, at=AT, seen=run.revision)
    actions.publish_run(run, actor=coordinator, at=AT)

    assert kinds(cohort) == [Kind.HIDDEN, Kind.CLOSED]
    assert MatchRun.objects.get().is_published
    assert closed_run(cohort) is None


def test_closing_asks_for_hidden_names_for_groups_and_for_the_newest_state(cohort, coordinator, run):
    with pytest.raises(errors.NamesNotHidden):
        naming.close_decision(run, actor=coordinator, at=AT)
    naming.call_by_numbers(cohort, actor=coordinator, at=AT)
    with pytest.raises(errors.RunChanged):
        naming.close_decision(run, actor=coordinator, at=AT, seen=run.revision + 1)
    run.proposals.update(mentor=None)
    with pytest.raises(errors.NothingToPublish):
        naming.close_decision(run, actor=coordinator, at=AT)


def test_a_closed_decision_changes_only_after_it_is_opened_again_with_a_reason(
    cohort, coordinator, hidden, run, people
):
    naming.close_decision(run, actor=coordinator, at=AT)
    mentee = people[1][0]
    for deed in (
        lambda: actions.move_mentee(run, mentee, None, actor=coordinator, reason="So", at=AT),
        lambda: actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT),
        lambda: naming.call_by_numbers(cohort, actor=coordinator, at=AT),
    ):
        with pytest.raises(errors.DecisionClosed):
            deed()
    with pytest.raises(errors.ReasonMissing):
        naming.reopen_decision(cohort, actor=coordinator, reason="", at=AT)

    naming.reopen_decision(cohort, actor=coordinator, reason="They are cousins", at=AT)
    actions.move_mentee(run, mentee, None, actor=coordinator, reason="So", at=AT)

    assert kinds(cohort) == [Kind.HIDDEN, Kind.CLOSED, Kind.REOPENED]
    assert not are_names_hidden(cohort)
    with pytest.raises(errors.DecisionOpen):
        naming.reopen_decision(cohort, actor=coordinator, reason="So", at=AT)


def test_another_run_is_not_published_while_one_is_decided(cohort, coordinator, hidden, run):
    other = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    naming.close_decision(run, actor=coordinator, at=AT)

    with pytest.raises(errors.DecisionClosed):
        actions.publish_run(other, actor=coordinator, at=AT)


def test_the_programme_hides_names_until_the_first_pairing_keeps_it(cohort, coordinator, people):
    defaults = PairingDefaults.objects.create(programme=cohort.programme, blind=True, changed_at=AT)
    before = are_names_hidden(cohort)
    actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    defaults.delete()

    assert (before, are_names_hidden(cohort)) == (True, True)
    assert kinds(cohort) == [Kind.HIDDEN]


def test_a_cohort_that_paired_with_names_is_not_hidden_by_a_later_default(cohort, run):
    PairingDefaults.objects.create(programme=cohort.programme, blind=True, changed_at=AT)

    assert not are_names_hidden(cohort)


def test_a_look_counts_for_half_an_hour_and_for_one_person(cohort, coordinator, hidden):
    other = make.make_coordinator(cohort)
    naming.look_at_names(cohort, actor=coordinator, page="conflict", at=AT)

    looks = [
        looks_now(cohort, who, page, AT + later)
        for who, page, later in (
            (coordinator, "conflict", timedelta(minutes=29)),
            (coordinator, "conflict", timedelta(minutes=31)),
            (coordinator, "offline", timedelta(minutes=1)),
            (other, "conflict", timedelta(minutes=1)),
        )
    ]

    assert looks == [True, False, False, False]


def test_what_is_sent_to_a_page_with_names_is_not_lost(client, cohort, coordinator, hidden, people):
    (mentor, _other), mentees = people
    sent = {"mentee": mentees[0].pk, "mentor": mentor.pk, "kind": "family", "reason": "Cousins"}

    client.post(address("conflict_new", cohort.pk), sent)

    assert cohort.pair_rules.get().reason == "Cousins"
    assert kinds(cohort) == [Kind.HIDDEN, Kind.LOOKED]


def test_the_pages_hide_show_close_and_open_again(client, cohort, coordinator, run):
    bench = address("run_list", cohort.pk)
    client.post(address("names_hide", cohort.pk), follow=True)
    twice = client.post(address("names_hide", cohort.pk), follow=True)
    empty = client.post(address("names_show", cohort.pk), {"reason": ""})
    published = client.post(address("run_publish", cohort.pk, run.pk), {"publish": "1"})
    closed = client.post(address("run_close", cohort.pk, run.pk), {"seen": run.revision})
    board = client.get(run.get_absolute_url())
    without = client.post(address("decision_reopen", cohort.pk), {"reason": ""})
    opened = client.post(address("decision_reopen", cohort.pk), {"reason": "A mistake"})

    assert "hidden already" in twice.content.decode()
    assert (empty.status_code, empty.context["form"].errors["reason"]) == (422, ["Write why."])
    assert published["Location"] == address("run_close", cohort.pk, run.pk)
    assert closed["Location"] == address("run_publish", cohort.pk, run.pk)
    assert "The decision is closed" in board.content.decode()
    assert "data-pick draggable" not in board.content.decode()
    assert (without.status_code, opened["Location"]) == (422, run.get_absolute_url())
    assert kinds(cohort) == [Kind.HIDDEN, Kind.CLOSED, Kind.REOPENED]
    assert client.get(bench).status_code == 200


def test_a_stale_page_does_not_close_the_decision(client, cohort, coordinator, hidden, run):
    answer = client.post(address("run_close", cohort.pk, run.pk), {"seen": run.revision + 1}, follow=True)

    assert "Somebody changed this pairing" in answer.content.decode()
    assert kinds(cohort) == [Kind.HIDDEN]


def test_an_erased_person_loses_the_number_and_the_steps_stay(cohort, coordinator, hidden, people):
    naming.number_people(cohort)
    mentee = people[1][0]

    erase(mentee)
    erase(coordinator)

    assert not Alias.objects.filter(user=mentee).exists()
    assert cohort.names_steps.get().made_by is None


def test_hidden_names_cost_the_same_queries_for_many(client, cohort, coordinator, hidden, people):
    actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    def one_more():
        add_mentor(cohort, capacity=2)
        add_mentee(cohort)
        naming.number_people(cohort)

    assert_same_queries(lambda: client.get(address("run_list", cohort.pk)), one_more)


def test_the_protocol_tells_when_names_were_hidden_seen_and_why(client, cohort, coordinator, hidden, run, people):
    naming.look_at_names(cohort, actor=coordinator, page="offline", at=AT + timedelta(minutes=1))
    actions.lock_pair(run, run.proposals.all()[0], actor=coordinator, reason="So", at=AT + timedelta(minutes=2))
    naming.close_decision(run, actor=coordinator, at=AT + timedelta(minutes=3))
    naming.reopen_decision(cohort, actor=coordinator, reason="They are cousins", at=AT + timedelta(minutes=4))
    actions.lock_pair(run, run.proposals.all()[1], actor=coordinator, reason="So", at=AT + timedelta(minutes=5))

    page = client.get(address("run_protocol", cohort.pk, run.pk)).content.decode()
    file = client.get(address("protocol_file", cohort.pk, run.pk)).json()

    for words in ("Decided without names from", "entering a pair made offline", "because: They are cousins"):
        assert words in page
    assert "1 change by hand was made while names were shown." in page
    assert [step["kind"] for step in file["names"]] == ["hidden", "looked", "closed", "reopened"]
    assert file["changes_with_names"] == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Li worked for Bo Jensen.", "[…] worked for […]."),
        ("li and so on", "li and so on"),
        ("BO and jensen, says Anna", "[…] and […], says […]"),
        ("Ask bo.jensen@work.example or me@home.example!", "Ask […] or […]!"),
        ("bojen77 wrote. Bonn is far.", "[…] wrote. Bonn is far."),
        ("Ann-Marie said no.", "Ann-Marie said no."),
    ],
)
def test_what_people_typed_is_shown_without_names_addresses_and_user_names(cohort, typed, shown):
    make.make_member(cohort, Role.MENTEE, first_name="Li", last_name="Wang", username="liwang")
    make.make_member(cohort, Role.MENTOR, first_name="Bo", last_name="Jensen", username="bojen77")
    make.make_member(cohort, Role.MENTOR, first_name="Anna-Lena", last_name="Berg", username="annalena")

    with calling(Aliases(naming.number_people(cohort))):
        assert names_out(typed) == shown


def test_with_names_shown_everything_typed_stays():
    assert names_out("Bo wrote to bo@example.org.") == "Bo wrote to bo@example.org."
