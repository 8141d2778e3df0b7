from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from mentoring_ext.matching import errors, wishes
from mentoring_ext.matching.actions import publish_run, run_matching
from mentoring_ext.matching.actions.ruling import enter_offline, lift_rule
from mentoring_ext.matching.actions.wishing import change_round, offered_to, save_wishes, withdraw_veto
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, explain
from mentoring_ext.matching.facts import Facts, Sides
from mentoring_ext.matching.models import PairingDefaults, PairRule, Wish
from mentoring_ext.matching.people import pool_of
from mentoring_ext.matching.privacy import erase
from mentoring_ext.matching.words import rules_as_text
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.programmes.models import Role
from tests import make
from tests.own_data import own_data
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 3, 12, tzinfo=UTC)


@pytest.fixture
def cohort():
    """A cohort whose programme allows wishes."""
    cohort = make.make_cohort()
    PairingDefaults.objects.create(programme=cohort.programme, wishes=True, changed_at=AT)
    return cohort


@pytest.fixture
def coordinator(cohort):
    return make.make_coordinator(cohort)


@pytest.fixture
def mentors(cohort):
    """Three mentors who show themselves, and one who does not."""
    people = [make.make_member(cohort, Role.MENTOR) for _place in range(4)]
    sheets = [make.make_mentor_profile(user=user, capacity=1) for user in people]
    for sheet in sheets[:3]:
        make.make_public_profile(sheet, shown=["languages"])
    return people


@pytest.fixture
def mentee(cohort):
    user = make.make_member(cohort, Role.MENTEE)
    make.make_mentee_profile(user=user)
    return user


@pytest.fixture
def wish_round(cohort, coordinator):
    return change_round(cohort, actor=coordinator, is_open=True, at=AT)


@pytest.mark.parametrize(
    ("ranked", "shares"), [([1], [1]), ([1, 2], ["2/3", "1/3"]), ([1, 2, 3], ["1/2", "1/3", "1/6"])]
)
def test_a_wish_is_the_share_of_the_points(ranked, shares):
    sides = Sides(
        wishes.with_wishes([Facts(9)], {9: wishes.given(ranked)}),
        wishes.with_wishes([Facts(key) for key in (1, 2, 3, 4)], {k: wishes.could_get(k, 3) for k in (1, 2, 3, 4)}),
        [wishes.FACTOR],
    )

    values = [explain(sides, {"wishes": 1}, 0, column)[-1].value for column in range(4)]

    expected = [float(Fraction(share)) for share in shares]
    assert values == pytest.approx([*expected, *[0] * (4 - len(ranked))], abs=1e-5)


def test_a_wish_decides_between_equals(cohort, coordinator, mentors, mentee, wish_round):
    for wished in mentors[:3]:
        save_wishes(cohort, actor=mentee, ranked=[wished], vetoed=[], at=timezone.now())
        run = run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
        assert run.proposals.get().mentor == wished
        assert run.weights["wishes"] == 1


def test_without_wishes_nothing_is_weighed(cohort, mentors, mentee, wish_round):
    assert pool_of(cohort).sides.further == []


def test_a_run_is_read_after_the_last_wish_is_taken_back(client, cohort, coordinator, mentors, mentee, wish_round):
    save_wishes(cohort, actor=mentee, ranked=[mentors[2]], vetoed=[], at=AT)
    run = run_matching(cohort, actor=coordinator, weights={**DEFAULT_WEIGHTS, wishes.WISHES: 1}, at=AT)

    save_wishes(cohort, actor=mentee, ranked=[], vetoed=[], at=AT)

    client.force_login(coordinator)
    assert client.get(run.get_absolute_url()).status_code == 200
    publish_run(run, actor=coordinator, at=AT)


def test_an_excluded_mentor_is_never_proposed(cohort, coordinator, mentors, mentee, wish_round):
    save_wishes(cohort, actor=mentee, ranked=[], vetoed=mentors[:2], at=timezone.now())

    run = run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    assert run.proposals.get().mentor in mentors[2:]
    assert Entry.objects.filter(verb="answered").exists()


def test_only_mentors_who_show_themselves_are_offered(cohort, mentors, mentee):
    offered = {profile.mentor.user for profile in offered_to(mentee, cohort, timezone.now())}

    assert offered == set(mentors[:3])


def test_wishes_are_checked(cohort, mentors, mentee, coordinator):
    now = timezone.now()
    with pytest.raises(errors.WishesClosed):
        save_wishes(cohort, actor=mentee, ranked=[], vetoed=[], at=now)
    change_round(cohort, actor=coordinator, is_open=True, at=AT)
    with pytest.raises(errors.WishesTooMany):
        save_wishes(cohort, actor=mentee, ranked=[], vetoed=mentors[:3], at=now)
    with pytest.raises(errors.WishesContradict):
        save_wishes(cohort, actor=mentee, ranked=mentors[:1], vetoed=mentors[:1], at=now)
    with pytest.raises(errors.NotOffered):
        save_wishes(cohort, actor=mentee, ranked=mentors[3:], vetoed=[], at=now)


