import pytest
from django.urls import reverse

from lms.journal.models import Entry
from lms.privacy.models import Reading
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import PairRule
from mentoring_ext.matching.people import pool_of
from mentoring_ext.programmes.models import Role
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def note(cohort, coordinator, mentee, mentor, **more):
    given = {"kind": "line_manager", "reason": "Same shop"} | more
    return actions.note_conflict(cohort, mentee=mentee, mentor=mentor, actor=coordinator, at=AT, **given)


def test_a_conflict_of_interest_holds_in_every_cohort(cohort, coordinator, people):
    (first, second), mentees = people
    other = make.make_cohort()
    for user, role in ((first, Role.MENTOR), (mentees[0], Role.MENTEE)):
        make.make_member(other, role, user=user)
    note(other, coordinator, mentees[0], first)

    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert pairs(run)[mentees[0].pk] == second.pk
    assert Entry.objects.filter(verb="created", data__kind="line_manager").exists()


def test_an_excluded_pair_holds_in_its_cohort_only(cohort, coordinator, people):
    (first, _second), mentees = people
    other = make.make_cohort()
    PairRule.objects.create(cohort=other, mentee=mentees[0], mentor=first, kind="forbidden", made_at=AT)

    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert pairs(run)[mentees[0].pk] == first.pk


def test_what_a_conflict_needs(cohort, coordinator, people):
    (first, _second), mentees = people
    with pytest.raises(errors.ReasonMissing):
        note(cohort, coordinator, mentees[0], first, reason=" ")
    with pytest.raises(errors.NotMembers):
        note(cohort, coordinator, coordinator, first)
    with pytest.raises(errors.NotMembers):
        note(cohort, coordinator, first, mentees[0])
    note(cohort, coordinator, mentees[0], first)
    with pytest.raises(errors.RuleKnown):
        note(cohort, coordinator, mentees[0], first)


def enter(cohort, coordinator, mentor, mentees, reason="They work together"):
    return actions.enter_offline(cohort, mentor=mentor, mentees=mentees, actor=coordinator, reason=reason, at=AT)


def test_a_pair_made_offline_needs_no_sheets_and_becomes_a_group(cohort, coordinator, people):
    mentor, mentee = make.make_member(cohort, Role.MENTOR), make.make_member(cohort, Role.MENTEE)
    enter(cohort, coordinator, mentor, [mentee])

    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    actions.publish_run(run, actor=coordinator, at=AT)

    assert pairs(run)[mentee.pk] == mentor.pk
    assert [member.user for member in MentoringGroup.objects.get(mentor=mentor).members.all()] == [mentee]


def test_a_pair_made_offline_stays_whatever_the_sheets_say(cohort, coordinator, people):
    mentor, mentee = add_mentor(cohort, languages=["sv"], first_language="sv"), add_mentee(cohort)
    enter(cohort, coordinator, mentor, [mentee])

    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert pairs(run)[mentee.pk] == mentor.pk


def test_a_group_made_offline_has_its_places_whatever_the_sheet_allows(cohort, coordinator, people):
    mentor, mentees = add_mentor(cohort, capacity=1), [add_mentee(cohort) for _number in range(2)]
    enter(cohort, coordinator, mentor, mentees)

    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert {key for key, found in pairs(run).items() if found == mentor.pk} == {mentee.pk for mentee in mentees}


def test_a_pair_made_offline_with_a_mentor_whose_places_are_taken_becomes_a_further_group(cohort, coordinator, people):
    mentor, mentee = add_mentor(cohort, capacity=1), add_mentee(cohort)
    make.make_group(cohort, mentor=mentor, mentees=1)
    enter(cohort, coordinator, mentor, [mentee])

    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    actions.publish_run(run, actor=coordinator, at=AT)

    assert pairs(run)[mentee.pk] == mentor.pk
    assert MentoringGroup.objects.filter(mentor=mentor, members__user=mentee).exists()
    assert next(found for found in pool_of(cohort).sides.mentors if found.key == mentor.pk).capacity == 0


def test_a_published_pair_made_offline_gives_its_mentor_no_further_place(cohort, coordinator, people):
    mentor, mentee = make.make_member(cohort, Role.MENTOR), make.make_member(cohort, Role.MENTEE)
    enter(cohort, coordinator, mentor, [mentee])
    actions.publish_run(
        actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT), actor=coordinator, at=AT
    )

    assert next(found for found in pool_of(cohort).sides.mentors if found.key == mentor.pk).capacity == 0


def test_what_an_offline_group_needs(cohort, coordinator, people):
    (first, second), mentees = people
    with pytest.raises(errors.ReasonMissing):
        enter(cohort, coordinator, first, mentees, reason=" ")
    with pytest.raises(errors.NotMembers):
        enter(cohort, coordinator, first, [])
    with pytest.raises(errors.TooMany):
        enter(cohort, coordinator, first, [*mentees, add_mentee(cohort)])
    note(cohort, coordinator, mentees[0], first)
    with pytest.raises(errors.RulesContradict):
        enter(cohort, coordinator, first, mentees)
    taken = make.make_group(cohort, mentor=second, mentees=1).people()[1]
    with pytest.raises(errors.InGroupAlready):
        enter(cohort, coordinator, second, [taken])


