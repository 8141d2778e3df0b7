"""The board, the list with its filters, and the export."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lms.journal.models import Entry
from mentoring_ext.applications import actions, errors
from mentoring_ext.applications.models import Application, Stage
from tests.make import make_application, make_assignment, make_call, make_coordinator, make_user
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 25, 10, tzinfo=UTC)


def url(name, *args):
    return reverse(f"mentoring_applications:{name}", args=args)


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def coordinator(call, client: Client):
    person = make_coordinator(call.cohort)
    client.force_login(person)
    return person


def shown(client, call, **filters):
    response = client.get(url("application_list", call.pk), filters)
    return [card.application for card in response.context["page"].cards]


def test_the_second_of_two_coordinators_is_told_what_happened(call, coordinator):
    application = make_application(call=call)
    other = make_coordinator(call.cohort, first_name="Eleni", last_name="Mina")
    actions.move_application(application, actor=other, stage=Stage.INTERVIEW, at=NOW, seen=Stage.RECEIVED)

    with pytest.raises(errors.MovedMeanwhile) as raised:
        actions.move_application(application, actor=coordinator, stage=Stage.TRAINING, at=NOW, seen=Stage.RECEIVED)

    assert "Eleni Mina moved" in str(raised.value.text)
    assert "Interview" in str(raised.value.text)


def test_a_move_by_script_is_answered_with_words_and_the_stage(client: Client, call, coordinator):
    application = make_application(call=call)
    address, accept = url("application_move", application.pk), {"HTTP_ACCEPT": "application/json"}

    moved = client.post(address, {"stage": "interview", "seen": "received"}, **accept)
    late = client.post(address, {"stage": "training", "seen": "received"}, **accept)

    assert (moved.status_code, moved.json()["stage"]) == (200, "interview")
    assert (late.status_code, late.json()["stage"]) == (409, "interview")
    assert "Nothing was changed" in late.json()["text"]


@pytest.mark.parametrize("stage", [Stage.ACCEPTED, Stage.DECLINED, Stage.WITHDRAWN])
def test_a_drop_never_decides(client: Client, call, coordinator, stage):
    application = make_application(call=call)

    answer = client.post(url("application_move", application.pk), {"stage": stage}, HTTP_ACCEPT="application/json")

    application.refresh_from_db()
    assert (answer.status_code, application.stage) == (409, Stage.RECEIVED)


def test_filters_keep_what_is_looked_for(client: Client, call, coordinator):
    swede = make_application(call=call, country="SE", headline="Cellist", competences=["arts"])
    greek = make_application(call=call, user=make_user(organisation=call.organisation))
    make_assignment(greek, user=coordinator)

    assert shown(client, call, country="SE") == [swede]
    assert shown(client, call, q="cellist applicant") == [swede]
    assert shown(client, call, competence="arts") == [swede]
    assert shown(client, call, origin="in_house") == [greek]
    assert shown(client, call, origin="external") == [swede]
    assert shown(client, call, mine="on") == [greek]
    assert shown(client, call, reviewer=str(coordinator.pk)) == [greek]
    assert shown(client, call, score="3") == []
    assert shown(client, call, stage="interview") == []
    assert shown(client, call, waiting="7", country="nonsense") == [greek, swede]


def test_a_chip_leaves_its_filter_out_and_keeps_the_others(client: Client, call, coordinator):
    response = client.get(url("call_board", call.pk), {"country": "SE", "q": "cello"})

    assert {chip.label: chip.url for chip in response.context["chips"]} == {
        "Words: cello": "?country=SE",
        "Country: Sweden": "?q=cello",
    }


def test_a_call_with_many_applications_shows_numbers_and_pages(client: Client, call, coordinator):
    for number in range(120):
        make_application(call=call, applied_at=NOW - timedelta(minutes=number // 2))

    column = client.get(url("call_board", call.pk)).context["columns"][0]
    first = client.get(url("application_list", call.pk)).context["page"]
    second = client.get(url("application_list", call.pk), {"after": first.older}).context["page"]
    third = client.get(url("application_list", call.pk), {"after": second.older}).context["page"]
    back = client.get(url("application_list", call.pk), {"before": third.newer}).context["page"]

    assert (column.number, len(column.cards), column.more) == (120, 12, 108)
    assert [len(page.cards) for page in (first, second, third)] == [50, 50, 20]
    assert (first.newer, third.older) == (None, None)
    assert [card.application for card in back.cards] == [card.application for card in second.cards]
    pages = [card.application.pk for page in (first, second, third) for card in page.cards]
    assert pages == list(Application.objects.order_by("-applied_at", "-pk").values_list("pk", flat=True))


def test_board_and_list_ask_the_same_for_one_and_three(client: Client, call, coordinator):
    def one_more():
        make_assignment(make_application(call=call), user=make_user())

    assert_same_queries(lambda: client.get(url("call_board", call.pk)), one_more)
    assert_same_queries(lambda: client.get(url("application_list", call.pk)), one_more)


def test_the_export_opens_again_with_safe_cells(client: Client, call, coordinator):
    make_application(call=call, first_name="=1+1", last_name="Kahn", country="SE")
    make_application(call=call, country="GR")

    response = client.get(url("application_export", call.pk), {"country": "SE"})

    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert (len(rows), rows[0][:2], rows[1][:4]) == (
        2,
        ("First name", "Family name"),
        ("'=1+1", "Kahn", rows[1][2], "Sweden"),
    )
    assert Entry.objects.get(verb="exported").data == {"rows": 1}
