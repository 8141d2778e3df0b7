"""What somebody tries who means no good, or is only curious."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from lms.jobs.models import Job
from lms.notices.models import Notice
from lms.privacy.actions.erasing import erase_at_once
from mentoring_ext.groups.actions import close_group
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions import naming
from mentoring_ext.matching.actions.answering import accept_request, decline_request
from mentoring_ext.matching.actions.asking import ask_for_change, confirm_match, withdraw_request
from mentoring_ext.matching.actions.proving import start_confirming
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.importing.actions import check_sheets
from mentoring_ext.matching.models import Letter, MatchRequest, PairRule, Proposal
from mentoring_ext.matching.privacy import erase
from mentoring_ext.matching.reports.standing import standing_of
from mentoring_ext.programmes.models import Role
from tests import make
from tests.mentoring_ext.matching.blind_cohort import rename_everybody, told, traces_of
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor

pytestmark = pytest.mark.django_db
STRANGE = ["²", "٣", "9" * 5000, "9" * 30, "-1", "1e3", "\x00"]
SECRET = "He never lets me speak."


def address(name, *keys):
    return reverse(f"mentoring_matching:{name}", args=keys)


@pytest.fixture
def published(cohort, coordinator, people):
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    return actions.publish_run(run, actor=coordinator, at=AT)


@pytest.fixture
def group(published):
    return MentoringGroup.objects.filter(cohort=published.cohort).first()


@pytest.mark.parametrize("number", STRANGE)
def test_a_strange_number_is_no_error_of_the_server(client, cohort, coordinator, run, number):
    proposal = run.proposals.first()
    move = address("proposal_move", cohort.pk, run.pk, proposal.pk)
    publish = address("run_publish", cohort.pk, run.pk)
    words = {name: field.initial for name, field in client.get(publish).context["form"].fields.items()}

    answers = [
        client.post(address("run_undo", cohort.pk, run.pk), {"seen": number}),
        client.get(move, {"place": number}),
        client.get(move, {"place": f"{number}-{number}"}),
        client.post(move, {"place": number, "seen": number}),
        client.post(address("proposal_lock", cohort.pk, run.pk, proposal.pk), {"reason": "So", "seen": number}),
        client.get(address("run_detail", cohort.pk, run.pk), {"page": number}),
        client.get(address("run_compare", cohort.pk), {"first": number, "second": number}),
        client.post(address("run_list", cohort.pk), {"size": number, "minimum": number, "age": number}),
        client.post(address("conflict_new", cohort.pk), {"mentee": number, "mentor": number}),
        client.post(address("offline_new", cohort.pk), {"mentees": [number], "mentor": number}),
        client.post(publish, words | {"publish": "1", "seen": number}),
        client.post(address("sheet_ask", cohort.pk, run.pk), {"person": number, "kind": "hours", "hours": [number]}),
        client.post(address("run_close", cohort.pk, run.pk), {"seen": number}),
        client.post(address("factor_list", cohort.pk), {"label": "So", "mentee_question": number, "far": number}),
        client.get(address("letter_list", cohort.pk, run.pk), {"page": number}),
    ]

    assert {answer.status_code for answer in answers} <= {200, 302, 422}


def test_a_cohort_that_no_database_can_hold_is_not_found(client, coordinator, run):
    answer = client.get(address("run_detail", 10**30, run.pk))

    assert answer.status_code == 404


def test_names_hidden_for_a_second_pairing_stay_out_of_the_first_ones_letters(client, cohort, coordinator, people):
    rename_everybody(cohort)
    first, other = (
        actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT) for _time in range(2)
    )
    actions.publish_run(first, actor=coordinator, at=AT)
    naming.call_by_numbers(cohort, actor=coordinator, at=AT)

    answers = [client.get(address("run_publish", cohort.pk, run.pk), follow=True) for run in (first, other)]

    assert [told(answer, traces_of(cohort)) for answer in answers] == [[], []]


def test_requests_of_published_groups_name_nobody_who_waits_without_a_name(client, cohort, coordinator, group):
    mentee = group.people()[1]
    request = ask_for_change(group, mentee, actor=mentee, kind="other", words=SECRET, at=AT)
    waiting = add_mentee(cohort)
    rename_everybody(cohort)
    waiting.refresh_from_db()
    mentee.refresh_from_db()
    naming.call_by_numbers(cohort, actor=coordinator, at=AT)
    client.force_login(coordinator)
    pages = [address(f"request_{name}", cohort.pk, request.pk) for name in ("detail", "decline", "accept")]

    answers = [client.get(address("request_list", cohort.pk)), client.get(pages[0])]
    answers += [client.post(page, {"seen": "x"}, follow=True) for page in pages[1:]]

    secret = [waiting.first_name, waiting.last_name, waiting.email, waiting.username]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 200]
    assert [told(answer, secret) for answer in answers] == [[], [], [], []]
    assert told(answers[1], [mentee.first_name])


def test_nobody_of_the_group_sees_by_the_confirmations_that_somebody_asks_for_another_match(client, group):
    mentee = group.people()[1]
    for person in group.people():
        confirm_match(group, actor=person, at=AT)
    client.force_login(group.mentor)
    before = client.get(address("match_say", group.pk)).content.decode()

    ask_for_change(group, mentee, actor=mentee, kind="other", words=SECRET, at=AT + timedelta(hours=1))
    after = client.get(address("match_say", group.pk)).content.decode()

    counted = [re.findall(r"\d of \d in your group", page) for page in (before, after)]
    assert counted[0] and counted[0] == counted[1]


def test_who_was_declined_can_confirm_anew(group, coordinator):
    mentee = group.people()[1]
    confirm_match(group, actor=mentee, at=AT)
    asked = AT + timedelta(hours=1)
    request = ask_for_change(group, mentee, actor=mentee, kind="other", words=SECRET, at=asked)
    decline_request(request, actor=coordinator, answer="Give it a try.", at=asked)
    between = standing_of(group, mentee, asked)

    confirm_match(group, actor=mentee, at=asked + timedelta(hours=1))

    assert between.is_due
    assert standing_of(group, mentee, asked).confirmed


def test_asking_again_and_again_calls_the_coordinators_three_times_a_day(client, group, coordinator):
    mentee = group.people()[1]
    for minute in range(3):
        at = AT + timedelta(minutes=minute)
        request = ask_for_change(group, mentee, actor=mentee, kind="other", words=SECRET, at=at)
        withdraw_request(request, actor=mentee, at=at)
    asked = {"actor": mentee, "kind": "other", "words": SECRET}

    with pytest.raises(errors.AskedTooOften):
        ask_for_change(group, mentee, at=AT + timedelta(hours=1), **asked)

    assert Notice.objects.filter(recipient=coordinator, kind="match_asked").count() == 3
    assert ask_for_change(group, mentee, at=AT + timedelta(days=2), **asked).is_waiting


def test_asking_too_often_is_told_on_the_page(client, group):
    mentee = group.people()[1]
    now = timezone.now()
    MatchRequest.objects.bulk_create(
        MatchRequest(group=group, mentee=mentee, asked_by=mentee, kind="other", asked_at=now, state="withdrawn")
        for _time in range(3)
    )
    client.force_login(mentee)

    answer = client.post(address("match_ask", group.pk), {"kind": "other", "words": SECRET})

    assert answer.status_code == 422
    assert "several times today" in answer.content.decode()
    assert SECRET in answer.content.decode()


def test_asking_about_a_sheet_and_taking_it_back_calls_a_person_three_times_a_day(cohort, coordinator, people):
    mentor = people[0][0]
    asked = {"kind": "hours", "hours": [9, 9, 8], "actor": coordinator}
    for hour in range(3):
        question = actions.ask_about_sheet(cohort, mentor, at=AT + timedelta(hours=hour), **asked)
        actions.take_back_question(question, actor=coordinator, at=AT + timedelta(hours=hour))

    with pytest.raises(errors.AskedSheetTooOften):
        actions.ask_about_sheet(cohort, mentor, at=AT + timedelta(hours=4), **asked)

    assert question.hours == [8, 9]
    assert Notice.objects.filter(recipient=mentor, kind="sheet_asked").count() == 3
    assert actions.ask_about_sheet(cohort, mentor, at=AT + timedelta(days=2), **asked).is_waiting


def test_pressing_again_and_again_starts_one_task(client, cohort, coordinator, run):
    pages = [address(name, cohort.pk, run.pk) for name in ("changes_seek", "changes_seek")]

    jobs = {client.post(page)["Location"] for page in pages}
    confirming = {start_confirming(run, repeat=repeat, actor=coordinator, at=AT) for repeat in (True, True, False)}

    assert len(jobs) == 1
    assert len(confirming) == 2
    assert Job.objects.count() == 3


def test_a_group_made_offline_is_not_lost_by_a_lock_in_an_older_pairing(cohort, coordinator, people, run):
    placed = run.proposals.exclude(mentor=None).first()
    other = next(mentor for mentor in people[0] if mentor != placed.mentor)
    entered = {"mentor": other, "mentees": [placed.mentee], "reason": "They met."}
    actions.enter_offline(cohort, actor=coordinator, at=AT, **entered)

    with pytest.raises(errors.RulesContradict):
        actions.lock_pair(run, placed, actor=coordinator, reason="So", at=AT)

    assert PairRule.objects.get(mentee=placed.mentee, kind="fixed").mentor == other


def test_a_pairing_against_a_group_made_offline_since_is_not_published(cohort, coordinator, people, run):
    placed = run.proposals.exclude(mentor=None).first()
    other = next(mentor for mentor in people[0] if mentor != placed.mentor)
    entered = {"mentor": other, "mentees": [placed.mentee], "reason": "They met."}
    actions.enter_offline(cohort, actor=coordinator, at=AT, **entered)

    with pytest.raises(errors.PeopleChanged):
        actions.publish_run(run, actor=coordinator, at=AT)

    assert not cohort.groups.exists()


def test_nothing_names_somebody_who_was_erased(cohort, coordinator, people):
    rename_everybody(cohort)
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    proposal = run.proposals.exclude(mentor=None).first()
    mentor, name = proposal.mentor, str(proposal.mentor)
    stays = run.proposals.exclude(mentor=None).exclude(mentor=mentor).first() or proposal
    actions.lock_pair(run, stays, actor=coordinator, reason=f"{name} said so.", at=AT)
    Proposal.objects.filter(pk=stays.pk).update(moved_because=f"{name} said so.")
    actions.publish_run(run, actor=coordinator, at=AT)
    assert Letter.objects.filter(body__contains=name).exclude(recipient=mentor).exists()
    for each in MentoringGroup.objects.all():
        close_group(each, actor=coordinator, at=AT, because="They moved away.")

    erase_at_once(mentor, reason="So", at=timezone.now())

    texts = [text for letter in Letter.objects.all() for text in (letter.subject, letter.body)]
    texts += run.changes.values_list("reason", flat=True)
    texts += PairRule.objects.values_list("reason", flat=True)
    texts += run.proposals.values_list("moved_because", flat=True)
    assert len(texts) > 4
    assert [text for text in texts if name in text] == []


def test_of_who_was_erased_not_even_the_key_stands_in_an_accepted_request(cohort, coordinator):
    mentors = [add_mentor(cohort, capacity=3) for _place in range(2)]
    mentees = [add_mentee(cohort) for _place in range(3)]
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    actions.publish_run(run, actor=coordinator, at=AT)
    mentee = run.proposals.get(mentee=mentees[0]).mentee
    request = ask_for_change(
        MentoringGroup.objects.of(mentee).get(), mentee, actor=mentee, kind="other", words=SECRET, at=AT
    )
    accept_request(request, actor=coordinator, at=AT)
    request.refresh_from_db()
    [[_mentee, _former, key]] = request.moves

    erase(next(mentor for mentor in mentors if mentor.pk == key))

    request.refresh_from_db()
    assert request.moves == [[mentee.pk, _former, None]]


@pytest.mark.parametrize("text", ["email\nstranger@example.org\n", "username\nstranger\n"])
def test_a_file_finds_out_nobodys_name(cohort, coordinator, text):
    make.make_user(first_name="Xfirstaq", last_name="Xlastaq", email="stranger@example.org", username="stranger")

    plan = check_sheets(BytesIO(text.encode()), cohort=cohort, role=Role.MENTEE, actor=coordinator)
    named = check_sheets(
        BytesIO(f"name,{text}".replace("\ns", "\nSomebody Else,s").encode()),
        cohort=cohort,
        role=Role.MENTEE,
        actor=coordinator,
    )

    assert (plan.entries, [error.column for error in plan.errors]) == ([], ["name"])
    assert {entry.name for entry in named.entries} <= {"Somebody Else"}
    assert "Xlastaq" not in str(named.errors)


MENTORS = "id,languages,hours,{name}\nm1,en,Mon 9-12,{one}\nm2,en,Mon 9-12,{two}\n"
MENTEES = "id,languages,hours,{name}\na,en,Mon 9-12,{two}\nb,en,Mon 9-12,{one}\n"


@pytest.fixture
def match(tmp_path):
    """Run the command with a weights file and figures in a column; return the result."""

    def run(weights="{}", *options, name="years", one="5", two="7"):
        for side, text in (("mentors", MENTORS), ("mentees", MENTEES)):
            (tmp_path / side).write_text(text.format(name=name, one=one, two=two))
        (tmp_path / "weights").write_text(weights)
        files = [f"--{each}={tmp_path / each}" for each in ("mentors", "mentees", "weights")]
        call_command("match", *files, f"--out={tmp_path / 'out'}", *options)
        return json.loads((tmp_path / "out").read_text(), parse_constant=pytest.fail)

    return run


NEAR = '{{"years": {{"weight": 5, "rule": "near", "far": {far}}}}}'


@pytest.mark.parametrize(
    "weights",
    [
        *(NEAR.format(far=far) for far in ("Infinity", "NaN", "1e308", "1e-320", "1" + "0" * 400, "-1", "true")),
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"": {"weight": 3}}',
        '{"Interests": {"weight": 3}}',
        '{"Birth Year": {"weight": 3}}',
        '{"availability": {"weight": 3}}',
        '{"Years": {"weight": 3}, "years": {"weight": 2}}',
    ],
)
def test_weights_that_no_score_follows_from_are_refused(match, weights, tmp_path):
    with pytest.raises(CommandError):
        match(weights)

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "option", ["--seed=-1", f"--size={10**30}", f"--size={2**63}", "--seconds=-1", "--seconds=nan", "--minutes=-5"]
)
def test_options_beyond_all_sense_are_refused(match, option):
    with pytest.raises(CommandError):
        match(NEAR.format(far=1), option)


def test_figures_too_large_to_compare_are_an_error_of_their_cell(match, capsys):
    with pytest.raises(SystemExit):
        match(NEAR.format(far=1), one="1e308", two="-1e308")

    assert {error["column"] for error in json.loads(capsys.readouterr().out)["errors"]} == {"years"}


def test_very_large_figures_give_scores(match):
    found = match(NEAR.format(far=0.001), one="1e12", two="-1e12")

    assert all(0 <= pair["score"] <= 1_000_000 for pair in found["pairs"])
    assert found["total"] == sum(pair["score"] for pair in found["pairs"])


@pytest.mark.parametrize("change", [{"total": 10**400}, {"bound": 10**400}, {"seed": "[" * 100_000}])
def test_a_result_that_cannot_be_read_is_refused(match, change, tmp_path):
    found = match(NEAR.format(far=1))
    text = json.dumps(found | change).replace('"[', "[").replace('["', "[")
    (tmp_path / "out").write_text(text)

    with pytest.raises(CommandError):
        call_command("verify_match", str(tmp_path / "out"))
