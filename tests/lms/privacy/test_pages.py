"""The pages, and people who try what is not theirs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.jobs.models import Job
from lms.plugins import AgendaItem
from lms.privacy.actions import Words, ask_erasure, give_consent, has_consent, publish_consent, record_reading
from lms.privacy.due import due_for
from lms.privacy.models import Consent, ConsentVersion, Erasure, Reading, RetentionPeriod
from lms.privacy.tokens import token_of
from lms.serving.models import NightlyRun
from tests import make
from tests.make.times import AUTUMN
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


def signed_in(user, **options):
    client = Client(**options)
    client.login(username=user.username, password=make.PASSWORD)
    return client


def just_signed_in(user):
    """Sign in as a person does, with the password: a moment later nothing asks for it again."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": make.PASSWORD})
    return client


def url(name, *args):
    return reverse(f"lms_privacy:{name}", args=args)


def test_own_data_is_gathered_as_a_job_that_only_the_owner_downloads(django_capture_on_commit_callbacks):
    user, thief = make.make_user(), make.make_user()

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in(user).post(url("own_data"))

    job = Job.objects.get(kind="own_data")
    assert (response["Location"], job.state) == (job.get_absolute_url(), Job.State.DONE)
    place = reverse("lms_jobs:job_file", args=[job.pk])
    assert b"".join(signed_in(user).get(place)).startswith(b"PK")
    assert signed_in(thief).get(place).status_code == 404
    assert signed_in(make.make_administrator()).get(place).status_code == 404
    assert Client().get(place).status_code == 302


def test_own_data_is_made_a_few_times_a_day(django_capture_on_commit_callbacks):
    client = signed_in(make.make_user())

    answers = []
    for _time in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(client.post(url("own_data")).status_code)

    assert answers == [302, 302, 302, 409]


def test_two_clicks_make_one_archive():
    client = signed_in(make.make_user())

    first, second = client.post(url("own_data")), client.post(url("own_data"))

    assert first["Location"] == second["Location"]


def test_erasing_asks_for_the_password_again():
    user = make.make_user()
    client = Client()
    client.force_login(user)

    response = client.post(url("erasure_ask"), {"username": user.username})

    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not Erasure.objects.exists()


def test_wrong_user_name_is_shown_beside_the_field_and_kept():
    user = make.make_user()

    response = just_signed_in(user).post(url("erasure_ask"), {"username": "somebody"})

    assert response.status_code == 422
    assert "username" in response.context["form"].errors
    assert response.context["form"]["username"].value() == "somebody"


def test_own_account_is_erased_whoever_the_form_names():
    user, other = make.make_user(), make.make_user()
    typed = {"username": user.username, "user": other.pk, "pk": other.pk, "reason": "mine"}

    just_signed_in(user).post(url("erasure_ask"), typed)

    erasure = Erasure.objects.get()
    assert (erasure.user, erasure.asked_by, erasure.reason) == (user, user, "")


def test_another_account_is_not_erased_by_its_name():
    user, other = make.make_user(), make.make_user()

    assert just_signed_in(user).post(url("erasure_ask"), {"username": other.username}).status_code == 422
    assert just_signed_in(user).post(url("erase_other", other.pk), {"username": other.username}).status_code == 403
    assert not Erasure.objects.exists()


def test_administrator_erases_with_a_reason_only():
    admin, other = make.make_administrator(), make.make_user()

    without = signed_in(admin).post(url("erase_other", other.pk), {"username": other.username})
    with_one = signed_in(admin).post(url("erase_other", other.pk), {"username": other.username, "reason": "Asked."})

    assert (without.status_code, with_one.status_code) == (422, 302)
    assert Erasure.objects.get().asked_by == admin


def test_link_in_the_mail_keeps_the_account_without_signing_in():
    user = make.make_user()
    erasure = ask_erasure(user, actor=user, username=user.username, at=timezone.now())
    place = url("erasure_stop", token_of(erasure))

    seen, kept, again = Client().get(place), Client().post(place), Client().get(place)

    assert (seen.status_code, kept.status_code, again.status_code) == (200, 302, 404)
    erasure.refresh_from_db()
    assert erasure.cancelled_at


def test_guessed_link_stops_nothing():
    user = make.make_user()
    erasure = ask_erasure(user, actor=user, username=user.username, at=timezone.now())

    assert Client().post(url("erasure_stop", str(erasure.pk))).status_code == 404
    assert Client().post(url("erasure_stop", token_of(erasure)[:-1] + "x")).status_code == 404


def test_person_cannot_stop_what_an_administrator_decided():
    user, admin = make.make_user(), make.make_administrator()
    erasure = ask_erasure(user, actor=admin, username=user.username, reason="x", at=timezone.now())

    assert signed_in(user).post(url("erasure_stop_own")).status_code == 404
    assert Client().post(url("erasure_stop", token_of(erasure))).status_code == 404
    assert signed_in(user).post(url("erasure_stop_other", erasure.pk)).status_code == 403


