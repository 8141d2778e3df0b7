"""Open invitations: which mails failed, sending again, taking back, and erasing who never came."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.people import errors
from lms.people.actions import accept_invitation, make_code, withdraw_invitation
from lms.people.models import Invitation, OneTimeCode, User
from lms.privacy.actions import enforce_retention
from lms.privacy.models import Erasure, RetentionPeriod
from mentoring_ext.invitations import actions
from mentoring_ext.invitations.retention import erase_uninvited, never_accepted
from mentoring_ext.invitations.waiting import open_invitations
from mentoring_ext.programmes.actions import invite_to_cohort
from mentoring_ext.programmes.models import Cohort, Role
from tests.make import (
    AUTUMN,
    make_administrator,
    make_cohort,
    make_coordinator,
    make_group,
    make_manager,
    make_member,
    make_user,
)
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGE = "/invitations/open/"


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(name="Athens")


@pytest.fixture
def coordinator(cohort: Cohort, client: Client) -> User:
    user = make_coordinator(cohort)
    client.force_login(user)
    return user


def invite(cohort: Cohort, actor: User, **fields: str) -> Invitation:
    number = User.objects.count()
    person = {"first_name": "Maria", "last_name": f"Rossi{number}", "email": f"maria{number}@example.org"} | fields
    member = invite_to_cohort(cohort, actor=actor, role=Role.MENTEE, at=timezone.now(), **person)
    return Invitation.objects.get(user=member.user)


@pytest.fixture
def no_mail_server(settings) -> None:
    """Let every mail fail: nothing listens at that port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.fixture
def failed(cohort, coordinator, no_mail_server, settings, django_capture_on_commit_callbacks) -> Invitation:
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(cohort, coordinator)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    invitation.refresh_from_db()
    return invitation


def test_mail_that_fails_is_shown_to_who_invited(client, failed, coordinator, caplog):
    shown = client.get(PAGE).content.decode()

    assert (failed.mailed_at, failed.failed_at is not None) == (None, True)
    assert "1 invitation could not be mailed" in shown
    assert "1 invitation could not be mailed" in [str(item.title) for item in agenda_for(coordinator, timezone.now())]
    caplog.clear()


