import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from lms.privacy.actions import erase_at_once, withdraw_consent
from lms.privacy.actions.retention import rule_named
from lms.privacy.own_data import write_archive
from mentoring_ext.profiles.actions import finish_sheet, save_sheet
from mentoring_ext.profiles.models import HoursTold, SheetState
from tests import make

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 3, 12, tzinfo=UTC)
BEFORE = [9, 10, 11, 34, 35]


def tell(profile, hours, at=AT, keep=save_sheet):
    return keep(profile, actor=profile.user, values={"availability": hours}, at=at)


@pytest.mark.parametrize("make_profile", [make.make_mentor_profile, make.make_mentee_profile])
@pytest.mark.parametrize("keep", [save_sheet, finish_sheet])
def test_hours_that_a_sheet_no_longer_tells_are_kept(make_profile, keep):
    profile = make_profile(availability=BEFORE)

    tell(profile, [9, 10], keep=keep)

    row = HoursTold.objects.get()
    profile.refresh_from_db()
    assert (row.user, row.hours, row.at, profile.availability) == (profile.user, BEFORE, AT, [9, 10])
    assert row.sheet == ("mentor" if make_profile is make.make_mentor_profile else "mentee")


@pytest.mark.parametrize("hours", [BEFORE, [*BEFORE, 36], BEFORE[::-1]])
def test_nothing_is_kept_where_no_hour_went(hours):
    tell(make.make_mentee_profile(availability=BEFORE), hours)

    assert not HoursTold.objects.exists()


def test_a_sheet_that_was_never_finished_told_nothing():
    tell(make.make_mentee_profile(availability=BEFORE, state=SheetState.DRAFT), [9, 10])

    assert not HoursTold.objects.exists()


def test_a_step_without_hours_keeps_nothing():
    profile = make.make_mentee_profile(availability=BEFORE)

    save_sheet(profile, actor=profile.user, values={"area": "arts.visual"}, at=AT)

    assert not HoursTold.objects.exists()


def test_the_same_hours_are_kept_once_with_the_last_time():
    profile = make.make_mentee_profile(availability=BEFORE)
    for day, hours in enumerate(([9, 10], BEFORE, [9, 10])):
        tell(profile, hours, at=AT + timedelta(days=day))

    row = HoursTold.objects.get()
    assert (row.hours, row.at) == (BEFORE, AT + timedelta(days=2))


def test_hours_of_several_times_count_together():
    profile = make.make_mentee_profile(availability=[9, 10])
    tell(profile, [34, 35])
    tell(profile, [50, 51], at=AT + timedelta(days=1))

    told = HoursTold.objects.since(AT)
    later = HoursTold.objects.since(AT + timedelta(hours=1))
    assert told.by_person() == {("mentee", profile.user_id): frozenset({9, 10, 34, 35})}
    assert later.by_person() == {("mentee", profile.user_id): frozenset({34, 35})}


def test_they_go_with_the_consent_to_be_matched():
    profile = make.make_mentee_profile(availability=BEFORE)
    tell(profile, [9, 10])

    withdraw_consent(profile.user, "matching", at=AT)

    assert not HoursTold.objects.exists()


def test_they_go_after_a_year():
    profile = make.make_mentee_profile(availability=BEFORE)
    tell(profile, [9, 10])
    rule = rule_named("hours_told")
    assert rule.count

    assert (rule.days, rule.count(AT), rule.enforce(AT)) == (365, 0, 0)
    assert (rule.count(AT + timedelta(days=1)), rule.enforce(AT + timedelta(days=1))) == (1, 1)
    assert not HoursTold.objects.exists()


def test_erasing_somebody_erases_them():
    profile = make.make_mentee_profile(availability=BEFORE)
    tell(profile, [9, 10])

    erase_at_once(profile.user, reason="Asked for it.", at=AT)

    assert not HoursTold.objects.exists()


def test_they_are_in_ones_own_data():
    profile = make.make_mentee_profile(availability=BEFORE)
    tell(profile, [9, 10])
    target = io.BytesIO()

    write_archive(profile.user, target, at=AT, after_each=lambda: None)

    archive = zipfile.ZipFile(target)
    assert json.loads(archive.read("my-data.json"))["profiles"]["hourstold"][0]["hours"] == BEFORE