def test_who_has_a_group_wishes_no_more(cohort, coordinator, mentors, mentee, wish_round):
    publish_run(run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT), actor=coordinator, at=AT)

    with pytest.raises(errors.WishesClosed):
        save_wishes(cohort, actor=mentee, ranked=[], vetoed=[], at=timezone.now())


def test_a_mentee_names_and_excludes_mentors_on_the_page(client, cohort, mentors, mentee, coordinator):
    page = reverse("mentoring_matching:wish_edit", args=[cohort.pk])
    settings = reverse("mentoring_matching:wish_round", args=[cohort.pk])
    client.force_login(coordinator)
    client.post(settings, {"open": "1"})
    assert f"wishes-{cohort.pk}" in [item.key for item in agenda_for(mentee, AT)]
    client.force_login(mentee)
    shown = client.get(page).content.decode()
    assert str(mentors[0]) in shown
    assert str(mentors[3]) not in shown
    twice = client.post(page, {"first": mentors[0].pk, "second": mentors[0].pk})
    assert twice.status_code == 422
    assert dict(twice.context["form"].errors) == {"second": ["Name each mentor once only."]}
    client.post(page, {"first": mentors[1].pk, "second": mentors[0].pk, "never": mentors[2].pk})

    assert [wish.mentor for wish in Wish.objects.filter(mentee=mentee)] == [mentors[1], mentors[0]]
    assert PairRule.objects.get().mentor == mentors[2]
    assert f"wishes-{cohort.pk}" not in [item.key for item in agenda_for(mentee, AT)]
    client.post(page, {"first": mentors[0].pk})
    assert not PairRule.objects.exists()
    client.force_login(coordinator)
    assert b"Mentees who named somebody" in client.get(settings).content
    client.post(settings)
    client.force_login(mentee)
    assert b"mentees do not name mentors" in client.get(page).content


def test_wishes_are_exported_to_the_mentee_only_and_erased(cohort, mentors, mentee, wish_round):
    save_wishes(cohort, actor=mentee, ranked=mentors[:1], vetoed=mentors[1:2], at=timezone.now())

    assert "mentoring_matching.wish" in str(own_data(mentee, "pairing")) or own_data(mentee, "pairing")
    told = own_data(mentors[0], "pairing"), own_data(mentors[1], "pairing")
    assert not any(rows for part in told for rows in part.values())
    erase(mentors[0])
    erase(mentee)
    assert not Wish.objects.exists()
    assert not PairRule.objects.exists()


def test_the_page_takes_the_same_queries(client, cohort, mentors, mentee, wish_round):
    client.force_login(mentee)
    page = reverse("mentoring_matching:wish_edit", args=[cohort.pk])

    def one_more():
        user = make.make_member(cohort, Role.MENTOR)
        make.make_public_profile(make.make_mentor_profile(user=user))

    assert_same_queries(lambda: client.get(page), one_more)
    assert MentorProfile.objects.count() == 7


@pytest.fixture
def veto(cohort, mentee, mentors, wish_round):
    save_wishes(cohort, actor=mentee, ranked=[], vetoed=mentors[:1], at=timezone.now())
    return PairRule.objects.get()


def test_a_coordinator_neither_sees_nor_lifts_whom_a_mentee_excluded(client, cohort, coordinator, mentee, veto):
    client.force_login(coordinator)

    page = client.get(reverse("mentoring_matching:rule_list", args=[cohort.pk])).content.decode()
    lifted = client.post(reverse("mentoring_matching:rule_lift", args=[cohort.pk, veto.pk]))

    assert str(veto.mentor) not in page
    assert lifted.status_code == 404
    with pytest.raises(errors.MenteesOwn):
        lift_rule(veto, actor=coordinator, at=AT)
    with pytest.raises(errors.MenteesOwn):
        withdraw_veto(veto, actor=coordinator, at=AT)
    assert PairRule.objects.exists()


def test_an_exclusion_reads_like_the_wish_about_gender():
    assert rules_as_text(["vetoed"]) == rules_as_text(["gender"]) == rules_as_text(["gender", "vetoed"])


def test_a_pair_made_offline_does_not_overrule_the_mentee(cohort, coordinator, mentee, veto):
    with pytest.raises(errors.AgainstAWish):
        enter_offline(cohort, mentor=veto.mentor, mentees=[mentee], actor=coordinator, reason="So", at=AT)


def test_a_mentee_takes_an_exclusion_back_after_the_round(client, cohort, coordinator, mentee, veto):
    change_round(cohort, actor=coordinator, is_open=False, at=AT)
    client.force_login(mentee)
    page = client.get(reverse("mentoring_matching:wish_edit", args=[cohort.pk]))

    client.post(reverse("mentoring_matching:veto_withdraw", args=[cohort.pk, veto.pk]))

    assert page.context["vetoes"] == [veto]
    assert not PairRule.objects.exists()
    assert Entry.objects.filter(verb="withdrew", actor=mentee).count() == 1


def test_nobody_takes_back_what_somebody_else_excluded(client, cohort, veto):
    client.force_login(make.make_member(cohort, Role.MENTEE))

    answer = client.post(reverse("mentoring_matching:veto_withdraw", args=[cohort.pk, veto.pk]))

    assert answer.status_code == 404