def test_all_failed_mails_are_sent_again_at_once(client, failed, django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/invitations/open/failed/")

    failed.refresh_from_db()
    assert (failed.failed_at, failed.mailed_at is not None) == (None, True)
    assert [message.to for message in mail.outbox] == [[failed.user.email]]
    caplog.clear()


def test_address_is_mended_and_the_invitation_goes_there(client, failed, django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/invitations/open/{failed.pk}/", {"email": "right@example.org"})

    assert answer["Location"] == PAGE
    assert [message.to for message in mail.outbox] == [["right@example.org"]]
    caplog.clear()


def test_wrong_address_stays_beside_its_error(client, cohort, coordinator):
    invitation = invite(cohort, coordinator)

    answer = client.post(f"/invitations/open/{invitation.pk}/", {"email": "no address"})

    assert answer.status_code == 422
    assert (answer.context["form"].errors.keys(), 'value="no address"' in answer.content.decode()) == ({"email"}, True)


def test_one_is_sent_again(client, cohort, coordinator, django_capture_on_commit_callbacks):
    invitation = invite(cohort, coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/invitations/open/{invitation.pk}/send/")

    assert [message.to for message in mail.outbox] == [[invitation.user.email]]


def test_who_has_no_address_cannot_be_mailed(client, cohort, coordinator):
    invitation = invite(cohort, coordinator, email="")

    answer = client.post(f"/invitations/open/{invitation.pk}/send/", follow=True)

    assert "has no e-mail address" in answer.content.decode()


@pytest.mark.parametrize(
    ("show", "names"),
    [("", ["paper", "late", "new"]), ("expired", ["late"]), ("paper", ["paper"]), ("failed", [])],
)
def test_list_is_narrowed(client, cohort, coordinator, show, names):
    made = {name: invite(cohort, coordinator) for name in ("new", "late")}
    made["paper"] = invite(cohort, coordinator, email="")
    Invitation.objects.filter(pk=made["late"].pk).update(expires_at=AUTUMN - 90 * DAY)
    Invitation.objects.update(mailed_at=AUTUMN)

    rows = client.get(PAGE, {"show": show}).context["rows"]

    assert [row.invitation for row in rows] == [made[name] for name in names]


def test_list_reads_as_often_for_many_as_for_one(client, cohort, coordinator):
    assert_same_queries(lambda: client.get(PAGE), lambda: invite(cohort, coordinator))


def test_invitations_of_others_are_not_there(client, cohort, coordinator):
    far = make_cohort()
    invitation = invite(far, make_coordinator(far))

    assert client.get(PAGE).context["rows"] == []
    assert client.get(f"/invitations/open/{invitation.pk}/").status_code == 404


def test_who_holds_more_than_the_coordinator_gave_is_not_there(cohort, coordinator):
    both = invite(cohort, coordinator).user
    make_member(make_cohort(), Role.MENTOR, user=both)

    assert list(open_invitations(coordinator)) == []


def test_manager_and_administrator_see_what_they_look_after(cohort, coordinator):
    invitation = invite(cohort, coordinator)

    seen = [list(open_invitations(one)) for one in (make_manager(cohort.organisation), make_administrator())]

    assert seen == [[invitation], [invitation]]


def test_taking_back_asks_first_and_then_ends_link_code_and_membership(client, cohort, coordinator):
    invitation = invite(cohort, coordinator)
    make_code(invitation.user, actor=coordinator, reason="paper", at=timezone.now())
    page = f"/invitations/open/{invitation.pk}/withdraw/"

    asked = client.get(page)
    client.post(page)

    invitation.refresh_from_db()
    assert (asked.status_code, invitation.is_open(timezone.now()), invitation.user.is_active) == (200, False, False)
    assert not OneTimeCode.objects.exists()
    assert not cohort.memberships.present().filter(user=invitation.user).exists()
    assert Entry.objects.get(verb="withdrew").object == invitation.user


def test_withdrawn_invitation_opens_again_when_the_person_is_invited_anew(cohort, coordinator):
    invitation = invite(cohort, coordinator, email="maria@example.org")
    actions.take_back_invitation(invitation, actor=coordinator, at=timezone.now())

    again = invite(cohort, coordinator, email="maria@example.org")

    assert (again.pk, again.is_open(timezone.now()), again.user.is_active) == (invitation.pk, True, True)
    assert cohort.memberships.present().filter(user=again.user).exists()


def test_accepted_invitation_cannot_be_taken_back(cohort, coordinator):
    invitation = invite(cohort, coordinator)
    accept_invitation(invitation, password="a long password", at=timezone.now())

    with pytest.raises(errors.InvitationUsed):
        withdraw_invitation(invitation, actor=coordinator, at=timezone.now())


def test_account_that_nobody_came_for_is_erased_when_its_period_is_over(cohort, coordinator):
    invitation = invite(cohort, coordinator)
    over = invitation.expires_at + DAY

    assert never_accepted(invitation.expires_at).count() == 0
    assert erase_uninvited(over, at=over) == 1

    person = User.objects.get(pk=invitation.user_id)
    assert (person.is_erased, str(person), Invitation.objects.count()) == (True, "Former member", 0)
    assert Erasure.objects.get().reason == "The invitation was never accepted."


def test_who_is_in_a_group_is_not_erased(cohort, coordinator):
    invitation = invite(cohort, coordinator)
    group = make_group(cohort)
    group.members.create(user=invitation.user, joined_at=AUTUMN)

    assert never_accepted(invitation.expires_at + DAY).count() == 0


def test_the_night_erases_by_the_rule_that_an_administrator_can_change(cohort, coordinator):
    invitation = invite(cohort, coordinator)

    enforce_retention(invitation.expires_at + 179 * DAY)
    kept = Invitation.objects.count()
    enforce_retention(invitation.expires_at + 181 * DAY)

    assert (kept, Invitation.objects.count()) == (1, 0)
    assert RetentionPeriod.objects.get(name="invitations").last_count == 1


def test_erased_account_is_not_opened_again(client):
    client.force_login(make_administrator())
    person = make_user()
    User.objects.filter(pk=person.pk).update(
        username=f"erased-{person.pk}", first_name="", last_name="", is_active=False
    )

    answer = client.post(f"/people/{person.pk}/open/", follow=True).content.decode()

    assert ("Former member" in answer, "Nothing of it can be opened again" in answer) == (True, True)
    assert not User.objects.get(pk=person.pk).is_active
