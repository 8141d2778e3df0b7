"""How long applications are kept, stage by stage."""

from datetime import timedelta

import pytest

from lms.files.models import StoredFile
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.privacy.actions import enforce_retention
from lms.privacy.models import RetentionPeriod
from mentoring_ext.applications import actions
from mentoring_ext.applications.models import Application, Draft, Stage, StageChange
from mentoring_ext.applications.tokens import status_token
from tests.make import make_application, make_call, make_coordinator
from tests.mentoring_ext.applications.sending import NOW, apply, draft_of, pdf, picture, sent, url

pytestmark = pytest.mark.django_db


def in_stage(stage, *, days, **fields):
    """Make an application that came into a stage so many days ago, and applied long before."""
    application = make_application(stage=stage, applied_at=NOW - timedelta(days=900), **fields)
    StageChange.objects.create(application=application, stage=stage, at=NOW - timedelta(days=days))
    return application


@pytest.mark.parametrize(
    ("stage", "days"), [(Stage.DECLINED, 180), (Stage.WITHDRAWN, 180), (Stage.ACCEPTED, 730), (Stage.SCREENING, 365)]
)
def test_each_stage_empties_after_its_days(stage, days):
    young, old = in_stage(stage, days=days - 1), in_stage(stage, days=days + 1)

    enforce_retention(NOW)

    young.refresh_from_db()
    old.refresh_from_db()
    assert (young.emptied_at, young.first_name) == (None, "Applicant")
    assert (old.first_name, old.motivation, old.stage) == ("", "", stage)
    assert old.emptied_at is not None


def test_what_was_never_confirmed_or_sent_goes_as_a_whole():
    call = make_call()
    old = apply(call)
    Application.objects.filter(pk=old.pk).update(applied_at=NOW - timedelta(days=15))
    apply(call, email="new@example.org")
    draft_of(call, at=NOW - timedelta(days=31), uploads={"cv": pdf()})
    draft_of(call, at=NOW - timedelta(days=29))

    enforce_retention(NOW)

    assert [row.email for row in Application.objects.all()] == ["new@example.org"]
    assert Draft.objects.count() == 1
    assert StoredFile.objects.count() == 0


def test_an_administrators_period_counts_instead():
    RetentionPeriod.objects.create(name="application_declined", days=30)
    application = in_stage(Stage.DECLINED, days=31)

    enforce_retention(NOW)

    application.refresh_from_db()
    assert application.emptied_at is not None


def test_emptying_takes_everything_personal_and_keeps_the_way(client, django_capture_on_commit_callbacks):
    call = make_call()
    make_coordinator(call.cohort)
    client.post(url("application_new", call.slug), sent(cv=pdf(), picture=picture(), diploma=pdf(), taught="no"))
    application = actions.confirm_application(Application.objects.get(), at=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_application(application, at=NOW)

    application = Application.objects.get()
    assert (application.cv, application.picture, application.responses.count()) == (None, None, 0)
    assert [change.stage for change in application.changes.all()] == [Stage.RECEIVED, Stage.WITHDRAWN]
    assert StoredFile.objects.count() == 0
    assert "Nikos" not in str(list(Entry.objects.values_list("object_text"))) + str(list(Notice.objects.values()))
    assert client.get(url("application_status", status_token(application))).status_code == 404
