"""The selection report: figures, signature, fixed copy, PDF."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from lms.journal.models import Entry
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.models import Stage
from mentoring_ext.applications.privacy import handler
from mentoring_ext.applications.reports import selection_report_closed
from tests.make import make_application, make_call, make_checklist_item, make_coordinator, make_manager, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 25, 10, tzinfo=UTC)


def url(name, *args):
    return reverse(f"mentoring_applications:{name}", args=args)


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def coordinator(call):
    return make_coordinator(call.cohort)


def declined(call, coordinator, **fields):
    application = make_application(call=call, **fields)
    words = {"answer": "No place.", "reason": "Too few groups."}
    return actions.decline_application(application, actor=coordinator, at=NOW, **words)


def closed(call, coordinator):
    return actions.close_report(call, actor=coordinator, signature="Katerina V.", at=NOW)


def test_closing_keeps_what_was_decided_by_whom_and_why(call, coordinator):
    declined(call, coordinator, first_name="Ada", last_name="Lind", country="SE")

    report = closed(call, coordinator)

    assert report.content is not None
    (row,) = report.content["rows"]
    assert (row["name"], row["stage"], row["reason"]) == ("Ada Lind", "Declined", "Too few groups.")
    assert (row["decided_by"], row["decided_on"]) == (str(coordinator), "25 September 2026")
    assert report.content["figures"]["countries"] == [["Sweden", 1]]
    assert len(report.content["criteria"]) == 0 or report.content["criteria"][0]["weight"] == 3
    assert Entry.objects.get(verb="signed").object == report


def test_the_copy_stays_when_words_change_afterwards(call, coordinator):
    declined(call, coordinator)
    closed(call, coordinator)

    actions.change_guide(call.organisation, actor=coordinator, introduction="New", guidelines="New", at=NOW)

    kept = actions.report_of(call).content
    assert kept is not None
    assert kept["introduction"] != "New"
    with pytest.raises(errors.ReportClosed):
        actions.change_report(call, actor=coordinator, with_names=False, remarks="", at=NOW)
    with pytest.raises(errors.ReportClosed):
        closed(call, coordinator)


def test_closing_waits_for_decisions_and_a_signature(call, coordinator):
    declined(call, coordinator)
    with pytest.raises(errors.SignatureMissing):
        actions.close_report(call, actor=coordinator, signature=" ", at=NOW)
    make_application(call=call)

    with pytest.raises(errors.StillUndecided):
        closed(call, coordinator)


def test_a_report_can_be_opened_again(call, coordinator):
    declined(call, coordinator)
    closed(call, coordinator)

    report = actions.reopen_report(call, actor=coordinator, at=NOW)

    assert (report.closed_at, report.content) == (None, None)
    with pytest.raises(errors.ReportOpen):
        actions.reopen_report(call, actor=coordinator, at=NOW)


def test_the_cohorts_report_is_closed_when_every_call_is(call, coordinator):
    before = selection_report_closed(call.cohort)
    declined(call, coordinator)
    closed(call, coordinator)
    one = selection_report_closed(call.cohort)
    make_application(call=make_call(cohort=call.cohort))

    assert (before, one, selection_report_closed(call.cohort)) == (False, True, False)


def test_closing_the_last_report_settles_the_item_of_the_checklist(call, coordinator):
    declined(call, coordinator)
    other = make_call(cohort=call.cohort)
    declined(other, coordinator)
    item = make_checklist_item(call.cohort, code="selection_report")

    closed(call, coordinator)
    item.refresh_from_db()
    with_one_open = item.settled_at
    closed(other, coordinator)

    item.refresh_from_db()
    assert with_one_open is None
    assert (item.settled_at, item.settled_by, item.note) == (NOW, coordinator, "Signed by Katerina V.")
    assert Entry.objects.get(verb="completed").object == item


def test_a_manager_sees_figures_only(client: Client, call, coordinator):
    declined(call, coordinator, first_name="Ada", last_name="Lind")
    client.force_login(make_manager(call.organisation))

    page = client.get(url("selection_report", call.pk)).content.decode()

    assert "1 person applied" in page
    assert "Ada Lind" not in page
    assert client.get(url("call_board", call.pk)).status_code == 404


def test_pages_sign_refuse_and_print(client: Client, call, coordinator):
    declined(call, coordinator)
    client.force_login(coordinator)

    unsigned = client.post(url("selection_close", call.pk), {"signature": ""})
    signed = client.post(url("selection_close", call.pk), {"signature": "Katerina V."})
    page = client.get(url("selection_report", call.pk)).content.decode()
    pdf = client.get(url("selection_pdf", call.pk))

    assert (unsigned.status_code, signed.status_code) == (422, 302)
    assert "Closed and signed by Katerina V." in page
    assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")


def test_words_page_keeps_what_was_typed(client: Client, call, coordinator):
    client.force_login(coordinator)

    wrong = client.post(url("selection_edit", call.pk), {"report-remarks": "Kept", "guide-introduction": ""})
    client.post(
        url("selection_edit", call.pk),
        {"report-remarks": "Two calls.", "guide-introduction": "We are small.", "guide-guidelines": "Be fair."},
    )

    assert (wrong.status_code, wrong.context["report_form"]["remarks"].value()) == (422, "Kept")
    report = actions.report_of(call)
    assert (report.remarks, report.with_names, actions.guide_of(call.organisation).introduction) == (
        "Two calls.",
        False,
        "We are small.",
    )


def test_erasing_takes_the_name_out_of_a_closed_report(call, coordinator):
    user = make_user()
    application = declined(call, coordinator, first_name="Ada", user=user)
    actions.note_on_application(application, actor=coordinator, text="Ada is kind", at=NOW)
    closed(call, coordinator)

    handler().erase(user)

    content = actions.report_of(call).content
    assert content is not None
    (row,) = content["rows"]
    assert (row["name"], row["reason"], row["stage"]) == ("", "", "Declined")
    assert (application.notes.count(), application.letters.count()) == (0, 0)
    assert call.applications.get().stage == Stage.DECLINED