@pytest.mark.parametrize(
    ("name", "args"),
    [("own_data", []), ("erasure_ask", []), ("erasure_stop_own", []), ("consent_withdraw", ["matching"])],
)
def test_other_sites_cannot_press_the_buttons(name, args):
    client = signed_in(make.make_user(), enforce_csrf_checks=True)

    assert client.post(url(name, *args)).status_code == 403


def test_nobody_takes_back_anothers_consent():
    user, other = make.make_user(), make.make_user()
    give_consent(other, "matching", at=AUTUMN)
    consent = Consent.objects.get(user=other)

    signed_in(user).post(url("consent_withdraw", "matching"), {"user": other.pk, "pk": consent.pk})

    assert has_consent(other, "matching")


def test_consent_is_taken_back_on_the_page_and_stands_under_earlier():
    user = make.make_user()
    give_consent(user, "matching", at=AUTUMN)
    client = signed_in(user)

    client.post(url("consent_withdraw", "matching"))

    assert not has_consent(user, "matching")
    assert "taken back on" in client.get(url("consent_list")).content.decode()


def test_new_text_is_asked_for_on_the_agenda_until_it_is_answered():
    user = make.make_user()
    give_consent(user, "matching", at=AUTUMN)
    publish_consent(
        "matching", actor=None, words={"en": Words("New", "Another")}, at=AUTUMN, renew_by=AUTUMN + timedelta(days=9)
    )

    before: list[AgendaItem] = list(due_for(user, AUTUMN))
    give_consent(user, "matching", at=AUTUMN)

    assert [item.due for item in before] == [AUTUMN + timedelta(days=9)]
    assert list(due_for(user, AUTUMN)) == []


def test_text_is_published_and_a_wrong_form_keeps_what_was_typed():
    client = signed_in(make.make_administrator())
    typed = {"title": "T", "text": "New words", "changes": "All", "renewal": "on"}

    wrong = client.post(url("text_publish", "terms"), typed)
    right = client.post(url("text_publish", "terms"), typed | {"renew_by": "2999-01-01"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert wrong.context["form"]["text"].value() == "New words"
    assert "renew_by" in wrong.context["form"].errors
    assert ConsentVersion.objects.newest_of("terms").number == 2


def test_manager_of_the_only_organisation_publishes_texts_and_no_other():
    organisation = make.make_organisation()
    manager = make.make_manager(organisation)

    alone = signed_in(manager).get(url("text_list")).status_code
    make.make_organisation()

    assert (alone, signed_in(manager).get(url("text_list")).status_code) == (200, 403)


def test_period_that_is_too_short_is_shown_beside_the_field():
    client = signed_in(make.make_administrator())

    wrong = client.post(url("period_edit", "notices"), {"days": "2"})
    right = client.post(url("period_edit", "notices"), {"days": "60"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "days" in wrong.context["form"].errors
    assert RetentionPeriod.objects.get().days == 60


def test_readings_are_told_in_words_and_asked_for_in_few_queries():
    user, reader = make.make_user(), make.make_user(first_name="Maria", last_name="Vlachou")
    client = signed_in(user)

    def one_more():
        record_reading(make.make_notice(user), reader=reader, about=user, what="Session form", at=timezone.now())

    assert_same_queries(lambda: client.get(url("reading_list")), one_more)
    assert "<strong>Maria Vlachou</strong> opened: Session form" in client.get(url("reading_list")).content.decode()


def test_readings_go_on_on_older_pages():
    user = make.make_user()
    thing = make.make_notice(user)
    for hours in range(35):
        record_reading(thing, reader=make.make_user(), about=user, what="Form", at=AUTUMN + timedelta(hours=hours))
    client = signed_in(user)

    first = client.get(url("reading_list"))
    second = client.get(url("reading_list"), {"before": first.context["older"]})

    assert (len(first.context["readings"]), len(second.context["readings"])) == (30, 5)
    assert Reading.objects.count() == 35


def test_failed_night_is_shown_to_administrators_and_done_again():
    admin = make.make_administrator()
    now = timezone.now()
    run = NightlyRun.objects.create(
        night=now.date(), name="retention", started_at=now, finished_at=now, error="ValueError: broken"
    )
    client = signed_in(admin)

    page = client.get(reverse("lms_serving:night_list")).content.decode()
    client.post(reverse("lms_serving:night_retry", args=[run.pk]))

    assert "ValueError: broken" in page
    assert not NightlyRun.objects.exists()


def test_an_administrator_finds_privacy_among_the_places_and_a_learner_does_not():
    places = [signed_in(user).get("/home/").content.decode() for user in (make.make_administrator(), make.make_user())]

    assert ['<a class="rail__place" href="/privacy/"' in page for page in places] == [True, False]
