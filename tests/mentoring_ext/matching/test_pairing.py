from dataclasses import replace

import pytest
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, FACTORS
from mentoring_ext.matching.kept import pack, unpack
from mentoring_ext.matching.models import MatchRun
from mentoring_ext.matching.people import pool_of
from mentoring_ext.matching.personal import PERSONAL
from mentoring_ext.matching.privacy import erase
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.reports import factors_of, helping_in, proposals_of
from mentoring_ext.matching.solver import Refused
from mentoring_ext.matching.solving import tables_of
from mentoring_ext.profiles.models import SensitiveDetails
from mentoring_ext.programmes.models import Phase, Role
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs
from tests.own_data import own_data
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

FORM = DEFAULT_WEIGHTS | {"size": 3, "lone": "free", "objective": "total"}


def test_run_matching_places_everybody_and_keeps_the_proof(run, people):
    (first, second), mentees = people

    assert pairs(run) == {mentees[0].pk: first.pk, mentees[1].pk: first.pk, mentees[2].pk: second.pk}
    assert run.total == run.bound == sum(proposal.score for proposal in run.proposals.all())
    assert Entry.objects.get(verb="matched").object == run
    verify_run(run)


def test_nothing_reaches_anyone_before_it_is_published(run):
    assert Notice.objects.count() == 0
    assert MentoringGroup.objects.count() == 0


def test_the_same_input_gives_the_same_digest_and_pairs(run, cohort, coordinator):
    again = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    other = actions.run_matching(cohort, actor=coordinator, weights={"age": 1}, at=AT)

    assert (again.digest, pairs(again)) == (run.digest, pairs(run))
    assert other.digest != run.digest


def test_the_parts_kept_add_up_to_each_score(run):
    for proposal in run.proposals.all():
        rows = factors_of(tables_of(run.input), proposal, proposal.mentor_id, run.weights)
        assert len(rows) == len(FACTORS) - len(PERSONAL) + 1
        assert sum(row.exact for row in rows) == proposal.score
        assert sum(row.points for row in rows) == proposal.points


def test_personal_details_cannot_be_told_apart(run):
    proposal = run.proposals.first()

    *others, personal = factors_of(tables_of(run.input), proposal, proposal.mentor_id, run.weights)

    assert not {"Age", "Gender"} & {str(row.name) for row in others}
    assert (personal.together, personal.value, personal.most, str(personal.word)) == (True, None, 0, "not shown")


def test_a_changed_result_no_longer_verifies(run):
    run.total += 1

    with pytest.raises(Refused):
        verify_run(run)


def test_a_changed_input_no_longer_verifies(run):
    given = unpack(run.input)
    run.input = pack(replace(given, weights={"age": 1}))

    with pytest.raises(Refused, match="fingerprint"):
        verify_run(run)


def test_only_those_who_are_ready_are_paired(cohort, coordinator, people):
    no_sheet = make.make_member(cohort, Role.MENTEE)
    draft = add_mentee(cohort, state="draft")

    pool = pool_of(cohort)

    assert {person.user: [str(reason) for reason in person.reasons] for person in pool.not_ready} == {
        no_sheet: ["has not begun the sheet"],
        draft: ["has not finished the sheet"],
    }
    assert len(pool.sides.mentees) == 3
    assert pool.places == 4


def test_personal_details_count_only_with_consent(cohort, people):
    (first, _second), _mentees = people
    SensitiveDetails.objects.create(user=first, birth_year=1960)

    assert pool_of(cohort).sides.mentors[0].birth_year is None


def test_somebody_is_left_over_with_the_reason(cohort, coordinator, people):
    lonely = add_mentee(cohort, languages=["sv"], first_language="sv")
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    (crowd,) = helping_in(run, proposals_of(run), tables_of(run.input)).left_over

    assert [proposal.mentee for proposal in crowd.proposals] == [lonely]
    assert [rules for _mentor, _proposal, rules in crowd.rules] == ["no common language"] * 2


