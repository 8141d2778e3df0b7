"""The pages of people and roles: looking up, inviting, giving and taking roles, closing accounts, and attacks."""

from datetime import UTC, datetime
from typing import Any

import pytest
import rules
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.actions import notify
from lms.people import actions, errors
from lms.people.directory import belonging_nowhere
from lms.people.models import Organisation, OrganisationMembership, SiteRole, User
from lms.people.permissions import DESCRIBED, has_role
from lms.people.rights import rights_of
from mentoring_ext.programmes.models import Role
from tests import make
from tests.make import PASSWORD
from tests.queries import assert_same_queries
from tests.world import make_world

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation(name="Elaia")


@pytest.fixture
def boss(client: Client) -> User:
    """An administrator who is signed in."""
    person = make.make_administrator()
    client.force_login(person)
    return person


@pytest.fixture
def manager(client: Client, town: Organisation) -> User:
    """A manager of the town who is signed in."""
    person = make.make_manager(town)
    client.force_login(person)
    return person


def url(name: str, person: User | None = None, **more: Any) -> str:
    return reverse(f"lms_people:{name}", kwargs={**({"pk": person.pk} if person else {}), **more})


def names(response: Any) -> list[str]:
    return [row.person.last_name for row in response.context["page"].rows]


# The list
def test_the_list_goes_by_name_and_turns_pages_both_ways(client: Client, boss: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lms.people.directory.PAGE", 2)
    boss.last_name = "Alpha"
    boss.save()
    for name in ("Delta", "Beta", "Gamma"):
        make.make_user(last_name=name)

    first = client.get(url("person_list"))
    second = client.get(url("person_list"), {"after": first.context["page"].after})
    back = client.get(url("person_list"), {"before": second.context["page"].before})

    assert [names(first), names(second), names(back)] == [["Alpha", "Beta"], ["Delta", "Gamma"], ["Alpha", "Beta"]]
    assert (second.context["page"].after, back.context["page"].before) == (None, None)


def test_the_list_is_narrowed_by_words_place_role_and_state(client: Client, boss: User, town: Organisation):
    department = make.make_department(organisation=town)
    below = make.make_department(organisation=town, parent=department)
    ada = make.make_user(first_name="Ada", last_name="Byron", organisation=town, department=below)
    make.make_user(last_name="Gone", is_active=False)
    make.make_user(last_name="Waiting", password=None)
    make.make_member(make.make_cohort(), "mentor", user=ada)

    def asked(**query: object) -> list[str]:
        return names(client.get(url("person_list"), query))

    assert asked(words="byron ada") == ["Byron"]
    assert asked(organisation=town.pk, department=department.pk) == ["Byron"]
    assert asked(role="mentor") == ["Byron"]
    assert asked(state="left") == ["Gone"]
    assert asked(state="invited") == ["Waiting"]
    assert "Byron" not in asked(organisation="none")


def test_the_list_reads_as_often_for_many(client: Client, boss: User, town: Organisation):
    cohort = make.make_cohort(organisation=town)

    assert_same_queries(
        lambda: client.get(url("person_list")),
        lambda: make.make_member(cohort, "mentor", organisation=town),
    )


def test_a_manager_sees_the_people_of_the_own_organisation_only(client: Client, manager: User, town: Organisation):
    make.make_user(last_name="Ours", organisation=town)
    make.make_user(last_name="Theirs", organisation=make.make_organisation())

    assert names(client.get(url("person_list"))) == sorted(["Ours", manager.last_name])


def test_a_wrong_filter_is_answered(client: Client, boss: User):
    assert client.get(url("person_list"), {"state": "nonsense"}).status_code == 422


# Inviting, changing
def test_a_manager_invites_into_the_own_organisation(client: Client, manager: User, town: Organisation):
    data = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.org", "organisation": town.pk}

    client.post(url("person_invite"), data)

    person = User.objects.get(email="ada@example.org")
    assert (person.organisation, person.state, person.invitation.invited_by) == (town, "invited", manager)


@pytest.mark.parametrize("extra", [{"is_staff": "on", "is_superuser": "1", "role": "administrator", "site_roles": "1"}])
def test_forms_of_accounts_take_no_roles(client: Client, manager: User, town: Organisation, extra: dict[str, str]):
    person = make.make_user(organisation=town)
    place = {"organisation": town.pk}
    client.post(url("person_edit", person), {"first_name": "A", "last_name": "B", **place, **extra})
    client.post(url("person_invite"), {"first_name": "C", "last_name": "D", "email": "c@example.org", **place, **extra})
    client.force_login(person)
    client.post(reverse("lms_people:account"), {"first_name": "E", "last_name": "F", "language": "en", **extra})

    person.refresh_from_db()
    assert (person.first_name, person.is_staff, person.is_superuser) == ("E", False, False)
    assert not SiteRole.objects.exists()
    assert OrganisationMembership.objects.count() == 1


def test_an_invitation_that_is_accepted_takes_no_role(client: Client):
    from lms.people.tokens import token_of

    user = actions.invite_person(actor=None, first_name="A", last_name="B", email="a@b.org", reason="x", at=NOW)
    address = reverse("lms_people:invitation_accept", args=[token_of(user.invitation)])
    words = {"username": "ab", "password": "lighthouse-on-the-hill", "repeated": "lighthouse-on-the-hill"}

    client.post(address, {**words, "role": "administrator", "is_staff": "on", "is_superuser": "on"})

    user.refresh_from_db()
    assert (user.username, user.is_staff, user.is_superuser, SiteRole.objects.count()) == ("ab", False, False, 0)


def test_a_manager_cannot_move_a_person_elsewhere(client: Client, manager: User, town: Organisation):
    person, other = make.make_user(organisation=town), make.make_organisation()
    far = make.make_department(organisation=other)
    words = {"first_name": "A", "last_name": "B"}

    outside = client.post(url("person_edit", person), {**words, "organisation": other.pk})
    below = client.post(url("person_edit", person), {**words, "organisation": town.pk, "department": far.pk})

    assert [list(outside.context["form"].errors), list(below.context["form"].errors)] == [
        ["organisation"],
        ["department"],
    ]
    assert (outside.status_code, below.context["form"]["first_name"].value()) == (422, "A")
    with pytest.raises(errors.NotYoursToGive):
        actions.change_person(person, actor=manager, first_name="A", last_name="B", organisation=other, department=None)


def test_the_address_of_an_invited_person_is_corrected_and_the_old_link_dies(client: Client, boss: User):
    from lms.people.tokens import token_of

    user = actions.invite_person(actor=None, first_name="A", last_name="B", email="wrong@b.org", reason="x", at=NOW)
    old = reverse("lms_people:invitation_accept", args=[token_of(user.invitation)])

    client.post(url("person_address", user), {"email": "right@b.org"})

    assert User.objects.get(pk=user.pk).email == "right@b.org"
    assert client.get(old).status_code == 404


def test_the_address_of_somebody_who_came_is_theirs_to_change(client: Client, boss: User):
    person = make.make_user()

    response = client.post(url("person_address", person), {"email": "mine@evil.org"})

    assert response.status_code == 422
    assert User.objects.get(pk=person.pk).email == person.email


# Roles
def test_a_manager_makes_a_coordinator_of_a_department(client: Client, manager: User, town: Organisation):
    person, department = make.make_user(organisation=town), make.make_department(organisation=town)

    client.post(url("role_new", person), {"role": "coordinator", "organisation": town.pk, "department": department.pk})

    assert has_role(person, "coordinator", department)
    entry = Entry.objects.get(verb="granted")
    assert (entry.actor, entry.object, entry.context) == (manager, person, department)


@pytest.mark.parametrize("role", ["administrator", "editor", "trainer"])
def test_a_manager_never_gives_a_site_role(client: Client, manager: User, town: Organisation, role: str):
    person = make.make_user(organisation=town)

    response = client.post(url("role_new", person), {"role": role, "organisation": town.pk})

    assert response.status_code == 422
    assert not SiteRole.objects.exists()
    with pytest.raises(errors.NotYoursToGive):
        actions.grant_site_role(person, role, actor=manager)


def test_a_manager_gives_nothing_in_another_organisation(client: Client, manager: User, town: Organisation):
    person, other = make.make_user(organisation=town), make.make_organisation()

    response = client.post(url("role_new", person), {"role": "manager", "organisation": other.pk})

    assert "organisation" in response.context["form"].errors
    with pytest.raises(errors.NotYoursToGive):
        actions.grant_organisation_role(person, other, "manager", actor=manager)


def test_a_manager_of_a_department_gives_no_role_above_it(town: Organisation):
    top = make.make_department(organisation=town)
    below = make.make_department(organisation=town, parent=top)
    head, person = make.make_user(), make.make_user(organisation=town, department=below)
    actions.grant_organisation_role(head, town, "manager", actor=None, department=below)

    for department in (top, None):
        with pytest.raises(errors.NotYoursToGive):
            actions.grant_organisation_role(person, town, "manager", actor=head, department=department)


@pytest.mark.parametrize("role", ["administrator", "manager"])
def test_nobody_raises_their_own_rights(client: Client, boss: User, manager: User, town: Organisation, role: str):
    for person in (boss, manager):
        client.force_login(person)
        assert client.post(url("role_new", person), {"role": role, "organisation": town.pk}).status_code == 403
    with pytest.raises(errors.OwnRights):
        actions.grant_organisation_role(manager, town, "coordinator", actor=manager)
    with pytest.raises(errors.OwnRights):
        actions.grant_site_role(boss, "editor", actor=boss)


def test_a_coordinator_gives_no_role(client: Client, town: Organisation):
    cohort, person = make.make_cohort(organisation=town), make.make_user(organisation=town)
    coordinator = make.make_coordinator(cohort, organisation=town)
    client.force_login(coordinator)

    response = client.post(url("role_new", person), {"role": "manager", "organisation": town.pk})

    assert response.status_code == 404
    with pytest.raises(errors.NotYoursToGive):
        actions.grant_organisation_role(person, town, "coordinator", actor=coordinator)


def test_a_role_without_its_organisation_is_asked_for(client: Client, boss: User):
    response = client.post(url("role_new", make.make_user()), {"role": "manager"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["organisation"])
    assert response.context["form"]["role"].value() == "manager"


def test_a_role_is_taken_back(client: Client, boss: User):
    person = make.make_editor()
    held = person.site_roles.get()

    client.post(url("role_end", person, source="site", key=held.pk))

    assert not person.site_roles.exists()
    assert Entry.objects.get(verb="withdrew").actor == boss


def test_the_last_administrator_stays(client: Client, boss: User):
    response = client.post(url("role_end", boss, source="site", key=boss.site_roles.get().pk), follow=True)

    assert response.status_code == 403
    assert boss.site_roles.exists()


def test_a_manager_takes_no_site_role_back(client: Client, manager: User, town: Organisation):
    person = make.make_editor(organisation=town)

    response = client.post(url("role_end", person, source="site", key=person.site_roles.get().pk))

    assert (response.status_code, person.site_roles.count()) == (403, 1)


def test_a_role_of_somebody_else_is_not_found_below_a_person(client: Client, boss: User):
    held = make.make_editor().site_roles.get()

    assert client.post(url("role_end", make.make_user(), source="site", key=held.pk)).status_code == 404


def test_the_page_of_a_person_says_who_gave_a_role(client: Client, boss: User, town: Organisation):
    person = make.make_user()
    actions.grant_organisation_role(person, town, "manager", actor=boss)

    held = client.get(url("person_detail", person)).context["held"]

    assert [(one.role.name, one.role.scope, one.entry.actor) for one in held] == [("manager", town, boss)]


# What a person may do
def test_every_permission_is_described():
    from rules.permissions import permissions

    assert sorted(set(permissions) - set(DESCRIBED)) == []


def test_rights_say_what_the_rules_say_for_everybody():
    world = make_world()

    for person in world.people.values():
        for _room, rights in rights_of(person):
            for right in rights:
                described = DESCRIBED[right.name]
                things = described.things(person)[:25] if described.things else [None]
                allowed = any(rules.has_perm(right.name, person, thing) for thing in things)
                assert (right.name, right.allowed) == (right.name, allowed)
                assert bool(right.roles or right.reason) == allowed


def test_rights_name_the_role_and_its_scope(town: Organisation):
    mine, other = make.make_cohort(organisation=town), make.make_cohort(organisation=town)
    person = make.make_manager(town)
    make.make_coordinator(mine, user=person)
    make.make_group(other, mentees=1)

    found = {right.name: right for _room, rights in rights_of(person) for right in rights}

    assert [role.scope for role in found["mentoring_programmes.run_cohort"].roles] == [mine]
    assert [role.name for role in found["mentoring_programmes.view_figures"].roles] == ["coordinator", "manager"] or [
        role.name for role in found["mentoring_programmes.view_figures"].roles
    ] == ["manager", "coordinator"]
    assert not found["lms_people.give_site_role"].allowed
    assert found["forum_boards.start_topic"].reason == "Everybody who is signed in may do this."


# Leaving
def test_a_closed_account_ends_sessions_and_mails(client: Client, boss: User, django_capture_on_commit_callbacks: Any):
    person, theirs = make.make_user(), Client()
    theirs.force_login(person)

    client.post(url("person_close", person), {"name": f" {person} "})

    assert theirs.get(reverse("lms_agenda:home")).status_code == 302
    assert not Client().login(username=person.username, password=PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        notify([User.objects.get(pk=person.pk)], "role_given", "Hello", "/")
    assert mail.outbox == []
    assert Entry.objects.get(verb="closed").actor == boss


def test_an_account_that_is_opened_again_brings_no_old_session_back(client: Client, boss: User):
    person, theirs = make.make_user(), Client()
    theirs.force_login(person)
    client.post(url("person_close", person), {"name": str(person)})

    client.post(url("person_reopen", person))

    assert theirs.get(reverse("lms_agenda:home")).status_code == 302
    assert Client().login(username=person.username, password=PASSWORD)


def test_closing_asks_for_the_name(client: Client, boss: User):
    person = make.make_user()

    response = client.post(url("person_close", person), {"name": "Somebody else"})

    assert (response.status_code, User.objects.get(pk=person.pk).is_active) == (422, True)
    assert response.context["form"]["name"].value() == "Somebody else"


def test_nobody_closes_the_own_account_or_the_last_administrator(boss: User):
    with pytest.raises(errors.OwnAccount):
        actions.close_account(boss, actor=boss, at=NOW)
    with pytest.raises(errors.LastAdministrator):
        actions.close_account(boss, actor=make.make_user(), at=NOW)


def test_a_manager_closes_no_account_with_roles_outside(client: Client, manager: User, town: Organisation):
    editor, far = make.make_editor(organisation=town), make.make_manager(make.make_organisation())
    User.objects.filter(pk=far.pk).update(organisation=town)

    for person in (editor, far):
        assert client.post(url("person_close", person), {"name": str(person)}).status_code == 403


def test_closing_ends_an_open_invitation(boss: User):
    user = actions.invite_person(actor=None, first_name="A", last_name="B", email="a@b.org", reason="x", at=NOW)

    actions.close_account(user, actor=boss, at=NOW)

    with pytest.raises(errors.InvitationExpired):
        actions.accept_invitation(user.invitation, password="lighthouse-on-the-hill", at=NOW)


# To do
def test_administrators_hear_of_people_who_never_came(boss: User, town: Organisation):
    user = actions.invite_person(actor=None, first_name="A", last_name="B", email="a@b.org", reason="x", at=NOW)
    type(user.invitation).objects.update(created_at=datetime(2026, 11, 1, tzinfo=UTC))

    keys = {item.key for item in agenda_for(boss, NOW)}

    assert {"people:never-came", "people:nowhere"} <= keys
    assert not {"people:never-came"} & {item.key for item in agenda_for(make.make_manager(town), NOW)}


def test_a_mentor_from_outside_needs_no_organisation(boss: User):
    mentor = make.make_member(make.make_cohort(), Role.MENTOR, organisation=None)
    stray = make.make_user(organisation=None)

    found = belonging_nowhere(User.objects.visible_to(boss))

    assert [person in found for person in (stray, mentor, boss)] == [True, False, False]


def test_a_superuser_of_the_command_line_is_an_administrator():
    call_command("createsuperuser", username="root", email="root@example.org", interactive=False)

    assert has_role(User.objects.get(username="root"), "administrator")
