"""No page tells who has an account; and other attacks on the sign-in."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people import actions
from lms.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "another-long-password"
SIGN_IN = "/accounts/login/"
RESET = "/accounts/password/reset/"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was hashed."""

    count = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.count += 1
        return str(super().encode(password, salt))


@pytest.fixture
def hashes(settings: Any) -> Iterator[type[CountingHasher]]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.count = 0
    yield CountingHasher


def answer(address: str, data: dict[str, str], known: str = "") -> tuple[int, str, str]:
    """Return what a new browser is answered: status, where it is led, and the page without what was typed."""
    response = Client(headers={"user-agent": "x"}).post(address, data)
    page = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", response.content.decode())
    for typed in data.values():
        page = page.replace(typed, "TYPED")
    return response.status_code, response.headers.get("Location", ""), page


@pytest.mark.parametrize("name", ["username", "email"])
def test_sign_in_answers_alike_and_works_as_long(name: str, hashes: type[CountingHasher]):
    known = getattr(make.make_user(), name)
    unknown = known.replace("person", "nobody")
    tries = []
    for login in (known, unknown):
        before = hashes.count
        tries.append((answer(SIGN_IN, {"login": login, "password": "wrong"}), hashes.count - before > 0))

    assert tries[0] == tries[1]
    assert tries[0][1]


def test_closed_and_invited_accounts_answer_like_unknown_ones():
    closed, invited = make.make_user(is_active=False), make.make_user(password=None)

    given = [
        answer(SIGN_IN, {"login": who, "password": "wrong"}) for who in (closed.username, invited.username, "nobody")
    ]

    assert given[0] == given[1] == given[2]


def lock(login: str) -> None:
    for _try in range(5):
        Client().post(SIGN_IN, {"login": login, "password": "wrong"})


@pytest.mark.parametrize("typed", ["username", "email"])
def test_the_sixth_try_is_stopped_whatever_the_name_and_the_password(typed: str):
    """A locked account answers the right password like a wrong one, and like an account that is not there."""
    user = make.make_user()
    lock(user.username)
    lock("nobody")

    right = answer(SIGN_IN, {"login": getattr(user, typed), "password": make.PASSWORD})
    wrong = answer(SIGN_IN, {"login": getattr(user, typed), "password": "wrong"})
    unknown = answer(SIGN_IN, {"login": "nobody", "password": "wrong"})

    assert right == wrong == unknown
    assert "Wait five minutes" in right[2]


def test_the_lock_is_the_accounts_and_other_people_sign_in():
    make.make_user(username="locked")
    lock("locked")
    other, client = make.make_user(), Client(REMOTE_ADDR="10.1.1.1")

    response = client.post(SIGN_IN, {"login": other.username, "password": make.PASSWORD})

    assert response.status_code == 302


def test_one_machine_cannot_try_many_accounts():
    for number in range(10):
        Client().post(SIGN_IN, {"login": f"nobody{number}", "password": "wrong"})
    user = make.make_user()

    assert answer(SIGN_IN, {"login": user.username, "password": make.PASSWORD})[0] == 200


def test_reset_answers_alike_and_sends_one_mail_each():
    known = make.make_user().email

    given = [answer(RESET, {"email": email}) for email in (known, "nobody@example.org")]

    assert given[0] == given[1]
    assert [message.to for message in mail.outbox] == [[known], ["nobody@example.org"]]


def test_reset_is_throttled_for_known_and_unknown_alike():
    known = make.make_user().email

    given = [[answer(RESET, {"email": email})[0] for _try in range(6)] for email in (known, "nobody@example.org")]

    assert given[0] == given[1] == [302] * 5 + [429]
    assert len(mail.outbox) == 10


