"""Hook points: what the check at start refuses, and pages that outlive a broken plugin."""

from typing import Any

import pytest
from wagtail import hooks

from lms import plugins
from lms.checks import check_hooks


def test_check_finds_nothing_wrong_with_the_rooms():
    assert check_hooks() == []


TAKES_NO_TIME: Any = lambda user: []  # noqa: E731


@pytest.mark.parametrize(
    ("name", "function", "code"),
    [
        ("register_agenda_sauces", list, "lms.E001"),
        ("register_agenda_sources", lambda request: [], "lms.E002"),
        ("register_agenda_sources", lambda: [plugins.NoticeKind("news", "News")], "lms.E003"),
        ("register_agenda_sources", lambda: plugins.AgendaSource("late", TAKES_NO_TIME), "lms.E004"),
    ],
)
def test_check_refuses(name, function, code):
    with hooks.register_temporarily(name, function):
        found = check_hooks()

    assert [error.id for error in found] == [code]


def test_check_knows_wagtails_own_hooks():
    with hooks.register_temporarily("construct_main_menu", lambda request, items: None):
        assert check_hooks() == []


def test_collect_refuses_another_kind():
    with hooks.register_temporarily("register_agenda_sources", lambda: "an agenda"), pytest.raises(TypeError):
        plugins.AGENDA_SOURCES.collect()


def test_ask_each_leaves_out_what_fails_and_logs_it(caplog):
    answers = plugins.ask_each([1, 0, 2], lambda number: 2 // number)

    assert answers == [2, 1]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    caplog.clear()