def test_locks_that_cannot_be_kept_are_named(cohort, coordinator, people):
    (first, _second), mentees = people
    PairRule.objects.create(cohort=cohort, mentee=mentees[0], mentor=first, kind="fixed", made_at=AT)
    PairRule.objects.create(cohort=cohort, mentee=mentees[0], mentor=first, kind="complaint", made_at=AT)
    with pytest.raises(errors.LocksBroken, match="are locked, and a rule forbids the pair: a conflict of interest"):
        actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    PairRule.objects.all().delete()
    for mentee in mentees:
        PairRule.objects.create(cohort=cohort, mentee=mentee, mentor=first, kind="fixed", made_at=AT)
    with pytest.raises(errors.LocksBroken):
        actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)


def test_rules_are_entered_listed_and_taken_back_on_pages(client, cohort, coordinator, people):
    (first, second), mentees = people
    conflict = {"mentee": mentees[0].pk, "mentor": first.pk, "kind": "family", "reason": "Cousins"}
    offline = {"mentees": [mentees[1].pk], "mentor": second.pk, "reason": "From the market", "agreed": "on"}
    client.post(reverse("mentoring_matching:conflict_new", args=[cohort.pk]), conflict)
    client.post(reverse("mentoring_matching:offline_new", args=[cohort.pk]), offline)
    listed = client.get(reverse("mentoring_matching:rule_list", args=[cohort.pk])).content.decode()

    for rule in PairRule.objects.all():
        client.post(reverse("mentoring_matching:rule_lift", args=[cohort.pk, rule.pk]))

    assert "Cousins" in listed and "Made offline" in listed
    assert not PairRule.objects.exists()


def test_wrong_rules_stand_beside_their_fields(client, cohort, coordinator, people):
    (first, _second), mentees = people
    stranger = make.make_user()

    conflict = client.post(
        reverse("mentoring_matching:conflict_new", args=[cohort.pk]),
        {"mentee": stranger.pk, "mentor": first.pk, "kind": "fixed", "reason": "Typed"},
    )
    offline = client.post(
        reverse("mentoring_matching:offline_new", args=[cohort.pk]),
        {"mentees": [mentees[0].pk], "mentor": first.pk, "reason": "Typed"},
    )

    assert (conflict.status_code, offline.status_code) == (422, 422)
    assert set(conflict.context["form"].errors) == {"mentee", "kind"}
    assert set(offline.context["form"].errors) == {"agreed"}
    assert conflict.context["form"]["reason"].value() == offline.context["form"]["reason"].value() == "Typed"


def test_a_rule_of_another_cohort_cannot_be_taken_back(client, cohort, coordinator, people):
    (first, _second), mentees = people
    far = PairRule.objects.create(cohort=make.make_cohort(), mentee=mentees[0], mentor=first, kind="family", made_at=AT)

    answer = client.post(reverse("mentoring_matching:rule_lift", args=[cohort.pk, far.pk]))

    assert answer.status_code == 404


def test_rules_are_listed_in_the_same_queries(client, cohort, coordinator, people):
    (first, _second), _mentees = people

    assert_same_queries(
        lambda: client.get(reverse("mentoring_matching:rule_list", args=[cohort.pk])),
        lambda: note(cohort, coordinator, add_mentee(cohort), first),
    )


def test_a_conflict_that_somebody_else_reads_is_noted_without_its_kind(client, cohort, coordinator, people):
    (mentor, _second), (mentee, *_others) = people
    actions.note_conflict(
        cohort, mentee=mentee, mentor=mentor, kind="complaint", reason="An old dispute", actor=coordinator, at=AT
    )
    client.get(reverse("mentoring_matching:rule_list", args=[cohort.pk]))
    own = Reading.objects.count()
    client.force_login(make.make_coordinator(cohort))

    client.get(reverse("mentoring_matching:rule_list", args=[cohort.pk]))

    assert own == 0
    assert {line.about for line in Reading.objects.all()} == {mentee, mentor}
    assert {line.what for line in Reading.objects.all()} == {"What the coordinators noted for the pairing"}


def test_among_very_many_mentees_a_few_are_chosen_from_lists(client, cohort, coordinator, people, monkeypatch):
    monkeypatch.setattr("mentoring_ext.matching.forms.ruling.MANY", 2)
    (first, _second), mentees = people
    address = reverse("mentoring_matching:offline_new", args=[cohort.pk])
    chosen = {"mentor": first.pk, "mentees": [mentees[0].pk, "", mentees[1].pk], "agreed": "on"}

    wrong = client.post(address, chosen | {"reason": ""})
    client.post(address, chosen | {"reason": "They met at the market."})

    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert page.count('name="mentees"') == cohort.programme.group_size
    assert 'aria-label="Mentee 1"' in page
    assert page.count(f'<option value="{mentees[0].pk}" selected>') == 1
    assert {rule.mentee for rule in PairRule.objects.filter(offline=True)} == {mentees[0], mentees[1]}


@pytest.mark.parametrize("page", ["conflict_new", "offline_new"])
def test_without_people_to_choose_the_page_says_whom_to_invite(client, cohort, coordinator, page):
    add_mentor(cohort)

    answer = client.get(reverse(f"mentoring_matching:{page}", args=[cohort.pk])).content.decode()

    assert "There is no mentor or no mentee to choose yet. Invite them first." in answer
    assert "<textarea" not in answer


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("page", ["conflict_new", "offline_new"])
def test_with_people_to_choose_there_is_the_form(client, cohort, coordinator, page):
    assert "<textarea" in client.get(reverse(f"mentoring_matching:{page}", args=[cohort.pk])).content.decode()
