"""A plugin that is on, off and failing."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from django.urls import reverse
from wagtail import hooks

from lms.agenda.actions import agenda_for
from lms.courses.actions import complete_activity, view_activity
from lms.courses.models import CoursePage
from lms.plugins import AGENDA_SOURCES, DASHBOARD_CARDS, AgendaSource, DashboardCard
from mentoring_ext.cycle.board import rows_of
from tests.make import make_cohort, make_course, make_enrolment, make_member, make_user
from tests.sample_plugin import wagtail_hooks
from tests.sample_plugin.models import WalkPage

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 17, tzinfo=UTC)
HOOKS = {
    "register_activity_kinds": wagtail_hooks.walk,
    "register_agenda_sources": wagtail_hooks.walks_to_take,
    "register_dashboard_cards": wagtail_hooks.walks_taken,
    "register_evidence_sources": wagtail_hooks.walks_of_cohorts,
}


@pytest.fixture
def plugin_off(monkeypatch):
    for name, function in HOOKS.items():
        kept = [(each, order) for each, order in hooks._hooks[name] if each is not function]
        monkeypatch.setitem(hooks._hooks, name, kept)


def make_walk(course: CoursePage | None = None) -> WalkPage:
    page = WalkPage(title="To the harbour", slug="harbour", place="the old harbour")
    return cast(WalkPage, (course or make_course()).add_child(instance=page))


def make_walker(walk: WalkPage, **fields: Any):
    user = make_user(**fields)
    make_enrolment(user=user, course=CoursePage.objects.get(path=walk.course_path))
    return user


def test_walk_is_an_activity_of_its_course(client):
    walk = make_walk()
    client.force_login(make_walker(walk))

    assert "Walk to the old harbour." in client.get(walk.url).content.decode()
    assert "Walk" in client.get(walk.get_parent().url).content.decode()


def test_walk_is_completed_like_any_other_activity(client):
    walk = make_walk()
    walker = make_walker(walk)
    client.force_login(walker)

    client.post(reverse("lms_courses:activity_done", args=[walk.pk]))

    assert walker.activity_progress.get().state == "completed"


def test_begun_walk_stands_on_the_agenda(client):
    walk = make_walk()
    walker = make_walker(walk)

    view_activity(walk, actor=walker, at=AT)

    assert f"walk-{walk.pk}" in [item.key for item in agenda_for(walker, AT)]


def test_walks_taken_stand_on_the_dashboard(client):
    walk = make_walk()
    walker = make_walker(walk)
    complete_activity(walk, actor=walker, at=AT)
    client.force_login(walker)

    assert "Your walks" in client.get(reverse("lms_agenda:home")).content.decode()


def test_walks_taken_are_evidence_of_the_cohort():
    cohort, walk = make_cohort(), make_walk()
    walker = make_member(cohort, "mentee", user=make_walker(walk))
    complete_activity(walk, actor=walker, at=AT)

    assert [row.row.title for row in rows_of([cohort.pk])] == ["A walk was taken: To the harbour"]


def test_plugin_that_is_off_leaves_nothing_behind(client, plugin_off):
    cohort, walk = make_cohort(), make_walk()
    walker = make_member(cohort, "mentee", user=make_walker(walk))
    complete_activity(walk, actor=walker, at=AT)
    client.force_login(walker)

    assert "Your walks" not in client.get(reverse("lms_agenda:home")).content.decode()
    assert rows_of([cohort.pk]) == []
    assert client.get(walk.url).status_code == 200


def test_plugin_that_fails_takes_no_page_away(client, caplog):
    def fail(user, at):
        raise RuntimeError("This plugin is broken")

    broken = [
        (AGENDA_SOURCES.name, lambda: AgendaSource("broken", fail)),
        (DASHBOARD_CARDS.name, lambda: DashboardCard("broken", "none.html", fail)),
    ]
    client.force_login(make_user())

    with hooks.register_temporarily(broken):
        response = client.get(reverse("lms_agenda:home"))

    assert response.status_code == 200
    assert [record.levelname for record in caplog.records if record.name == "lms.plugins"] == ["ERROR", "ERROR"]
    caplog.clear()
