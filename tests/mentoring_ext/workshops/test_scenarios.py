"""The library of scenarios of use."""

import pytest
from django.urls import reverse

from mentoring_ext.workshops import actions, errors
from mentoring_ext.workshops.loading import load_scenarios
from mentoring_ext.workshops.models import Scenario
from tests import make
from tests.mentoring_ext.workshops.planning import BEFORE, mentor, sign_in

pytestmark = pytest.mark.django_db


def test_a_scenario_is_written_ordered_and_published_on_pages():
    planner = make.make_manager(make.make_organisation())
    client = sign_in(planner)
    head = {"organisation": planner.organisation.pk, "title": "Shy mentee", "summary": "Nobody speaks."}

    wrong = client.post(reverse("mentoring_workshops:scenario_new"), head | {"title": ""})
    client.post(reverse("mentoring_workshops:scenario_new"), head)
    scenario = Scenario.objects.get()
    for kind in ("situation", "questions", "done"):
        page = reverse("mentoring_workshops:part_new", args=[scenario.pk])
        client.post(page, {"kind": kind, "text": f"About {kind}"})
    last = scenario.parts.get(kind="done")
    client.post(reverse("mentoring_workshops:part_move", args=[last.pk]), {"to": "up"})
    client.post(reverse("mentoring_workshops:part_edit", args=[last.pk]), {"kind": "outcome", "text": "It helped."})
    reader = sign_in(mentor())
    hidden = reader.get(scenario.get_absolute_url())
    client.post(reverse("mentoring_workshops:scenario_publish", args=[scenario.pk]), {"published": "yes"})

    assert (wrong.status_code, hidden.status_code) == (422, 404)
    assert [part.kind for part in scenario.parts.all()] == ["situation", "outcome", "questions"]
    found = reader.get(reverse("mentoring_workshops:scenario_list"), {"q": "helped shy"})
    assert list(found.context["scenarios"]) == [scenario]


def test_a_scenario_belongs_to_an_organisation_of_ones_own():
    planner = make.make_manager(make.make_organisation())
    head = {"organisation": make.make_organisation(), "title": "Theirs", "summary": "No."}

    with pytest.raises(errors.NotYours):
        actions.write_scenario(None, actor=planner, values=head, at=BEFORE)


def test_the_shipped_scenarios_load_once():
    first = load_scenarios(BEFORE)
    load_scenarios(BEFORE)

    assert Scenario.objects.count() == len(first) == 3
    assert [part.kind for part in first[0].parts.all()] == ["situation", "questions", "done", "outcome"]


def test_a_part_that_was_dragged_says_its_place():
    planner = make.make_manager(make.make_organisation())
    client = sign_in(planner)
    scenario = Scenario.objects.create(
        organisation=planner.organisation, title="Shy mentee", summary="Nobody speaks.", changed_at=BEFORE
    )
    parts = [actions.add_part(scenario, actor=planner, kind="done", text=text, at=BEFORE) for text in "abcd"]
    page = reverse("mentoring_workshops:part_move", args=[parts[3].pk])

    for place in ("0", "99", "-1", "²", "1"):
        client.post(page, {"place": place})

    assert [part.text for part in scenario.parts.all()] == ["a", "d", "b", "c"]