def test_sign_up_answers_alike_and_tells_the_owner_by_mail(settings: Any):
    settings.SIGNUP_OPEN = True
    known = make.make_user().email
    names = {"first_name": "Ada", "last_name": "Byron", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    given = [answer("/accounts/signup/", names | {"email": email}) for email in (known, "new@example.org")]

    assert given[0] == given[1]
    assert given[0][:2] == (302, "/accounts/confirm-email/")
    assert [message.to for message in mail.outbox] == [[known], ["new@example.org"]]
    assert User.objects.filter(email__in=[known, "new@example.org"]).count() == 2


def test_who_signs_up_enters_when_the_address_is_confirmed(settings: Any):
    settings.SIGNUP_OPEN = True
    client = Client()
    sent = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.org", "password1": NEW_PASSWORD}
    client.post("/accounts/signup/", sent | {"password2": NEW_PASSWORD, "is_superuser": "on", "is_staff": "on",
                                             "organisation": "1", "username": "root"})  # fmt: skip
    before = client.get("/home/").status_code

    client.post(link_in_mail())

    user = User.objects.get()
    assert (before, client.get("/home/").status_code) == (302, 200)
    assert (user.username, user.first_name, user.is_superuser, user.is_staff) == ("ada.byron", "Ada", False, False)
    assert user.organisation is None


def test_code_page_answers_alike():
    user = make.make_user()
    actions.make_code(user, actor=None, reason="test", at=timezone.now())
    address = reverse("lms_people:code_enter")

    given = [answer(address, {"username": name, "code": "XXXX-YYYY"}) for name in (user.username, "nobody")]

    assert given[0] == given[1]


def link_in_mail(number: int = -1) -> str:
    found = re.search(r"http://[^/\s]+(/\S+)", str(mail.outbox[number].body))
    assert found
    return found[1]


def reset_link(user: User) -> str:
    Client().post(RESET, {"email": user.email})
    return link_in_mail()


def opens(link: str) -> bool:
    page = Client().get(link, follow=True)
    return "Choose your new password" in page.content.decode()


def test_reset_link_works_once_and_for_its_owner_alone():
    user, other = make.make_user(), make.make_user()
    link = reset_link(user)
    uid = re.search(r"/key/([^-]+)-", link)
    foreign = re.search(r"/key/([^-]+)-", reset_link(other))
    assert uid and foreign
    client = Client()
    page = client.get(link, follow=True)

    client.post(page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert User.objects.get(pk=user.pk).check_password(NEW_PASSWORD)
    assert not opens(link)
    assert not opens(link.replace(uid[1], foreign[1]))
    assert User.objects.get(pk=other.pk).check_password(make.PASSWORD)


def test_reset_link_that_was_changed_or_is_old_opens_nothing(settings: Any):
    link = reset_link(make.make_user())
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert not opens(link)
    settings.PASSWORD_RESET_TIMEOUT = 3600
    assert not opens(link[:-2] + "x/")
    assert opens(link)


def test_reset_ends_the_sessions_of_before():
    user, inside = make.make_user(), Client()
    inside.force_login(user)
    link, client = reset_link(user), Client()
    page = client.get(link, follow=True)

    client.post(page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert inside.get("/home/").status_code == 302


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
@pytest.mark.parametrize("address", [SIGN_IN, "/accounts/logout/", "/accounts/reauthenticate/"])
def test_next_leads_nowhere_else(address: str, wanted: str):
    user, client = make.make_user(), Client()
    if address != SIGN_IN:
        client.force_login(user)

    response = client.post(address, {"login": user.username, "password": make.PASSWORD, "next": wanted})

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/") and "evil" not in response.headers["Location"]


def changing(user: User) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": user.username, "password": make.PASSWORD})
    client.post(
        "/accounts/email/", {"email": "new@example.org", "action_add": "", "is_superuser": "on", "verified": "on"}
    )
    return client


def test_new_address_counts_once_confirmed_and_the_old_one_is_told():
    user = make.make_user(email="old@example.org")
    client = changing(user)
    before = User.objects.get().email

    client.post(link_in_mail())

    assert (before, User.objects.get().email) == ("old@example.org", "new@example.org")
    assert [message.to for message in mail.outbox] == [["new@example.org"], ["old@example.org"]]
    assert not User.objects.get().is_superuser


def test_first_address_counts_once_confirmed():
    user = make.make_user(email="")
    client = changing(user)
    before = User.objects.get().email

    client.post(link_in_mail())

    assert (before, User.objects.get().email) == ("", "new@example.org")


def test_address_of_somebody_else_is_taken_without_a_word_and_never_counts():
    other = make.make_user(email="new@example.org")
    user = make.make_user(email="old@example.org")
    changing(user)

    Client().post(link_in_mail())

    assert User.objects.get(pk=user.pk).email == "old@example.org"
    assert User.objects.get(pk=other.pk).email == "new@example.org"


def test_old_session_is_asked_who_it_is_before_the_address_changes():
    user, client = make.make_user(), Client()
    client.force_login(user)

    response = client.post("/accounts/email/", {"email": "thief@example.org", "action_add": ""})

    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()


def test_confirmation_link_that_was_changed_or_is_old_confirms_nothing(settings: Any):
    changing(make.make_user(email="old@example.org"))
    link = link_in_mail()
    Client().post(link[:-3] + "xx/")
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -timedelta(days=1) / timedelta(days=1)

    Client().post(link)

    assert User.objects.get().email == "old@example.org"


def test_account_form_takes_nothing_but_its_fields():
    organisation, user, client = make.make_organisation(), make.make_user(), Client()
    client.force_login(user)
    extra = {"is_superuser": "on", "is_staff": "on", "organisation": str(organisation.pk), "username": "root",
             "email": "x@example.org", "session_round": "7"}  # fmt: skip

    client.post(reverse("lms_people:account"), {"first_name": "A", "last_name": "B", "language": "en"} | extra)

    saved = User.objects.get()
    assert (saved.first_name, saved.is_superuser, saved.is_staff, saved.organisation) == ("A", False, False, None)
    assert (saved.username, saved.email, saved.session_round) == (user.username, user.email, 0)
