"""Every address of the pairing that a coordinator can open before publishing, while names are hidden."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.urls import PAIRING, urlpatterns
from tests import make
from tests.mentoring_ext.matching.blind_cohort import fill, told, traces_of

ADDRESSES = {
    str(address.name): sorted(address.pattern.converters)
    for address in urlpatterns
    if str(address.pattern).startswith(PAIRING)
}
AFTER_PUBLISHING = {"request_detail", "request_accept", "request_decline"}
"""A request for another match comes from a group that is published."""
NEED_NAMES = {"conflict_new", "offline_new", "sheet_import", "sheet_check"}
"""Pages that ask first."""
SHOW_NAMES = {"names_show", "names_look", "run_close"}
"""Deeds that end it."""


@pytest.fixture(scope="module")
def everything(django_db_setup, django_db_blocker):
    """The cohort with its coordinator and all that happened in it; made once, for all of it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        cohort = make.make_cohort()
        coordinator = make.make_coordinator(cohort, first_name="Cora")
        yield cohort, coordinator, fill(cohort, coordinator), traces_of(cohort)
        transaction.set_rollback(True)


@pytest.fixture
def kept(everything, django_db_blocker):
    """Everything as it was made, whatever a test changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield everything
        transaction.set_rollback(True)


@pytest.fixture
def cohort(kept):
    return kept[0]


@pytest.fixture
def coordinator(kept):
    return kept[1]


@pytest.fixture
def client(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def world(kept):
    return kept[2]


@pytest.fixture
def traces(kept):
    return kept[3]


def addresses_of(name, cohort, world):
    """Return the addresses of this name: of every run, and of mentees placed, left over, locked, moved and gone."""
    question = cohort.sheet_questions.get().pk
    parts = {"cohort_pk": cohort.pk, "side": "mentors", "page": "conflict", "question_pk": question}
    own = {"rule_lift": [world["rule"]], "factor_remove": [world["factor"]], "sheet_check": [world["check"]]}
    runs = [world["run"], world["first"], world["failed"]]
    if "run_pk" in ADDRESSES[name]:
        keys = [{"run_pk": world["run"].pk, "pk": pk} for pk in world["run"].proposals.values_list("pk", flat=True)]
    elif "pk" in ADDRESSES[name]:
        keys = [{"pk": thing.pk} for thing in own.get(name, runs)]
    else:
        keys = [{}]
    known = {part: value for part, value in parts.items() if part in ADDRESSES[name]}
    return [reverse(f"mentoring_matching:{name}", kwargs=known | key) for key in keys]


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - AFTER_PUBLISHING))
def test_no_page_names_anybody(client, cohort, world, traces, name):
    for address in addresses_of(name, cohort, world):
        answer = client.get(address, follow=True)

        assert answer.status_code in (200, 405), address
        assert told(answer, traces) == [], address


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - AFTER_PUBLISHING - NEED_NAMES - SHOW_NAMES))
def test_nothing_that_is_sent_is_answered_with_a_name(client, cohort, world, traces, name):
    seen = MatchRun.objects.get(pk=world["run"].pk).revision
    for sent in ({}, {"reason": "So", "seen": seen, "place": "none"}, {"verify": "1"}, {"effect": "1"}):
        for address in addresses_of(name, cohort, world):
            answer = client.post(address, sent, follow=True)

            assert answer.status_code in (200, 404, 405, 422), address
            assert told(answer, traces) == [], address


def test_every_deed_of_the_workbench_answers_with_numbers(client, cohort, world, traces):
    run = world["run"]
    for proposal in run.proposals.all():
        for deed in ("move", "lock", "forbid"):
            page = reverse(f"mentoring_matching:proposal_{deed}", args=[cohort.pk, run.pk, proposal.pk])
            form = client.get(page).context.get("form")
            places = form.fields["place"].choices if form and "place" in form.fields else [("", "")]
            for place, _words in places[:3]:
                answer = client.post(page, {"place": place, "reason": "So"}, follow=True)

                assert told(answer, traces) == [], (deed, place)


def test_suggestions_are_asked_for_by_numbers(client, cohort, world, traces):
    page = world["run"].get_absolute_url()
    asked = client.get(page).content.decode()
    sent = re.findall(r'name="person" value="(\w+)"><input type="hidden" name="kind" value="(\w+)"', asked)
    address = reverse("mentoring_matching:sheet_ask", args=[cohort.pk, world["run"].pk])

    answers = [client.post(address, {"person": person, "kind": kind}, follow=True) for person, kind in sent]

    assert sent
    assert cohort.sheet_questions.count() == len(sent) + 1
    for answer in answers:
        assert re.search(r"Ment(or|ee) \d+ is asked", answer.content.decode())
        assert told(answer, traces) == []


def test_while_names_are_hidden_a_key_tells_nobodys_number(client, cohort, world):
    run = world["run"]
    mentor = run.mentors.first().mentor_id
    placed = run.proposals.filter(mentor=None).first() or run.proposals.first()
    ask = reverse("mentoring_matching:sheet_ask", args=[cohort.pk, run.pk])
    move = reverse("mentoring_matching:proposal_move", args=[cohort.pk, run.pk, placed.pk])

    asked = client.post(ask, {"person": mentor, "kind": "place"}, follow=True)
    moved = client.get(move, {"place": mentor})

    assert "does not hold any more" in asked.content.decode()
    assert not moved.context["only"]


def test_addresses_stand_in_no_order_of_the_accounts(world):
    keys = [list(world[name].proposals.order_by("pk").values_list("mentee", flat=True)) for name in ("first", "run")]

    assert any(order != sorted(order) for order in keys)


def test_the_protocol_stands_in_the_order_of_the_numbers(client, cohort, world):
    address = reverse("mentoring_matching:protocol_file", args=[cohort.pk, world["run"].pk])
    hidden = client.get(address).json()
    cohort.names_steps.all().delete()
    shown = client.get(address).json()

    numbers = [int(handle.removeprefix("mentee")) for handle in hidden["result"]["mentees"]]
    assert numbers == sorted(numbers)
    assert set(hidden["certificate"]) == {"kind", "sha256"}
    assert len(hidden["result"]["mentor_of"]) == len(numbers) == len(shown["result"]["mentees"])


def test_broken_locks_are_told_by_numbers(client, cohort, world, traces, coordinator):
    page = reverse("mentoring_matching:run_list", args=[cohort.pk])
    form = client.get(page).context["form"]
    weights = {name: field.initial or 0 for name, field in form.fields.items()}
    rule = world["rule"]
    cohort.pair_rules.create(mentee=rule.mentee, mentor=rule.mentor, kind="fixed", made_at=rule.made_at)

    answer = client.post(page, weights | form.initial)

    assert answer.status_code == 422
    assert "are locked" in answer.content.decode()
    assert told(answer, traces) == []


@pytest.mark.parametrize("name", sorted(NEED_NAMES))
def test_a_page_that_needs_names_asks_first_and_keeps_who_looked(client, cohort, world, traces, coordinator, name):
    (page,) = addresses_of(name, cohort, world)
    asked = client.get(page)
    kind = str(asked.context["page"])

    sent = {"next": page}
    opened = client.post(reverse("mentoring_matching:names_look", args=[cohort.pk, kind]), sent, follow=True)

    assert opened.redirect_chain[-1][0] == page
    assert opened.context["form"]
    assert bool(told(opened, traces)) == (name in ("conflict_new", "offline_new"))
    step = cohort.names_steps.get(kind="looked")
    assert (step.page, step.made_by) == (kind, coordinator)
    assert told(client.get(reverse("mentoring_matching:rule_list", args=[cohort.pk])), traces) == []


@pytest.mark.parametrize("name", ["run_list", "run_detail", "run_compare", "run_history", "proposal_detail"])
def test_without_blind_mode_the_same_pages_name_people(client, cohort, world, traces, name):
    cohort.names_steps.all().delete()

    found = [told(client.get(address), traces) for address in addresses_of(name, cohort, world)]

    assert any(found)


def test_names_come_with_the_letters_after_the_decision_is_closed(client, cohort, world, traces):
    publish = reverse("mentoring_matching:run_publish", args=[cohort.pk, world["run"].pk])
    before = client.get(publish, follow=True)

    after = client.post(before.request["PATH_INFO"], {"seen": before.context["run"].revision}, follow=True)

    assert told(before, traces) == []
    assert after.redirect_chain[-1][0] == publish
    assert told(after, traces)
