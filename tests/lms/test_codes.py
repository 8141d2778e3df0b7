"""One-time codes: for people without an e-mail address, and for those whom a coordinator helps."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lms.journal.models import Entry
from lms.people import actions, errors
from lms.people.models import Invitation, OneTimeCode, User
from lms.people.models.code import MOST_TRIES
from tests.make import make_user

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
NEW_PASSWORD = "lighthouse-on-the-hill"
CHOSEN = {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD}


def make_code(user: User, **fields) -> str:
    return actions.make_code(user, **{"actor": None, "reason": "Athens 2026", "at": NOW} | fields)


def enter(client: Client, user: User, code: str):
    return client.post("/people/code/", {"username": user.username, "code": code})


def test_code_is_short_readable_and_not_stored():
    actor, user = make_user(), make_user()

    code = make_code(user, actor=actor)

    assert len(code) == 9
    assert not set(code) & set("0O1IL5S2Z8BUV")
    assert code.replace("-", "") not in OneTimeCode.objects.get().digest
    entry = Entry.objects.get(actor=actor)
    assert (entry.verb, entry.object, entry.actor) == ("granted", user, actor)


def test_code_works_once_in_whatever_writing():
    user = make_user()
    code = make_code(user)

    redeemed = actions.redeem_code(user.username.upper(), code.lower().replace("-", " "), at=NOW)

    assert redeemed == user
    with pytest.raises(errors.WrongCode):
        actions.redeem_code(user.username, code, at=NOW)


def test_code_expires():
    user = make_user()
    code = make_code(user)

    with pytest.raises(errors.WrongCode):
        actions.redeem_code(user.username, code, at=NOW + timedelta(days=30))


def test_new_code_makes_the_old_one_void():
    user = make_user()
    old, new = make_code(user), make_code(user)

    with pytest.raises(errors.WrongCode):
        actions.redeem_code(user.username, old, at=NOW)
    assert actions.redeem_code(user.username, new, at=NOW) == user


def test_code_of_another_person_does_not_work():
    user, other = make_user(), make_user()
    code = make_code(other)
    make_code(user)

    with pytest.raises(errors.WrongCode):
        actions.redeem_code(user.username, code, at=NOW)


def test_code_of_a_closed_account_does_not_work():
    user = make_user(is_active=False)

    with pytest.raises(errors.WrongCode):
        actions.redeem_code(user.username, make_code(user), at=NOW)


def test_guessing_ends_after_ten_tries_for_the_person_wherever_it_is_done():
    user = make_user()
    code = make_code(user)

    for _try in range(MOST_TRIES):
        with pytest.raises(errors.WrongCode):
            actions.check_code(user.username, "AAAA-AAAA", at=NOW)

    with pytest.raises(errors.WrongCode):
        actions.check_code(user.username, code, at=NOW)


def test_pages_lead_from_the_paper_into_the_site(client: Client):
    user = make_user(email="", password=None)
    Invitation.objects.create(user=user, expires_at=NOW)

    entered = enter(client, user, make_code(user))
    response = client.post("/people/code/password/", CHOSEN)

    assert (entered.status_code, response.status_code) == (302, 302)
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert user.invitation.accepted_at
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Entry.objects.filter(verb="joined", actor=user).exists()


def test_pages_send_somebody_who_had_an_account_to_the_sign_in(client: Client):
    user = make_user()

    enter(client, user, make_code(user))
    client.post("/people/code/password/", CHOSEN)

    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert "_auth_user_id" not in client.session


def test_code_is_not_lost_when_the_new_password_is_too_weak(client: Client):
    user = make_user()
    enter(client, user, make_code(user))

    weak = client.post("/people/code/password/", {"password": "short", "repeated": "short"})
    response = client.post("/people/code/password/", CHOSEN)

    assert (weak.status_code, response.status_code) == (422, 302)
    assert "password" in weak.context["form"].errors


def test_code_that_was_used_in_another_browser_sets_no_second_password(client: Client):
    user, code = make_user(), ""
    code = make_code(user)
    other = Client()
    for browser in (client, other):
        enter(browser, user, code)

    client.post("/people/code/password/", CHOSEN)
    response = other.post(
        "/people/code/password/", {"password": "hijacked-account-1", "repeated": "hijacked-account-1"}
    )

    user.refresh_from_db()
    assert response["Location"] == "/people/code/"
    assert user.check_password(NEW_PASSWORD)


def test_password_page_asks_for_the_code_first(client: Client):
    assert client.get("/people/code/password/")["Location"] == "/people/code/"


def test_page_answers_the_same_for_an_unknown_person_and_a_wrong_code(client: Client):
    user = make_user(username="known")
    make_code(user)

    known = enter(client, user, "AAAA-AAAA")
    unknown = client.post("/people/code/", {"username": "unknown", "code": "AAAA-AAAA"})

    assert (known.status_code, unknown.status_code) == (422, 422)
    assert known.context["form"].errors == unknown.context["form"].errors
    assert known.context["form"]["username"].value() == "known"


def test_page_slows_down_an_address_that_tries_again_and_again(client: Client):
    user = make_user()

    statuses = [enter(client, user, "AAAA-AAAA").status_code for _try in range(31)]

    assert (statuses[0], statuses[-1]) == (422, 429)
