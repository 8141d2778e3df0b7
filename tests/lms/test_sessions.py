"""Where people are signed in, and signing out there."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.journal.models import Entry
from lms.people import actions
from lms.people.devices import device_of
from lms.people.models import OpenSession, User
from tests import make
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
NEW_PASSWORD = "another-long-password"


def browser(user: User, agent: str = FIREFOX) -> Client:
    """Sign in by the form in a browser of that name."""
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("lms_people:account")).status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (CHROME, "Chrome on Android"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Mac"),
        ("curl/8.0", "A browser that does not say its name"),
        ("<script>Firefox/1</script>", "Firefox"),
    ],
)
def test_device_is_said_in_words(agent: str, words: str):
    assert device_of(agent) == words


def test_list_shows_each_browser_and_marks_this_one():
    user = make.make_user()
    here = browser(user)
    browser(user, CHROME)

    page = here.get(reverse("lms_people:session_list"))

    assert {session.device for session in page.context["sessions"]} == {"Firefox on Windows", "Chrome on Android"}
    assert page.content.decode().count("This one") == 1


def test_list_shows_nobody_elses_sessions():
    browser(make.make_user())
    mine = browser(make.make_user())

    assert len(mine.get(reverse("lms_people:session_list")).context["sessions"]) == 1


def test_list_asks_as_often_for_many_sessions():
    user = make.make_user()
    here = browser(user)

    assert_same_queries(lambda: here.get(reverse("lms_people:session_list")), lambda: browser(user, CHROME))


def test_one_session_is_ended_and_the_others_stay():
    user = make.make_user()
    here, there = browser(user), browser(user, CHROME)
    session = OpenSession.objects.get(device="Chrome on Android")

    here.post(reverse("lms_people:session_end", args=[session.pk]))

    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert Entry.objects.get(verb="ended").data == {"device": "Chrome on Android"}


def test_session_of_somebody_else_cannot_be_ended():
    other = browser(make.make_user())
    mine = browser(make.make_user())
    theirs = OpenSession.objects.earliest("began_at")

    response = mine.post(reverse("lms_people:session_end", args=[theirs.pk]))

    assert (response.status_code, is_signed_in(other)) == (404, True)


def test_signing_out_everywhere_else_leaves_this_browser():
    user = make.make_user()
    here, there = browser(user), browser(user, CHROME)

    here.post(reverse("lms_people:session_end_others"))

    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert [session.device for session in OpenSession.objects.open_for(User.objects.get(), timezone.now())] == [
        "Firefox on Windows"
    ]


def test_signing_out_everywhere_else_is_asked_first():
    user = make.make_user()
    here, there = browser(user), browser(user, CHROME)

    page = here.get(reverse("lms_people:session_end_others")).content.decode()

    assert "Sign out everywhere else?" in page
    assert (is_signed_in(here), is_signed_in(there)) == (True, True)


def test_signing_out_everywhere_ends_sessions_that_nobody_noted():
    user = make.make_user()
    here, there = browser(user), browser(user, CHROME)
    OpenSession.objects.all().delete()

    here.post(reverse("lms_people:session_end_all"))

    assert (is_signed_in(here), is_signed_in(there)) == (False, False)


def test_signing_out_twice_counts_both_times():
    user = make.make_user()
    for _time in range(2):
        actions.end_all_sessions(user, actor=user, at=timezone.now())

    assert User.objects.get().session_round == 2


def test_first_round_keeps_the_sessions_of_before():
    user = make.make_user()

    assert user.get_session_auth_hash() == super(User, user).get_session_auth_hash()


def test_new_password_ends_every_other_session_and_keeps_this_one():
    user = make.make_user()
    here, there = browser(user), browser(user, CHROME)

    here.post(
        reverse("account_change_password"),
        {"oldpassword": make.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    page = here.get(reverse("lms_people:session_list"))
    assert [session.device for session in page.context["sessions"]] == ["Firefox on Windows"]


def test_last_seen_moves_on_after_some_minutes():
    user = make.make_user()
    here = browser(user)
    OpenSession.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    here.get("/home/")
    early = OpenSession.objects.get().seen_at
    cache.delete(f"lms_people:seen:{here.session.session_key}")

    here.get("/home/")

    assert timezone.now() - early > timedelta(minutes=59)
    assert timezone.now() - OpenSession.objects.get().seen_at < timedelta(minutes=1)


def test_signing_out_forgets_the_session():
    here = browser(make.make_user())

    here.post(reverse("account_logout"))

    assert not OpenSession.objects.exists()


def test_expired_sessions_are_forgotten_at_night():
    browser(make.make_user())

    removed = actions.remove_ended_sessions(timezone.now() + timedelta(days=60))

    assert (removed, OpenSession.objects.count()) == (1, 0)


def test_sign_in_gives_a_session_of_its_own():
    """Fixation: a session id that somebody laid into the browser before is worth nothing after."""
    user = make.make_user()
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["laid"] = "before"
    session.save()
    laid = str(session.session_key)

    client.cookies["sessionid"] = laid
    client.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD})

    thief = Client()
    thief.cookies["sessionid"] = laid
    assert client.session.session_key != laid
    assert not is_signed_in(thief)


@pytest.mark.parametrize(("ticked", "kept"), [({"remember": "on"}, True), ({}, False)])
def test_staying_signed_in_is_asked(ticked: dict[str, str], kept: bool):
    user, client = make.make_user(), Client()

    client.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD} | ticked)

    assert bool(client.cookies["sessionid"]["max-age"]) == kept


@pytest.mark.parametrize("name", ["session_end_all", "session_end"])
def test_signing_out_asks_first_and_changes_nothing(name: str):
    user = make.make_user()
    here = browser(user)
    keys = [OpenSession.objects.get(user=user).pk] if name == "session_end" else []

    asked = here.get(reverse(f"lms_people:{name}", args=keys))

    assert ("Back without a change" in asked.content.decode(), OpenSession.objects.count()) == (True, 1)
