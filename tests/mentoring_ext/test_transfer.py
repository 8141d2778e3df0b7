"""Copying a programme to another department, adapting the copy, and who may run it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import Department, User
from mentoring_ext.evaluation.actions import attach_forms
from mentoring_ext.programmes import actions, errors
from mentoring_ext.programmes.models import PhaseTask, Programme, ProgrammeCourse, Role
from tests import make

pytestmark = pytest.mark.django_db
AT = make.JANUARY


@pytest.fixture
def programme() -> Programme:
    made = make.make_programme(sessions=3)
    PhaseTask.objects.create(phase=made.phases.get(code="launch"), role=Role.MENTOR, text="Reads the guide.")
    ProgrammeCourse.objects.create(programme=made, course=make.make_course(), role=Role.MENTOR)
    attach_forms(made, at=AT)
    return made


@pytest.fixture
def department() -> Department:
    return make.make_department()


@pytest.fixture
def manager(client: Client, department: Department) -> User:
    person = make.make_manager(department.organisation)
    client.force_login(person)
    return person


def transfer(programme: Programme, manager: User, department: Department, **fields: Any) -> Programme:
    place = {"organisation": department.organisation, "department": department}
    return actions.transfer_programme(programme, actor=manager, at=AT, **{**place, "name": "Ours", **fields})


def test_a_copy_has_everything_of_its_own(programme: Programme, manager: User, department: Department):
    copy = transfer(programme, manager, department)

    assert (copy.department, copy.copied_from, copy.summary) == (department, programme, programme.summary)
    for name in ("phases", "session_plans", "outcomes", "programme_courses", "evaluation_forms"):
        assert (name, getattr(copy, name).count()) == (name, getattr(programme, name).count())
    assert copy.phases.first().tasks.get().text == "Reads the guide."
    assert [plan.title for plan in copy.session_plans.all()] == [plan.title for plan in programme.session_plans.all()]
    assert copy.session_plans.first().outcomes.get().programme == copy
    form = copy.evaluation_forms.all()[0]
    assert (
        form.questionnaire.organisation,
        form.questionnaire.versions.filter(published_at__isnull=False).count(),
    ) == (
        department.organisation,
        1,
    )


def test_a_copy_is_told_to_the_managers_there(programme: Programme, manager: User, department: Department):
    other = make.make_manager(department.organisation)

    transfer(programme, manager, department)

    assert Notice.objects.get(kind="programme_transferred").recipient == other
    assert Entry.objects.filter(verb="created", data={"from": programme.pk}).count() == 1


def test_a_copy_goes_only_where_the_person_works(programme: Programme, manager: User):
    with pytest.raises(errors.NotYourPlace):
        transfer(programme, manager, make.make_department())


def test_a_copy_needs_a_name_of_its_own(programme: Programme, manager: User, department: Department):
    with pytest.raises(errors.ProgrammeNameTaken):
        transfer(programme, manager, department, name=programme.name.upper())


def test_only_cohorts_of_the_department_run_its_copy(programme: Programme, manager: User, department: Department):
    copy = transfer(programme, manager, department)
    below = make.make_department(organisation=department.organisation, parent=department)
    fields = {"actor": manager, "organisation": department.organisation, "country": "GR", "starts_on": date(2026, 1, 5)}

    with pytest.raises(errors.ProgrammeElsewhere):
        actions.open_cohort(copy, name="Elsewhere", at=AT, **fields)
    cohort = actions.open_cohort(copy, name="Here", at=AT, department=below, **fields)

    assert (cohort.programme, cohort.phase.programme) == (copy, copy)


def test_the_order_stays_while_cohorts_run(programme: Programme, manager: User, department: Department):
    copy = transfer(programme, manager, department)
    last = copy.session_plans.last()
    actions.order_plan(last, actor=manager, place=0)
    assert copy.session_plans.first() == last
    make.make_cohort(programme=copy)

    for refused in (
        lambda: actions.order_plan(last, actor=manager, place=2),
        lambda: actions.remove_plan(last, actor=manager),
        lambda: actions.write_plan(copy, None, actor=manager, words={}),
    ):
        with pytest.raises(errors.ProgrammeInUse):
            refused()


def test_copying_and_adapting_on_the_pages(client: Client, programme: Programme, manager: User, department: Department):
    place = {"organisation": department.organisation_id, "department": department.pk}
    answer = client.post(
        reverse("mentoring_programmes:programme_copy", args=[programme.slug]), {**place, "name": "Libraries"}
    )
    copy = Programme.objects.get(name="Libraries")
    plan, phase = copy.session_plans.first(), copy.phases.first()
    words = {"title": "Hello", "topic": "Meeting", "text": "Say hello.", "activities": "Talk"}

    client.post(reverse("mentoring_programmes:plan_edit", args=[plan.pk]), words)
    client.post(reverse("mentoring_programmes:plan_new", args=[copy.slug]), words | {"title": "Goodbye"})
    client.post(reverse("mentoring_programmes:phase_edit", args=[phase.pk]), {"name": "Start", "text": "We start."})
    client.post(reverse("mentoring_programmes:plan_order", args=[plan.pk]), {"place": "1"})
    client.post(reverse("mentoring_programmes:programme_words", args=[copy.slug]), {"name": "L", "summary": "Books."})

    assert answer["Location"] == reverse("mentoring_programmes:programme_edit", args=[copy.slug])
    assert [one.title for one in copy.session_plans.all()] == ["Topic 2", "Hello", "Topic 3", "Goodbye"]
    assert Programme.objects.get(pk=copy.pk).name == "L"
    assert programme.session_plans.filter(title="Hello").count() == 0
    assert client.get(reverse("mentoring_programmes:programme_edit", args=[copy.slug])).status_code == 200


def test_a_shipped_programme_and_one_of_others_are_not_changed(client: Client, programme: Programme, manager: User):
    far = transfer(programme, make.make_administrator(), make.make_department())

    shipped = client.post(reverse("mentoring_programmes:programme_words", args=[programme.slug]), {"name": "Mine"})
    theirs = client.post(reverse("mentoring_programmes:programme_words", args=[far.slug]), {"name": "Mine"})

    assert (shipped.status_code, theirs.status_code) == (403, 404)


def test_a_wrong_copy_is_answered_beside_the_field(client: Client, programme: Programme, manager: User):
    far = make.make_department()
    data = {"organisation": manager.organisation_id, "department": far.pk, "name": programme.name}

    response = client.post(reverse("mentoring_programmes:programme_copy", args=[programme.slug]), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["department"])
    assert response.context["form"]["name"].value() == programme.name


def test_coordinator_of_a_cohort_adapts_the_copy_that_they_may_make(client: Client, programme: Programme):
    cohort = make.make_cohort()
    coordinator = make.make_coordinator(cohort)
    place = {"organisation": cohort.organisation, "department": None}
    copy = actions.transfer_programme(programme, actor=coordinator, name="Our own", at=AT, **place)
    client.force_login(coordinator)

    answers = [client.get(f"/cohorts/programme/{one.slug}/edit/").status_code for one in (copy, programme)]

    assert answers == [200, 403]
