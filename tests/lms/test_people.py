"""Invitations, roles and one's own account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people import actions, errors
from lms.people.models import Invitation, SiteRole, User
from lms.people.names import free_username
from lms.people.permissions import has_role
from lms.people.tokens import invitation_of, token_of
from tests.make import PASSWORD, make_administrator, make_department, make_organisation, make_user

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
NEW_PASSWORD = "lighthouse-on-the-hill"


def invite(**fields):
    defaults = {
        "actor": None,
        "first_name": "Eleni",
        "last_name": "Άννη",
        "email": "eleni@example.org",
        "reason": "Athens 2026",
        "at": NOW,
    }
    return actions.invite_person(**defaults | fields)


def accept_url(user):
    return reverse("lms_people:invitation_accept", args=[token_of(user.invitation)])


def answers(**changed):
    return {"username": "eleni", "password": NEW_PASSWORD, "repeated": NEW_PASSWORD} | changed


def test_invite_makes_an_account_that_nobody_can_sign_in_to_yet():
    organisation = make_organisation()

    user = invite(organisation=organisation)

    assert (user.username, user.organisation, user.has_usable_password()) == ("eleni.anni", organisation, False)
    assert user.invitation.expires_at == NOW + timedelta(days=14)
    assert Entry.objects.get(verb="invited").object == user


def test_invite_mails_who_invites_to_what_with_the_link(client: Client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invite(actor=make_user(first_name="Ada", last_name="Byron"))

    message = mail.outbox[0]
    assert isinstance(message, mail.EmailMultiAlternatives)
    (link,) = re.findall(r"http\S+", str(message.body))
    assert message.to == ["eleni@example.org"]
    assert "Ada Byron invites you to Athens 2026." in str(message.body)
    assert link in str(message.alternatives[0][0])
    assert client.get(link).status_code == 200


def test_invite_leaves_an_account_with_the_address_as_it_is():
    there = make_user(email="Eleni@Example.org", first_name="Helen")

    user = invite()

    assert user == there
    assert Invitation.objects.count() == 0
    assert not Notice.objects.filter(recipient=there).exists()


def test_invite_sends_the_link_again_to_somebody_who_has_not_accepted(django_capture_on_commit_callbacks):
    first = invite()

    with django_capture_on_commit_callbacks(execute=True):
        second = invite(at=NOW + timedelta(days=3))

    assert first == second
    assert len(mail.outbox) == 1
    assert Invitation.objects.get().expires_at == NOW + timedelta(days=17)


def test_invite_without_an_address_mails_nobody(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = invite(email=""), invite(email="")

    assert (first.username, second.username) == ("eleni.anni", "eleni.anni2")
    assert mail.outbox == []
    with pytest.raises(errors.NoAddress):
        actions.resend_invitation(first.invitation, actor=None, at=NOW)


def test_free_username_counts_up_whatever_the_case():
    make_user(username="Maria.Papa")
    make_user(username="maria.papa2")

    assert free_username("Μαρία", "Papa") == "maria.papa3"
    assert free_username("李", "") != ""
    assert free_username("", "") == "person"


def test_accept_sets_name_and_password_and_confirms_the_address():
    user = invite()

    actions.accept_invitation(user.invitation, password=NEW_PASSWORD, username="eleni", at=NOW)

    user = User.objects.get()
    assert user.username == "eleni"
    assert user.check_password(NEW_PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert Entry.objects.get(verb="joined").actor == user


def test_accept_refuses_a_second_time():
    invitation = invite().invitation
    actions.accept_invitation(invitation, password=NEW_PASSWORD, at=NOW)

    with pytest.raises(errors.InvitationUsed):
        actions.accept_invitation(invitation, password="another-password-1", at=NOW)


def test_accept_refuses_after_the_last_day():
    invitation = invite().invitation

    with pytest.raises(errors.InvitationExpired):
        actions.accept_invitation(invitation, password=NEW_PASSWORD, at=NOW + timedelta(days=14))


def test_accept_refuses_a_user_name_that_somebody_has():
    make_user(username="Eleni")

    with pytest.raises(errors.UsernameTaken):
        actions.accept_invitation(invite().invitation, password=NEW_PASSWORD, username="eleni", at=NOW)


def test_resend_refuses_what_was_used():
    invitation = invite().invitation
    actions.accept_invitation(invitation, password=NEW_PASSWORD, at=NOW)

    with pytest.raises(errors.InvitationUsed):
        actions.resend_invitation(invitation, actor=None, at=NOW)


def test_accept_page_signs_the_person_in(client: Client):
    user = invite(actor=make_user(first_name="Ada", last_name="Byron"))

    shown = client.get(accept_url(user))
    response = client.post(accept_url(user), answers())

    assert "Ada Byron invites you to Athens 2026." in shown.content.decode()
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password": "short", "repeated": "short"}, "password"),
        ({"password": "1234567890123", "repeated": "1234567890123"}, "password"),
        ({"repeated": "something-else-9"}, "repeated"),
        ({"username": "with spaces"}, "username"),
        ({"username": "taken"}, "username"),
    ],
)
def test_accept_page_answers_beside_the_field(client: Client, wrong, field):
    make_user(username="Taken")
    user = invite()

    response = client.post(accept_url(user), answers(**wrong))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["username"].value() == answers(**wrong)["username"]


@pytest.mark.parametrize("broken", ["x", "WzFd:1abc:signature"])
def test_accept_page_explains_a_broken_link(client: Client, broken):
    response = client.get(reverse("lms_people:invitation_accept", args=[broken]))

    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


def test_accept_page_explains_a_used_link_and_takes_no_new_password(client: Client):
    user = invite()
    actions.accept_invitation(user.invitation, password=NEW_PASSWORD, at=NOW)

    response = client.post(accept_url(user), answers(password="hijacked-account-1", repeated="hijacked-account-1"))

    assert response.status_code == 410
    assert User.objects.get().check_password(NEW_PASSWORD)


def test_a_link_ends_with_the_address_it_was_sent_to():
    user = invite()
    token = token_of(user.invitation)
    User.objects.update(email="right@example.org")

    assert invitation_of(token) is None


def test_editor_works_in_wagtail_until_the_role_is_withdrawn(client: Client):
    user = make_user()
    client.force_login(user)
    before = client.get(reverse("wagtailadmin_home")).status_code

    actions.grant_site_role(user, SiteRole.Role.EDITOR, actor=None)
    during = client.get(reverse("wagtailadmin_home")).status_code
    actions.withdraw_site_role(user, SiteRole.Role.EDITOR, actor=None)

    assert (before, during) == (302, 200)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    entries = Entry.objects.filter(verb__in=["granted", "withdrew"]).order_by("pk")
    assert [entry.verb for entry in entries] == ["granted", "withdrew"]


def test_rule_of_a_room_answers_alone_for_a_superuser_too():
    user = make_administrator()

    answers = [user.has_perm(name) for name in ("forum_chat.open_room", "mentoring_practices.write_practice")]

    assert answers == [True, False]


def test_superuser_keeps_the_permissions_of_the_admins():
    user = make_administrator()

    assert user.has_perm("wagtailadmin.access_admin")
    assert user.has_perm("lms_people.change_user")


def test_rule_of_a_room_refuses_an_account_that_was_closed():
    assert not make_administrator(is_active=False).has_perm("forum_chat.open_room")


def test_administrator_is_superuser_and_the_last_one_stays():
    user = make_user()
    actions.grant_site_role(user, SiteRole.Role.ADMINISTRATOR, actor=None)

    with pytest.raises(errors.LastAdministrator):
        actions.withdraw_site_role(user, SiteRole.Role.ADMINISTRATOR, actor=None)

    assert user.is_superuser
    assert has_role(user, "administrator")


def test_organisation_role_holds_for_the_organisation_alone():
    user, organisation = make_user(), make_organisation()

    granted = actions.grant_organisation_role(user, organisation, "manager", actor=None)

    assert has_role(user, "manager", organisation)
    assert not has_role(user, "manager", make_organisation())
    actions.withdraw_organisation_role(granted, actor=None)
    assert not has_role(User.objects.get(pk=user.pk), "manager")


def test_organisation_role_refuses_a_department_of_another_organisation():
    with pytest.raises(errors.OtherOrganisation):
        actions.grant_organisation_role(
            make_user(), make_organisation(), "manager", actor=None, department=make_department()
        )


def test_account_page_changes_the_name(client: Client):
    user = make_user()
    client.force_login(user)

    response = client.post(
        reverse("lms_people:account"),
        {"first_name": "Ada", "last_name": "Byron", "language": "en", "is_superuser": "on", "email": "x@example.org"},
    )

    user.refresh_from_db()
    assert response.status_code == 302
    assert (str(user), user.is_superuser, user.email.startswith("person")) == ("Ada Byron", False, True)


def test_account_page_keeps_what_was_typed(client: Client):
    client.force_login(make_user())

    response = client.post(reverse("lms_people:account"), {"first_name": "", "last_name": "Byron", "language": "en"})

    assert response.status_code == 422
    assert "first_name" in response.context["form"].errors
    assert response.context["form"]["last_name"].value() == "Byron"


def test_sessions_end_when_the_password_changes(client: Client):
    user = make_user()
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(user)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert client.get(reverse("lms_people:account")).status_code == 200
    assert elsewhere.get(reverse("lms_people:account")).status_code == 302


def test_strangers_cannot_sign_up(client: Client):
    client.post(
        reverse("account_signup"),
        {"username": "stranger", "email": "s@example.org", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert User.objects.count() == 0


def test_reset_answers_the_same_for_known_and_unknown_addresses(client: Client):
    make_user(email="known@example.org")

    known = client.post(reverse("account_reset_password"), {"email": "known@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "unknown@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("door", ["/administration/login/", "/cms/login/"])
def test_the_administrators_doors_lead_through_the_one_sign_in(client: Client, door):
    response = client.get(door)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_sign_in_is_throttled(client: Client):
    make_user(username="ada")
    wrong = {"login": "ada", "password": "not-the-password"}

    answers_given = [client.post(reverse("account_login"), wrong) for _try in range(6)]
    right = client.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})

    assert answers_given[0].status_code == 200
    assert right.status_code != 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/cms/", "/administration/"])
def test_the_admins_refuse_somebody_who_is_signed_in_without_the_right(client: Client, address: str):
    client.force_login(make_user())

    response = client.get(address, follow=True)

    assert response.status_code == 403


def test_the_admins_send_a_visitor_to_the_one_sign_in_page(client: Client):
    response = client.get("/cms/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")