def test_too_few_places_are_explained(cohort, coordinator):
    mentor = add_mentor(cohort, capacity=1)
    for _ in range(3):
        add_mentee(cohort)
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    (crowd,) = helping_in(run, proposals_of(run), tables_of(run.input)).left_over

    assert (crowd.competing, crowd.mentors, crowd.places, len(crowd.proposals)) == (3, [mentor], 1, 2)


def test_run_matching_needs_people_and_weights(cohort, coordinator):
    add_mentor(cohort)
    with pytest.raises(errors.NobodyToMatch):
        actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    add_mentee(cohort)
    with pytest.raises(errors.WeightsWrong):
        actions.run_matching(cohort, actor=coordinator, weights={"age": 0}, at=AT)


def test_move_mentee_keeps_the_reason_and_what_it_costs(run, coordinator, people):
    (_first, second), mentees = people

    moved = actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="They know each other", at=AT)

    assert (moved.mentor, moved.moved_because) == (second, "They know each other")
    assert moved.moved_cost == sum(p.score for p in run.proposals.all()) - run.total < 0
    assert Entry.objects.get(verb="moved").data["cost"] == moved.moved_cost


def test_two_mentees_change_places(run, coordinator, people):
    (first, second), mentees = people

    actions.move_mentee(run, mentees[2], first, actor=coordinator, reason="A wish", at=AT, swap_with=mentees[0])

    assert pairs(run) == {mentees[0].pk: second.pk, mentees[1].pk: first.pk, mentees[2].pk: first.pk}


def test_moves_keep_the_rules(run, coordinator, people):
    (first, second), mentees = people

    def move(mentee, mentor, reason="So", swap_with=None):
        actions.move_mentee(run, mentee, mentor, actor=coordinator, reason=reason, at=AT, swap_with=swap_with)

    with pytest.raises(errors.ReasonMissing):
        move(mentees[2], first, reason=" ")
    with pytest.raises(errors.SamePlace):
        move(mentees[0], first)
    with pytest.raises(errors.MentorFull):
        move(mentees[2], first)
    with pytest.raises(errors.MentorFull):
        move(mentees[0], second, swap_with=mentees[1])
    actions.note_conflict(
        run.cohort, mentee=mentees[0], mentor=second, kind="family", actor=coordinator, reason="Cousins", at=AT
    )
    with pytest.raises(errors.RuleBroken, match="conflict of interest"):
        move(mentees[0], second)


def test_publish_opens_the_groups_and_tells_both_sides(run, coordinator, people):
    (first, _second), mentees = people

    actions.publish_run(run, actor=coordinator, at=AT)

    group = MentoringGroup.objects.get(mentor=first)
    assert {member.user for member in group.members.all()} == {mentees[0], mentees[1]}
    assert Notice.objects.filter(kind="group_opened_by_letter").count() == 5
    assert MatchRun.objects.get().is_published
    assert pool_of(run.cohort).in_groups == 3


def test_a_published_run_changes_no_more(run, coordinator, people):
    (_first, second), mentees = people
    actions.publish_run(run, actor=coordinator, at=AT)

    with pytest.raises(errors.AlreadyPublished):
        actions.publish_run(run, actor=coordinator, at=AT)
    with pytest.raises(errors.AlreadyPublished):
        actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="Too late", at=AT)


def test_publish_refuses_a_run_with_nobody_or_with_people_who_left(run, cohort, coordinator, people):
    _mentors, mentees = people
    cohort.memberships.filter(user=mentees[0]).update(state="left")
    with pytest.raises(errors.PeopleChanged):
        actions.publish_run(run, actor=coordinator, at=AT)
    run.proposals.update(mentor=None)
    with pytest.raises(errors.NothingToPublish):
        actions.publish_run(run, actor=coordinator, at=AT)


