"""What somebody told in confidence cannot be worked out of weights and scores."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions.defaults import set_defaults
from mentoring_ext.matching.actions.running import work_out
from mentoring_ext.matching.actions.weighing import check_weights_in
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRun, PairingDefaults, PairRule
from mentoring_ext.matching.personal import PERSONAL, is_too_much, keeps_proportion, stands_alone
from mentoring_ext.matching.reports.figures import in_whole_points, of_hundred
from mentoring_ext.programmes.models import Role
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor

NONE = dict.fromkeys(PERSONAL, 0)
OPTIONS = {"size": 3, "minimum": 1, "objective": "total", "lone": "free"}


@given(st.lists(st.integers(0, 90_000), min_size=1, max_size=11))
def test_parts_in_whole_points_add_up_to_the_score(parts):
    found = in_whole_points(parts)

    assert sum(found) == of_hundred(sum(parts))
    assert all(abs(point * 10_000 - part) <= 10_000 for point, part in zip(found, parts, strict=True))


@pytest.mark.parametrize(
    ("culture", "age", "gender", "alone"),
    [(2, 1, 1, ""), (0, 0, 0, ""), (1, 1, 0, ""), (5, 4, 1, ""), (1, 0, 0, "culture"), (1, 1, 3, "gender")],
)
def test_no_personal_factor_outweighs_the_other_two(culture, age, gender, alone):
    assert stands_alone({"culture": culture, "age": age, "gender": gender}) == alone


def test_personal_factors_are_a_sixth_at_most_and_further_ones_do_not_help():
    few = {**dict.fromkeys(DEFAULT_WEIGHTS, 0), "interests": 5, "age": 1, "gender": 1}

    assert not is_too_much(DEFAULT_WEIGHTS)
    assert is_too_much(few)
    assert is_too_much({**few, "Has a car": 5, "Wishes": 5})
    assert not is_too_much({**few, "skills": 5})


@pytest.mark.parametrize(("now", "kept"), [((2, 1, 1), True), ((4, 2, 2), True), ((0, 0, 0), True), ((2, 1, 0), False)])
def test_a_proportion_is_kept_or_given_up_altogether(now, kept):
    assert keeps_proportion(dict(zip(PERSONAL, now, strict=True)), DEFAULT_WEIGHTS) is kept


def address(cohort, name="run_list"):
    return reverse(f"mentoring_matching:{name}", args=[cohort.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("weights", "field"),
    [
        ({**dict.fromkeys(DEFAULT_WEIGHTS, 0), "gender": 1}, "gender"),
        ({**dict.fromkeys(DEFAULT_WEIGHTS, 0), **dict.fromkeys(PERSONAL, 1)}, "culture"),
        ({**DEFAULT_WEIGHTS, **dict.fromkeys(PERSONAL, 5)}, "culture"),
    ],
)
def test_weights_that_would_tell_are_refused_beside_the_field(client, cohort, coordinator, people, weights, field):
    for name in ("run_list", "run_effect"):
        answer = client.post(address(cohort, name), weights | OPTIONS)

        status = 422 if name == "run_list" else 200
        assert (answer.status_code, list(answer.context["form"].errors)) == (status, [field]), name
        assert re.search("so that no score tells", answer.content.decode())
    assert not MatchRun.objects.exists()


@pytest.mark.django_db
def test_two_pairings_cannot_differ_in_one_personal_weight(client, cohort, coordinator, people, run):
    other = DEFAULT_WEIGHTS | {"age": 2}

    answers = [client.post(address(cohort, name), other | OPTIONS) for name in ("run_list", "run_effect")]
    same = client.post(address(cohort), DEFAULT_WEIGHTS | NONE | OPTIONS)
    after = client.post(address(cohort), other | OPTIONS)

    assert [answer.status_code for answer in (*answers, after)] == [422, 200, 422]
    for answer in (*answers, after):
        assert list(answer.context["form"].errors) == ["age"]
        assert "2 to 1 to 1" in answer.content.decode()
    assert same.status_code == 302
    with pytest.raises(errors.PersonalProportion):
        actions.start_run(cohort, actor=coordinator, weights=other, at=AT)


@pytest.mark.django_db
def test_a_stopped_pairing_binds_nobody(cohort, coordinator, people, run):
    run.state = MatchRun.State.CANCELLED
    run.save()

    again = actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS | {"gender": 0, "culture": 1}, at=AT)

    assert again.weights["gender"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "state"), [({"culture": 1, "gender": 0}, MatchRun.State.FAILED), ({}, MatchRun.State.PROPOSED)]
)
def test_a_pairing_taken_for_dead_is_bound_by_those_made_since(cohort, coordinator, people, changed, state):
    slow = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS | changed, at=AT)
    slow.proposals.all().delete()
    slow.mentors.all().delete()
    slow.state = MatchRun.State.FAILED
    slow.save()
    actions.start_run(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert work_out(slow, at=AT).state == state


@pytest.mark.django_db
def test_a_pairing_from_before_the_rule_binds_nobody(client, cohort, coordinator, people):
    actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS | {"age": 0}, at=AT)

    assert client.post(address(cohort), DEFAULT_WEIGHTS | OPTIONS).status_code == 302


@pytest.mark.django_db
def test_among_few_people_the_effect_keeps_the_programmes_proportion(client, cohort, coordinator, people):
    other = DEFAULT_WEIGHTS | {"culture": 1, "gender": 0} | OPTIONS
    few = client.post(address(cohort, "run_effect"), other)
    for _place in range(2):
        add_mentee(cohort)
        add_mentor(cohort, capacity=1)
    many = client.post(address(cohort, "run_effect"), other)

    assert (list(few.context["form"].errors), many.context["form"].errors) == (["culture"], {})


@pytest.mark.django_db
@pytest.mark.parametrize("settled", [0, 4])
def test_the_effect_for_one_place_keeps_it_however_many_wait(client, cohort, coordinator, settled):
    mentors = [add_mentor(cohort, capacity=1) for _place in range(1 + settled)]
    mentees = [add_mentee(cohort) for _place in range(7)]
    for mentee, mentor in zip(mentees[:settled], mentors, strict=False):
        rule = {"kind": PairRule.Kind.FIXED, "offline": True, "reason": "Met before.", "made_by": coordinator}
        PairRule.objects.create(cohort=cohort, mentee=mentee, mentor=mentor, made_at=AT, **rule)

    answer = client.post(address(cohort, "run_effect"), DEFAULT_WEIGHTS | {"culture": 1, "gender": 0} | OPTIONS)

    assert list(answer.context["form"].errors) == ["culture"]
    assert answer.context["effect"] is None


@pytest.mark.django_db
def test_the_same_people_in_another_cohort_keep_the_proportion(cohort, coordinator, people, run):
    other = make.make_cohort(programme=cohort.programme)
    make.make_member(other, Role.COORDINATOR, user=coordinator)
    weights = DEFAULT_WEIGHTS | {"culture": 1, "gender": 0}
    add_mentor(other)
    add_mentee(other)
    make.make_member(other, Role.MENTEE, user=people[1][0])
    check_weights_in(other, weights)

    make.make_member(other, Role.MENTOR, user=people[0][0])

    with pytest.raises(errors.PersonalProportion):
        actions.start_run(other, actor=coordinator, weights=weights, at=AT)
    check_weights_in(other, DEFAULT_WEIGHTS)


@pytest.mark.django_db
def test_a_programme_keeps_to_the_same_rules(cohort, coordinator):
    told = {"actor": coordinator, "options": {}, "wishes": False, "blind": False, "at": AT}

    with pytest.raises(errors.PersonalAlone):
        set_defaults(cohort.programme, weights=DEFAULT_WEIGHTS | {"age": 5}, **told)
    with pytest.raises(errors.PersonalTooMuch):
        set_defaults(cohort.programme, weights=DEFAULT_WEIGHTS | dict.fromkeys(PERSONAL, 5), **told)

    assert not PairingDefaults.objects.exists()


@pytest.mark.django_db
def test_pages_tell_pairs_in_whole_points_only(client, cohort, coordinator):
    mentors = [add_mentor(cohort, capacity=2) for _place in range(2)]
    mentees = [add_mentee(cohort, interests=["games"]) for _place in range(3)]
    for place, person in enumerate([*mentors, *mentees]):
        make.make_details(person, birth_year=1970 + 3 * place, gender="woman" if place % 2 else "man")
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    proposal = run.proposals.exclude(mentor=None)[0]
    names = ("proposal_detail", "proposal_move", "proposal_lock", "proposal_places")
    pages = [reverse(f"mentoring_matching:{name}", args=[cohort.pk, run.pk, proposal.pk]) for name in names]
    pages += [run.get_absolute_url(), address(cohort, "run_history"), address(cohort)]

    texts = [re.sub(r"<[^>]+>", " ", client.get(page).content.decode()) for page in pages]

    assert any(proposal.score % 10_000 for proposal in run.proposals.all())
    for page, text in zip(pages, texts, strict=True):
        assert not re.search(r"\d[.,]\d+ of|changes by [+−]?\d+[.,]\d|\d\.\d points", text), page
        assert str(proposal.score) not in text, page
    assert "In points of a hundred" in texts[0]
