"""Internal procedures: templates, a cohort's checklist, and the phases that it holds back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.people.models import OrganisationMembership, User
from lms.people.permissions import forget_roles
from lms.plugins import AgendaItem
from mentoring_ext.programmes import actions, errors
from mentoring_ext.programmes.loading import load_programme, programme_files
from mentoring_ext.programmes.models import ChecklistItem, ChecklistTemplate, Cohort, Gate, Phase, TemplateItem, Ticker
from tests import make
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
AT = make.JANUARY
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def phase(cohort: Cohort, code: str) -> Phase:
    return cohort.programme.phases.get(code=code)


def led_cohort(**fields: Any) -> tuple[Cohort, User, User]:
    """Return a cohort with its coordinator and the manager of its organisation."""
    cohort = make.make_cohort(**fields)
    return cohort, make.make_coordinator(cohort), make.make_manager(cohort.organisation)


def verbs(item: ChecklistItem) -> list[str]:
    return list(
        Entry.objects.filter(object_id=item.pk, verb__in=["completed", "waived", "reopened"]).values_list(
            "verb", flat=True
        )
    )


def checklist_items(person: User) -> list[AgendaItem]:
    return [item for item in agenda_for(person, AT) if item.key.startswith("checklist")]


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_open_cohort_takes_over_the_shipped_checklist():
    programme = make.make_programme()
    make.make_checklist(programme, "Insurance", "Data protection")

    cohort = make.open_cohort_of(programme)

    assert [item.text for item in cohort.checklist.all()] == ["Insurance", "Data protection"]


def test_own_checklist_of_the_organisation_stands_for_the_shipped_one():
    programme, organisation = make.make_programme(), make.make_organisation()
    make.make_checklist(programme, "Shipped")
    make.make_checklist(programme, "Own", organisation=organisation)
    make.make_checklist(programme, "Of somebody else", organisation=make.make_organisation())

    cohort = make.open_cohort_of(programme, organisation=organisation)

    assert [item.text for item in cohort.checklist.all()] == ["Own"]


def test_a_department_adds_its_checklist():
    programme, department = make.make_programme(), make.make_department()
    make.make_checklist(programme, "Own", organisation=department.organisation)
    make.make_checklist(programme, "Library", organisation=department.organisation, department=department)

    cohort = make.open_cohort_of(programme, organisation=department.organisation, department=department)

    assert [item.text for item in cohort.checklist.all()] == ["Own", "Library"]


def test_a_later_change_of_the_template_leaves_open_cohorts_alone():
    programme = make.make_programme()
    template = make.make_checklist(programme, "Insurance")
    cohort = make.open_cohort_of(programme)

    template.items.update(text="Something else")

    assert [item.text for item in cohort.checklist.all()] == ["Insurance"]


def test_a_launch_is_refused_with_the_list_of_what_is_open():
    cohort, coordinator, _manager = led_cohort()
    for text in ("Insurance", "Data protection"):
        make.make_checklist_item(cohort, text=text)
    make.make_checklist_item(cohort, text="Nice to have", required=False)
    make.make_checklist_item(cohort, text="Later", before=Gate.CLOSURE)

    with pytest.raises(errors.ItemsOpen) as refused:
        actions.start_phase(cohort, phase(cohort, Phase.Code.PREPARATION), actor=coordinator)

    assert str(refused.value.text) == "2 items of the checklist are still open: Insurance; Data protection."
    assert cohort.phase.code == Phase.Code.LAUNCH


def test_jumping_over_phases_asks_for_what_stands_before_all_of_them():
    cohort, coordinator, _manager = led_cohort()
    make.make_checklist_item(cohort, before=Gate.MATCHING)

    with pytest.raises(errors.ItemsOpen):
        actions.start_phase(cohort, phase(cohort, Phase.Code.INTRODUCTION), actor=coordinator)


def test_a_cohort_is_launched_when_its_items_are_settled():
    cohort, coordinator, _manager = led_cohort()
    item = make.make_checklist_item(cohort)
    actions.settle_item(item, actor=coordinator, note="Agreed on Monday.", at=AT)

    actions.start_phase(cohort, phase(cohort, Phase.Code.PREPARATION), actor=coordinator)

    item.refresh_from_db()
    assert (item.settled_by, item.settled_at, item.note) == (coordinator, AT, "Agreed on Monday.")
    assert verbs(item) == ["completed"]
    assert cohort.phase.code == Phase.Code.PREPARATION


def test_settle_item_asks_for_the_file_that_proves_it():
    cohort, coordinator, _manager = led_cohort()
    item = make.make_checklist_item(cohort, needs_evidence=True)

    with pytest.raises(errors.EvidenceMissing):
        actions.settle_item(item, actor=coordinator, at=AT)

    assert not ChecklistItem.objects.get().is_settled


@pytest.mark.parametrize(
    ("ticked_by", "coordinator_may", "manager_may"),
    [(Ticker.COORDINATOR, True, False), (Ticker.MANAGER, False, True), (Ticker.EITHER, True, True)],
)
def test_who_settles_what(ticked_by, coordinator_may, manager_may):
    cohort, coordinator, manager = led_cohort()
    item = make.make_checklist_item(cohort, ticked_by=ticked_by)

    may = [person.has_perm("mentoring_programmes.settle_item", item) for person in (coordinator, manager)]

    assert may == [coordinator_may, manager_may]


def test_settle_item_refuses_who_it_does_not_rest_on():
    cohort, coordinator, _manager = led_cohort()
    item = make.make_checklist_item(cohort, ticked_by=Ticker.MANAGER)

    with pytest.raises(errors.NotYoursToSettle):
        actions.settle_item(item, actor=coordinator, at=AT)


def test_the_manager_says_that_an_item_does_not_apply():
    cohort, coordinator, manager = led_cohort()
    item = make.make_checklist_item(cohort)

    with pytest.raises(errors.NotYoursToSettle):
        actions.excuse_item(item, actor=coordinator, because="No need", at=AT)
    with pytest.raises(errors.WhyNotMissing):
        actions.excuse_item(item, actor=manager, because=" ", at=AT)
    actions.excuse_item(item, actor=manager, because="All meet online.", at=AT)

    assert verbs(item) == ["waived"]
    actions.start_phase(cohort, phase(cohort, Phase.Code.PREPARATION), actor=coordinator)


def test_reopen_item_takes_the_tick_back_and_keeps_the_note():
    cohort, coordinator, manager = led_cohort()
    item = actions.settle_item(make.make_checklist_item(cohort), actor=coordinator, note="Done.", at=AT)

    with pytest.raises(errors.NotYoursToSettle):
        actions.reopen_item(item, actor=manager, at=AT)
    reopened = actions.reopen_item(item, actor=coordinator, at=AT)

    assert (reopened.is_settled, reopened.note) == (False, "Done.")


def test_nothing_changes_in_a_finished_cohort():
    cohort, coordinator, _manager = led_cohort(state=Cohort.State.FINISHED)
    item = make.make_checklist_item(cohort)

    with pytest.raises(errors.CohortFinished):
        actions.settle_item(item, actor=coordinator, at=AT)
    with pytest.raises(errors.CohortFinished):
        actions.add_item(cohort, actor=coordinator, values={"text": "Late"}, at=AT)


def test_fulfil_settles_what_another_room_answers_for():
    cohort, coordinator, _manager = led_cohort()
    item = make.make_checklist_item(cohort, code="selection_report")

    settled = [actions.fulfil(cohort, "selection_report", actor=coordinator, at=AT, note="Closed.") for _ in range(2)]

    item.refresh_from_db()
    assert (settled, item.note) == ([1, 0], "Closed.")


def test_the_agenda_names_the_first_open_item_to_the_one_who_settles_it():
    cohort, coordinator, manager = led_cohort()
    make.make_checklist_item(cohort, text="Insurance", ticked_by=Ticker.MANAGER)
    make.make_checklist_item(cohort, text="Later", ticked_by=Ticker.COORDINATOR, before=Gate.CLOSURE)

    found = {person: checklist_items(person) for person in (coordinator, manager)}

    assert found[coordinator] == []
    assert [(item.about, item.why) for item in found[manager]] == [
        (cohort.name, "The cohort cannot go on before: Insurance")
    ]


def test_a_manager_elsewhere_is_not_asked():
    cohort, _coordinator, _manager = led_cohort()
    make.make_checklist_item(cohort, ticked_by=Ticker.MANAGER)
    stranger = make.make_manager(make.make_organisation())

    assert checklist_items(stranger) == []


def test_a_manager_of_the_department_settles_its_cohorts_items():
    department = make.make_department()
    cohort = make.make_cohort(organisation=department.organisation, department=department)
    item = make.make_checklist_item(cohort, ticked_by=Ticker.MANAGER)
    manager = make.make_user()
    OrganisationMembership.objects.create(
        user=manager, organisation=department.organisation, department=department, role="manager"
    )
    forget_roles(manager)

    assert actions.settle_item(item, actor=manager, at=AT).is_settled


def test_write_template_copies_another_one():
    programme, organisation = make.make_programme(), make.make_organisation()
    shipped = make.make_checklist(programme, "Insurance", "Data protection")
    manager = make.make_manager(organisation)

    own = actions.write_template(programme, actor=manager, organisation=organisation, name="Ours", like=shipped, at=AT)

    assert [item.text for item in own.items.all()] == ["Insurance", "Data protection"]


def test_write_template_refuses_other_organisations_and_taken_names():
    programme, organisation = make.make_programme(), make.make_organisation()
    manager = make.make_manager(organisation)
    actions.write_template(programme, actor=manager, organisation=organisation, name="Ours", at=AT)

    with pytest.raises(errors.NotYours):
        actions.write_template(programme, actor=manager, organisation=make.make_organisation(), name="Mine", at=AT)
    with pytest.raises(errors.ChecklistNameTaken):
        actions.write_template(programme, actor=manager, organisation=organisation, name="ours", at=AT)


def test_a_shipped_template_is_not_changed():
    template = make.make_checklist(make.make_programme(), "Insurance")
    administrator = make.make_administrator()

    for change in (
        lambda: actions.change_template(template, actor=administrator, name="New", text="", at=AT),
        lambda: actions.write_item(template, actor=administrator, values={"text": "More"}, at=AT),
        lambda: actions.move_item(template.items.get(), actor=administrator, place=0, at=AT),
        lambda: actions.remove_item(template.items.get(), actor=administrator, at=AT),
        lambda: actions.remove_template(template, actor=administrator, at=AT),
    ):
        with pytest.raises(errors.ShippedChecklist):
            change()


def test_move_item_keeps_the_order_whole():
    organisation = make.make_organisation()
    template = make.make_checklist(make.make_programme(), "A", "B", "C", organisation=organisation)
    manager = make.make_manager(organisation)

    actions.move_item(template.items.get(text="C"), actor=manager, place=0, at=AT)
    actions.move_item(template.items.get(text="A"), actor=manager, place=99, at=AT)

    assert [item.text for item in template.items.all()] == ["C", "B", "A"]


def test_loading_the_programme_twice_makes_one_checklist():
    path: Path = programme_files()[0]

    load_programme(path)
    first = list(TemplateItem.objects.values_list("pk", flat=True))
    load_programme(path)

    assert ChecklistTemplate.objects.count() == 1
    assert list(TemplateItem.objects.values_list("pk", flat=True)) == first
    assert len(first) == 8


def test_starting_the_phase_on_the_page_shows_what_is_open():
    cohort, coordinator, _manager = led_cohort()
    item = make.make_checklist_item(cohort, text="Insurance")

    answer = sign_in(coordinator).post(reverse("mentoring_programmes:phase_start", args=[cohort.pk, "preparation"]))

    assert answer.status_code == 409
    assert answer.context["refused"] == [item]
    assert "cannot start yet" in answer.content.decode()


def test_the_item_is_settled_on_its_page_with_a_file():
    cohort, coordinator, _manager = led_cohort()
    item = make.make_checklist_item(cohort, needs_evidence=True)
    client, page = sign_in(coordinator), item.get_absolute_url()

    wrong = client.post(page, {"note": "It is in the drawer."})
    right = client.post(page, {"note": "Here it is.", "evidence": SimpleUploadedFile("policy.pdf", PDF)})

    assert wrong.status_code == 422
    assert wrong.context["form"].errors == {"evidence": ["Add the file that proves it."]}
    assert "It is in the drawer." in wrong.content.decode()
    assert right.status_code == 302
    proof = client.get(reverse("mentoring_programmes:checklist_item_evidence", args=[item.pk]))
    assert proof.getvalue() == PDF
    assert proof.headers["Content-Disposition"].startswith("attachment")


def test_a_manager_excuses_and_reopens_on_the_page():
    cohort, _coordinator, manager = led_cohort()
    item = make.make_checklist_item(cohort)
    client = sign_in(manager)

    wrong = client.post(reverse("mentoring_programmes:checklist_item_excuse", args=[item.pk]), {"because": ""})
    client.post(reverse("mentoring_programmes:checklist_item_excuse", args=[item.pk]), {"because": "All online"})
    excused = ChecklistItem.objects.get().not_needed_because
    client.post(reverse("mentoring_programmes:checklist_item_reopen", args=[item.pk]))

    assert (wrong.status_code, excused) == (422, "All online")
    assert not ChecklistItem.objects.get().is_settled


def test_the_coordinator_adds_an_item_for_this_cohort():
    cohort, coordinator, _manager = led_cohort()
    client, page = sign_in(coordinator), reverse("mentoring_programmes:checklist_item_new", args=[cohort.pk])
    values = {"area": "legal", "before": "preparation", "ticked_by": "coordinator", "required": "on"}

    wrong = client.post(page, {**values, "text": ""})
    client.post(page, {**values, "text": "Photo consents"})

    assert wrong.status_code == 422
    assert [(item.text, item.area) for item in cohort.checklist.all()] == [("Photo consents", "legal")]


def test_a_manager_keeps_a_checklist_on_pages():
    organisation = make.make_organisation()
    programme, client = make.make_programme(), sign_in(make.make_manager(organisation))
    values = {"area": "legal", "before": "preparation", "ticked_by": "manager"}

    client.post(
        reverse("mentoring_programmes:template_new"),
        {"programme": programme.pk, "organisation": organisation.pk, "name": "Ours"},
    )
    template = ChecklistTemplate.objects.get()
    for text in ("A", "B"):
        client.post(reverse("mentoring_programmes:template_item_new", args=[template.pk]), {**values, "text": text})
    last = template.items.get(text="B")
    client.post(reverse("mentoring_programmes:template_item_move", args=[last.pk]), {"to": "up"})
    client.post(reverse("mentoring_programmes:template_item", args=[last.pk]), {**values, "text": "B, changed"})
    client.post(reverse("mentoring_programmes:checklist_template", args=[template.pk]), {"name": "Ours, new"})

    assert [item.text for item in template.items.all()] == ["B, changed", "A"]
    assert ChecklistTemplate.objects.get().name == "Ours, new"
    client.post(reverse("mentoring_programmes:template_item_move", args=[last.pk]), {"place": "1"})
    assert [item.text for item in template.items.all()] == ["A", "B, changed"]
    client.post(reverse("mentoring_programmes:template_item_remove", args=[last.pk]))
    client.post(reverse("mentoring_programmes:template_remove", args=[template.pk]))
    assert not ChecklistTemplate.objects.exists()


def test_a_manager_cannot_give_a_checklist_to_another_organisation():
    client = sign_in(make.make_manager(make.make_organisation()))
    values = {"programme": make.make_programme().pk, "organisation": make.make_organisation().pk, "name": "Theirs"}

    answer = client.post(reverse("mentoring_programmes:template_new"), values)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["organisation"]
    assert not ChecklistTemplate.objects.exists()


def test_checklist_page_asks_as_often_for_many_items():
    cohort, coordinator, _manager = led_cohort()
    client, page = sign_in(coordinator), reverse("mentoring_programmes:checklist", args=[cohort.pk])

    assert_same_queries(lambda: client.get(page), lambda: make.make_checklist_item(cohort))


def test_template_list_asks_as_often_for_many():
    organisation = make.make_organisation()
    client, page = sign_in(make.make_manager(organisation)), reverse("mentoring_programmes:template_list")

    assert_same_queries(
        lambda: client.get(page), lambda: make.make_checklist(make.make_programme(), "A", organisation=organisation)
    )