def test_the_coordinator_runs_reads_moves_and_publishes_on_pages(client, cohort, coordinator, people):
    (_first, second), mentees = people
    made = client.post(reverse("mentoring_matching:run_list", args=[cohort.pk]), FORM)
    run = MatchRun.objects.get()
    proposal = run.proposals.get(mentee=mentees[0])
    why = client.get(proposal.get_absolute_url()).content.decode()
    move_url = reverse("mentoring_matching:proposal_move", args=[cohort.pk, run.pk, proposal.pk])
    moved = client.post(move_url, {"place": str(second.pk), "reason": "They asked"})
    publish_url = reverse("mentoring_matching:run_publish", args=[cohort.pk, run.pk])
    form = client.get(publish_url).context["form"]
    words = {name: form[name].value() for name in form.fields}
    published = client.post(publish_url, words | {"publish": "1"})

    assert [answer.headers["Location"] for answer in (made, moved, published)] == [
        run.get_absolute_url(),
        f"{run.get_absolute_url()}#mentee-{proposal.pk}",
        run.get_absolute_url(),
    ]
    assert "Personality and communication" in why
    assert MentoringGroup.objects.get(mentor=second).members.count() == 2


def test_a_wrong_weight_is_said_beside_the_field(client, cohort, coordinator, people):
    url = reverse("mentoring_matching:run_list", args=[cohort.pk])

    response = client.post(url, {**FORM, "age": "9"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"age": ["5 is the highest weight."]}
    assert 'value="9"' in response.content.decode()


def test_all_weights_zero_is_said_on_top(client, cohort, coordinator, people):
    url = reverse("mentoring_matching:run_list", args=[cohort.pk])

    response = client.post(url, FORM | dict.fromkeys(DEFAULT_WEIGHTS, 0))

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["Give at least one factor a weight from 1 to 5."]


def test_a_move_without_reason_keeps_the_chosen_place(client, run, people):
    (_first, second), mentees = people
    proposal = run.proposals.get(mentee=mentees[0])
    url = reverse("mentoring_matching:proposal_move", args=[run.cohort_id, run.pk, proposal.pk])

    response = client.post(url, {"place": str(second.pk), "reason": ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {"reason": ["Write why you make this change."]}
    assert response.context["form"]["place"].value() == str(second.pk)


def test_others_are_kept_out(client, run, people):
    mentors, _mentees = people
    client.force_login(mentors[0])
    assert client.get(reverse("mentoring_matching:run_list", args=[run.cohort_id])).status_code == 403
    assert client.get(run.get_absolute_url()).status_code == 404

    client.force_login(make.make_user())
    assert client.get(reverse("mentoring_matching:run_list", args=[run.cohort_id])).status_code == 404


def test_pages_ask_the_database_as_often_for_three_as_for_one(client, cohort, coordinator):
    add_mentor(cohort, capacity=6)
    url = reverse("mentoring_matching:run_list", args=[cohort.pk])

    assert_same_queries(lambda: client.get(url), lambda: add_mentee(cohort))
    assert_same_queries(
        lambda: client.get(MatchRun.objects.all()[0].get_absolute_url()),
        lambda: (
            add_mentee(cohort),
            actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT),
        ),
    )


def test_the_pairing_is_on_the_coordinators_agenda_in_its_phase(cohort, coordinator, run):
    cohort.phase = cohort.programme.phases.get(code=Phase.Code.MATCHING)
    cohort.save()
    before = [item.key for item in agenda_for(coordinator, AT)]
    actions.publish_run(run, actor=coordinator, at=AT)

    assert f"pairing-{cohort.pk}" in before
    assert f"pairing-{cohort.pk}" not in [item.key for item in agenda_for(coordinator, AT)]


def test_what_was_compared_is_exported_when_published_and_erased(run, coordinator, people):
    _mentors, mentees = people
    hidden = own_data(mentees[0], "pairing")
    actions.publish_run(run, actor=coordinator, at=AT)

    shown = own_data(mentees[0], "pairing")["proposal"]
    erase(mentees[0])
    erase(coordinator)

    assert (hidden, len(shown)) == ({}, 1)
    assert run.proposals.count() == 2
    assert MatchRun.objects.get().made_by is None


def test_when_everybody_has_a_group_the_page_says_so(client, cohort, coordinator, people):
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    actions.publish_run(run, actor=coordinator, at=AT)

    with pytest.raises(errors.NobodyToMatch, match="in a group already"):
        actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
