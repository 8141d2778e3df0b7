"""Handing over: what rests on somebody who leaves, who can take it, and what moves along."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forum.boards.models import Board
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people import actions
from lms.people.errors import CannotTake, DutyGone, NobodyChosen, OwnRights
from lms.people.models import OrganisationMembership, User
from lms.people.permissions import has_role
from mentoring_ext.agreements.actions import sign_agreement
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.practices.models import Practice
from mentoring_ext.programmes.actions import leave_cohort
from mentoring_ext.programmes.errors import LastCoordinator, StillInGroup
from mentoring_ext.programmes.models import Cohort, Role
from tests import make

pytestmark = pytest.mark.django_db
AT = make.JANUARY


@pytest.fixture
def cohort() -> Cohort:
    return make.make_cohort()


@pytest.fixture
def boss(client: Client) -> User:
    person = make.make_administrator()
    client.force_login(person)
    return person


@pytest.fixture
def group(cohort: Cohort) -> MentoringGroup:
    return make.make_group(cohort, mentees=2)


def page(person: User) -> str:
    return reverse("lms_people:hand_over", args=[person.pk])


def field(client: Client, person: User, source: str) -> Any:
    """Return the page's field for the person's only duty of that source."""
    fields = client.get(page(person)).context["form"].fields
    (name,) = [name for name in fields if name.startswith(f"{source}-")]
    return name


def sources(person: User, actor: User) -> list[str]:
    return [each.source.name for each in actions.duties_resting_on(person, actor=actor)]


def test_a_cohort_goes_to_another_coordinator(client: Client, boss: User, cohort: Cohort):
    leaver, taker = make.make_coordinator(cohort), make.make_manager(cohort.organisation)

    client.post(page(leaver), {field(client, leaver, "cohorts"): taker.pk})

    assert has_role(User.objects.get(pk=taker.pk), Role.COORDINATOR, cohort)
    assert not has_role(User.objects.get(pk=leaver.pk), Role.COORDINATOR, cohort)
    assert Entry.objects.get(verb="handed_over").actor == boss
    told = Notice.objects.filter(kind="handed_over").values_list("recipient", flat=True)
    assert set(told) == {leaver.pk, taker.pk}


def test_a_group_moves_with_its_room_board_sessions_and_agreement(boss: User, cohort: Cohort, group: MentoringGroup):
    leaver, taker = group.mentor, make.make_member(cohort, Role.MENTOR)
    agreement = make.make_agreement(group)
    sign_agreement(agreement, actor=leaver, name=str(leaver), at=AT)

    actions.hand_over(leaver, actor=boss, choices=[("groups", str(group.pk), taker)], at=AT)

    group.refresh_from_db()
    people = {taker.pk, *(member.user_id for member in group.members.all())}
    assert (group.mentor, group.name, group.room.title) == (taker, f"Group of {taker}", f"Group of {taker}")
    assert set(group.room.memberships.filter(left_at=None).values_list("user", flat=True)) == people
    assert set(group.board.memberships.values_list("user", flat=True)) == people
    assert [held.user for held in group.board.memberships.filter(moderator=True)] == [taker]
    renewed = group.agreements.order_by("-version")[0]
    assert (renewed.version, renewed.parties.filter(user=taker).exists(), renewed.signatures.count()) == (2, True, 0)
    assert agreement.signatures.count() == 1


def test_only_ready_mentors_of_the_cohort_can_take_a_group(boss: User, cohort: Cohort, group: MentoringGroup):
    other = make.make_member(cohort, Role.MENTOR)
    make.make_member(make.make_cohort(organisation=cohort.organisation), Role.MENTOR)
    make.make_member(cohort, Role.MENTOR, is_active=False)

    (resting,) = actions.duties_resting_on(group.mentor, actor=boss)

    assert list(resting.takers) == [other]
    with pytest.raises(CannotTake):
        actions.hand_over(
            group.mentor, actor=boss, choices=[("groups", str(group.pk), group.members.first().user)], at=AT
        )


def test_all_or_nothing(boss: User, cohort: Cohort, group: MentoringGroup):
    leaver, taker = group.mentor, make.make_member(cohort, Role.MENTOR)
    choices = [("groups", str(group.pk), taker), ("cohorts", "999999", taker)]

    with pytest.raises(DutyGone):
        actions.hand_over(leaver, actor=boss, choices=choices, at=AT)

    group.refresh_from_db()
    assert group.mentor == leaver


def test_nothing_chosen_is_answered_on_the_page(client: Client, boss: User, group: MentoringGroup):
    make.make_member(group.cohort, Role.MENTOR)

    response = client.post(page(group.mentor), {})

    assert (response.status_code, response.context["form"].errors.as_data()["__all__"][0].code) == (
        422,
        NobodyChosen.code,
    )


def test_a_duty_without_taker_is_said_before(client: Client, boss: User, group: MentoringGroup):
    assert "Nobody here can take this yet" in client.get(page(group.mentor)).content.decode()


def test_a_coordinator_hands_over_groups_of_the_own_cohort_only(client: Client, cohort: Cohort, group: MentoringGroup):
    coordinator, taker = make.make_coordinator(cohort), make.make_member(cohort, Role.MENTOR)
    elsewhere = make.make_cohort()
    make.make_member(elsewhere, Role.MENTOR, user=group.mentor)
    far = make.make_group(elsewhere, mentor=group.mentor, mentees=1)
    client.force_login(coordinator)

    seen = client.get(page(group.mentor))
    client.post(page(group.mentor), {f"groups-{group.pk}": taker.pk, f"groups-{far.pk}": taker.pk})

    assert list(seen.context["form"].fields) == [f"groups-{group.pk}"]
    group.refresh_from_db()
    far.refresh_from_db()
    assert (group.mentor == taker, far.mentor == taker) == (True, False)
    with pytest.raises(DutyGone):
        actions.hand_over(far.mentor, actor=coordinator, choices=[("groups", str(far.pk), taker)], at=AT)


def test_somebody_who_decides_on_nothing_finds_no_page(client: Client, group: MentoringGroup):
    client.force_login(make.make_coordinator(make.make_cohort()))

    assert client.get(page(group.mentor)).status_code == 404


def test_a_manager_role_goes_to_another(boss: User, cohort: Cohort):
    leaver, near = make.make_manager(cohort.organisation), make.make_user()
    actions.grant_organisation_role(near, cohort.organisation, "coordinator", actor=None)
    held = leaver.organisation_memberships.get()

    actions.hand_over(leaver, actor=boss, choices=[("organisations", str(held.pk), near)], at=AT)

    roles = OrganisationMembership.objects.filter(organisation=cohort.organisation, role="manager")
    assert [one.user for one in roles] == [near]


def test_what_else_rests_on_a_person_is_listed(boss: User, cohort: Cohort, group: MentoringGroup):
    leaver = group.mentor
    make.make_practice(group).authors.set([leaver])
    make.make_board(make.make_user(), access="closed", moderators=[leaver])

    assert sorted(sources(leaver, boss)) == ["boards", "groups", "practices"]


def test_a_practice_and_a_board_go_over(boss: User, cohort: Cohort, group: MentoringGroup):
    leaver, mentee = group.mentor, group.members.first().user
    practice = make.make_practice(group)
    practice.authors.set([leaver])
    board = make.make_board(mentee, access="closed", moderators=[leaver])
    duties = {each.source.name: each for each in actions.duties_resting_on(leaver, actor=boss)}
    choices = [(name, duties[name].duty.key, mentee) for name in ("practices", "boards")]

    assert actions.hand_over(leaver, actor=boss, choices=choices, at=AT) == 2

    assert mentee in Practice.objects.get(pk=practice.pk).authors.all()
    assert [one.user for one in Board.objects.get(pk=board.pk).memberships.filter(moderator=True)] == [mentee]


def test_a_proposal_goes_to_a_coordinator_near(boss: User):
    group = make.make_finished_group(make.make_cohort(), mentees=1)
    author, taker = make.make_coordinator(group.cohort), make.make_coordinator(group.cohort)
    make.make_round(group)
    make.make_evaluation(group.members.get().user)
    proposal = make.make_proposal(group.cohort, author=author)

    actions.hand_over(author, actor=boss, choices=[("proposals", str(proposal.pk), taker)], at=AT)

    proposal.refresh_from_db()
    assert proposal.author == taker


def test_the_last_coordinator_and_members_of_groups_do_not_just_leave(boss: User, group: MentoringGroup):
    coordinator = make.make_coordinator(group.cohort)

    for person, error in ((coordinator, LastCoordinator), (group.mentor, StillInGroup)):
        with pytest.raises(error):
            leave_cohort(group.cohort.memberships.get(user=person), actor=boss, at=AT)


def test_a_part_in_a_cohort_is_ended_on_the_page_of_the_person(client: Client, boss: User, cohort: Cohort):
    mentee = make.make_member(cohort, Role.MENTEE)
    membership = cohort.memberships.get(user=mentee)

    client.post(reverse("lms_people:role_end", args=[mentee.pk, "cohorts", membership.pk]))

    membership.refresh_from_db()
    assert (membership.state, has_role(User.objects.get(pk=mentee.pk), Role.MENTEE)) == ("left", False)


def test_manager_does_not_become_coordinator_by_handing_over_to_themselves(cohort: Cohort):
    leaver, manager = make.make_coordinator(cohort), make.make_manager(cohort.organisation)
    held = cohort.memberships.get(user=leaver)

    with pytest.raises(OwnRights):
        actions.hand_over(leaver, actor=manager, choices=[("cohorts", str(held.pk), manager)], at=AT)

    assert not has_role(User.objects.get(pk=manager.pk), Role.COORDINATOR, cohort)
