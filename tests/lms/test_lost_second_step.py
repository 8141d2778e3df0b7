"""An administrator takes away a second step that somebody lost; nobody their own."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people import actions, errors
from lms.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

WHY = "The telephone fell into the sea"


@pytest.fixture
def administrator() -> User:
    return make.make_administrator()


@pytest.fixture
def editor() -> User:
    return with_second_step(make.make_editor())


def with_second_step(user: User) -> User:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def page_for(person: User) -> str:
    return reverse("lms_people:second_step_lost", args=[person.pk])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_password_alone_lets_them_in_then(administrator: User, editor: User):
    response = signed_in(administrator).post(page_for(editor), {"reason": WHY})

    assert (response.status_code, response.headers["Location"]) == (302, editor.get_absolute_url())
    client = Client()
    client.post(reverse("account_login"), {"login": editor.username, "password": make.PASSWORD})
    assert client.get("/home/").status_code == 200
    assert not Authenticator.objects.filter(user=editor).exists()


def test_who_needs_one_sets_up_a_new_one_first(administrator: User, editor: User):
    actions.require_second_step(actor=administrator, day=timezone.localdate(), at=timezone.now())

    actions.take_away_second_step(editor, actor=administrator, reason=WHY, at=timezone.now())

    client = signed_in(User.objects.get(pk=editor.pk))
    assert client.get("/home/").headers["Location"] == reverse("lms_people:second_step")


def test_they_are_signed_out_everywhere(administrator: User, editor: User):
    client = signed_in(editor)

    actions.take_away_second_step(editor, actor=administrator, reason=WHY, at=timezone.now())

    assert client.get("/home/").status_code == 302


def test_it_is_written_down_with_the_reason(administrator: User, editor: User):
    actions.take_away_second_step(editor, actor=administrator, reason=WHY, at=timezone.now())

    entry = Entry.objects.get(verb="changed", actor=administrator)
    assert (entry.object, entry.data) == (editor, {"second_step_taken": ["totp"], "reason": WHY})


@pytest.mark.django_db(transaction=True)
def test_the_person_gets_a_notice_and_a_mail(administrator: User, editor: User):
    actions.take_away_second_step(editor, actor=administrator, reason=WHY, at=timezone.now())

    notice = Notice.objects.get(kind="second_step_taken")
    assert (notice.recipient, str(administrator) in notice.text, WHY in notice.text) == (editor, True, True)
    assert [message.to for message in mail.outbox] == [[editor.email]]


def test_without_a_reason_nothing_is_taken(administrator: User, editor: User):
    response = signed_in(administrator).post(page_for(editor), {"reason": " "})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert Authenticator.objects.filter(user=editor).count() == 2


def test_a_reason_that_is_too_long_stays_in_the_field(administrator: User, editor: User):
    response = signed_in(administrator).post(page_for(editor), {"reason": "x" * 101})

    assert (response.status_code, response.context["form"]["reason"].value()) == (422, "x" * 101)


def test_who_has_none_loses_none(administrator: User):
    person = make.make_user()

    with pytest.raises(errors.NoSecondStep):
        actions.take_away_second_step(person, actor=administrator, reason=WHY, at=timezone.now())
    assert signed_in(administrator).post(page_for(person), {"reason": WHY}).status_code == 422


def test_nobody_takes_their_own_away(administrator: User):
    with_second_step(administrator)

    assert signed_in(administrator).post(page_for(administrator), {"reason": WHY}).status_code == 403
    with pytest.raises(errors.MayNotTake):
        actions.take_away_second_step(administrator, actor=administrator, reason=WHY, at=timezone.now())


def test_managers_take_nobodys_away():
    organisation = make.make_organisation()
    person = with_second_step(make.make_user(organisation=organisation))
    manager = make.make_manager(organisation)

    assert signed_in(manager).post(page_for(person), {"reason": WHY}).status_code == 403
    with pytest.raises(errors.MayNotTake):
        actions.take_away_second_step(person, actor=manager, reason=WHY, at=timezone.now())
    assert Authenticator.objects.filter(user=person).count() == 2


def test_the_persons_page_offers_it_where_there_is_something_to_take(administrator: User, editor: User):
    client = signed_in(administrator)
    without = make.make_user()

    pages = [client.get(person.get_absolute_url()).content.decode() for person in (editor, without)]

    assert [page_for(person) in page for person, page in zip((editor, without), pages, strict=True)] == [True, False]
