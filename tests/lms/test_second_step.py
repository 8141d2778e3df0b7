"""The second step at sign-in: who needs it from a day on, and that nothing opens around it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people import actions, errors
from lms.people.editing import editors_group
from lms.people.models import SignInRules, User
from lms.people.permissions import lacks_second_step
from lms.people.second_step import people_without, second_step_of
from lms.plugins import NIGHTLY_TASKS
from tests import make

pytestmark = pytest.mark.django_db

SETTING_UP = "/people/second-step/"


def need_it(days: int = 0) -> None:
    """Have the site need a second step from so many days on."""
    day = timezone.localdate() + timedelta(days=days)
    SignInRules.objects.update_or_create(pk=1, defaults={"second_step_from": day})


def coordinator() -> User:
    return make.make_coordinator(make.make_cohort())


def department_coordinator() -> User:
    user = make.make_user()
    actions.grant_organisation_role(user, make.make_organisation(), "coordinator", actor=None)
    return user


GUARDED = {
    "coordinator": coordinator,
    "coordinator of an organisation": department_coordinator,
    "manager": lambda: make.make_manager(make.make_organisation()),
    "editor": make.make_editor,
    "administrator": make.make_administrator,
    "superuser without a role": lambda: make.make_user(is_superuser=True),
}
FREE = {
    "learner": make.make_user,
    "trainer": make.make_trainer,
    "mentor": lambda: make.make_member(make.make_cohort(), "mentor"),
    "mentee": lambda: make.make_member(make.make_cohort(), "mentee"),
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("who", GUARDED)
def test_guarded_roles_are_led_to_setting_it_up_once_it_is_due(who: str):
    client = signed_in(GUARDED[who]())
    before = client.get("/home/").status_code

    need_it()

    assert before == 200
    assert client.get("/home/").headers["Location"] == SETTING_UP


@pytest.mark.parametrize("who", FREE)
def test_other_roles_are_asked_nothing(who: str):
    client = signed_in(FREE[who]())
    need_it()

    assert client.get("/home/").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/", "/home/", "/cms/", "/cms/pages/", "/administration/", "/administration/lms_people/user/", "/courses/",
     "/people/me/", "/people/me/data/", "/accounts/email/", "/accounts/password/change/", "/chat/", "/documents/1/x/"],
)  # fmt: skip
def test_nothing_opens_around_it(address: str):
    client = signed_in(make.make_administrator())
    need_it()

    assert client.get(address).headers["Location"] == SETTING_UP
    assert client.post(address).headers["Location"] == SETTING_UP


@pytest.mark.parametrize(
    "address",
    [SETTING_UP, "/health/", "/brand.css", "/accounts/logout/", "/accounts/2fa/", "/accounts/reauthenticate/"],
)
def test_what_one_needs_for_it_stays_open(address: str):
    client = signed_in(make.make_administrator())
    need_it()

    assert client.get(address).status_code == 200


def test_who_enters_an_admin_by_a_group_alone_needs_it_there():
    user = make.make_user()
    user.groups.add(editors_group())
    client = signed_in(user)
    need_it()

    assert client.get("/cms/").headers["Location"] == SETTING_UP
    assert client.get("/home/").status_code == 200


def test_nobody_is_kept_out_before_the_day():
    client = signed_in(make.make_editor())
    need_it(days=1)

    assert client.get("/home/").status_code == 200


def test_a_second_step_opens_everything_again():
    user = make.make_editor()
    client = signed_in(user)
    need_it()
    TOTP.activate(user, generate_totp_secret())

    assert client.get("/home/").status_code == 200


def test_recovery_codes_alone_are_no_second_step():
    user = make.make_editor()
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    need_it()

    assert second_step_of(user).is_missing(timezone.now())


def test_the_setting_stands_above_the_day_chosen_on_the_site(settings):
    user = make.make_editor()
    need_it(days=30)
    settings.SECOND_FACTOR_FROM = timezone.localdate()

    assert signed_in(user).get("/home/").headers["Location"] == SETTING_UP
    with pytest.raises(errors.DayFixed):
        actions.require_second_step(actor=user, day=None, at=timezone.now())


def test_sockets_stay_closed_as_well():
    editor, learner = make.make_editor(), make.make_user()
    need_it()

    assert (lacks_second_step(editor, timezone.now()), lacks_second_step(learner, timezone.now())) == (True, False)


def test_before_the_day_it_stands_in_the_agenda():
    user, learner = make.make_editor(), make.make_user()
    need_it(days=7)

    items = agenda_for(user, timezone.now())

    assert [(item.key, item.url) for item in items] == [("second_step", SETTING_UP)]
    assert timezone.localdate(items[0].due) == timezone.localdate() + timedelta(days=7)
    assert agenda_for(learner, timezone.now()) == []


def test_choosing_a_day_tells_whoever_has_none_and_writes_it_down():
    administrator, editor, learner = make.make_administrator(), make.make_editor(), make.make_user()
    TOTP.activate(administrator, generate_totp_secret())
    day = timezone.localdate() + timedelta(days=20)

    actions.require_second_step(actor=administrator, day=day, at=timezone.now())

    assert [notice.recipient for notice in Notice.objects.filter(kind="second_step")] == [editor]
    assert Entry.objects.filter(verb="changed", actor=administrator).get().data == {"second_step_from": day.isoformat()}
    assert learner not in people_without()


@pytest.mark.parametrize(("days", "told"), [(15, 0), (14, 1), (7, 1), (1, 1), (0, 1), (-1, 0)])
def test_people_are_reminded_some_days_before(days: int, told: int):
    make.make_editor()
    need_it(days)

    assert actions.remind_of_second_step(timezone.now()) == told
    assert Notice.objects.filter(kind="second_step").count() == told


def test_the_reminder_runs_at_night():
    assert "second_step" in {task.name for task in NIGHTLY_TASKS.collect()}


def test_administrator_chooses_the_day_on_the_site():
    client = signed_in(make.make_administrator())
    day = timezone.localdate() + timedelta(days=20)

    response = client.post(reverse("lms_people:second_step_rule"), {"day": day.isoformat()})

    assert response.status_code == 302
    assert SignInRules.objects.get().second_step_from == day


def test_wrong_day_is_said_beside_the_field():
    client = signed_in(make.make_administrator())

    response = client.post(reverse("lms_people:second_step_rule"), {"day": "some day"})

    assert response.status_code == 422
    assert response.context["form"]["day"].value() == "some day"
    assert response.context["form"].errors["day"]


def test_the_check_costs_no_query():
    client = signed_in(make.make_user())
    client.get("/home/")
    with CaptureQueriesContext(connection) as before:
        client.get("/home/")

    need_it()
    with CaptureQueriesContext(connection) as after:
        client.get("/home/")

    assert len(after.captured_queries) == len(before.captured_queries)


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_signs_out_whoever_got_in_without_it():
    user = make.make_editor()
    here, elsewhere = Client(), signed_in(user)
    here.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD})
    here.get(reverse("mfa_activate_totp"))

    response = here.post(reverse("mfa_activate_totp"), {"code": code_for(here.session["mfa.totp.secret"])})

    assert response.status_code == 302
    assert here.get("/home/").status_code == 200
    assert elsewhere.get("/home/").status_code == 302
    assert Entry.objects.filter(actor=user, data={"second_step": "totp"}).exists()


def test_an_old_session_is_asked_who_it_is_before_a_second_step_is_added():
    client = signed_in(make.make_editor())

    response = client.get(reverse("mfa_activate_totp"))

    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_the_sixth_wrong_code_is_stopped_and_the_right_one_with_it():
    user = make.make_editor()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD})
    wrong = [client.post(reverse("mfa_authenticate"), {"code": "000000"}) for _try in range(6)]

    right = client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

    assert [response.status_code for response in [*wrong, right]] == [200] * 7
    assert right.context["form"].errors == wrong[5].context["form"].errors != wrong[0].context["form"].errors
    assert "_auth_user_id" not in client.session


def test_password_alone_does_not_sign_in_where_there_is_a_second_step():
    user = make.make_editor()
    TOTP.activate(user, generate_totp_secret())
    client = Client()

    client.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD})

    assert client.get("/home/").status_code == 302
    assert "_auth_user_id" not in client.session
