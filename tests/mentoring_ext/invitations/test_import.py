"""Importing a list of people: what is checked, what is made, and what nobody may do by it."""

from io import BytesIO

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.courses.models import Enrolment
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import Invitation, OrganisationMembership, SiteRole, User
from mentoring_ext.invitations import actions
from mentoring_ext.invitations.models import PeopleImport
from mentoring_ext.invitations.permissions import reach_of
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from tests.make import (
    make_administrator,
    make_cohort,
    make_coordinator,
    make_department,
    make_manager,
    make_member,
    make_module,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HEADINGS = "name,username,email,language,department,cohort,role"


def sheet(*rows: str, headings: str = HEADINGS) -> BytesIO:
    return BytesIO("\n".join([headings, *rows]).encode())


def run(*rows: str, actor: User | None = None, **fields):
    return actions.import_people(sheet(*rows), actor=actor, at=NOW, name="people.csv", **fields)


def wrong(*rows: str, actor: User | None = None, **fields) -> list[tuple[int, str]]:
    plan = actions.check_people(sheet(*rows), actor=actor, **fields)
    return [(error.row, error.column) for error in plan.errors]


def members(cohort: Cohort) -> set[tuple[str, str]]:
    return set(cohort.memberships.present().values_list("user__username", "role"))


def test_import_makes_accounts_and_brings_people_into_the_cohort(django_capture_on_commit_callbacks):
    cohort = make_cohort(name="Athens")
    actor = make_coordinator(cohort, username="ada")

    with django_capture_on_commit_callbacks(execute=True):
        plan, made = run(
            "Eleni Anni,eleni,eleni@example.org,en,,Athens,mentor", "Maria Rossi,,,,,athens,Mentee", actor=actor
        )

    assert (plan.errors, made.rows) == ([], 2)
    assert members(cohort) == {("ada", "coordinator"), ("eleni", "mentor"), ("maria.rossi", "mentee")}
    eleni = User.objects.get(username="eleni")
    assert (eleni.first_name, eleni.last_name, eleni.organisation) == ("Eleni", "Anni", cohort.organisation)
    assert not eleni.has_usable_password()
    assert [message.to for message in mail.outbox] == [["eleni@example.org"]]
    assert "Athens, as mentor" in str(mail.outbox[0].body)
    assert Entry.objects.filter(actor=actor, verb="invited").count() == 2


def test_import_enrols_in_the_training_and_tells_everybody():
    cohort = make_cohort(name="Athens")
    module = make_module()
    cohort.requirements.create(role=Role.MENTOR, course=module, activity=_activity(module))

    run("Eleni Anni,,e@example.org,,,Athens,mentor", "Maria Rossi,,m@example.org,,,Athens,mentee")

    assert Enrolment.objects.get().user.email == "e@example.org"
    assert Notice.objects.filter(kind="cohort_joined").count() == 2


def _activity(module):
    from tests.make import make_lesson

    return make_lesson(module=module)


def test_the_same_list_twice_makes_nobody_twice(django_capture_on_commit_callbacks):
    make_cohort(name="Athens")
    rows = ["Eleni Anni,,e@example.org,,,Athens,mentor", "Maria Rossi,maria,,,,Athens,mentee", "Lee,,,,,Athens,mentee"]

    with django_capture_on_commit_callbacks(execute=True):
        run(*rows)
        plan, made = run(*rows)

    assert (plan.errors, User.objects.count(), CohortMembership.objects.count()) == ([], 3, 3)
    assert PeopleImport.objects.with_numbers().get(pk=made.pk).created_count == 0
    assert (len(mail.outbox), Notice.objects.count()) == (1, 3)


def test_people_with_an_account_join_and_are_told():
    cohort = make_cohort(name="Athens")
    known = make_user(email="Eleni@Example.org", username="helen")

    run("Eleni Anni,eleni,eleni@example.org,,,Athens,mentor")

    assert members(cohort) == {("helen", "mentor")}
    assert Notice.objects.get().recipient == known
    assert not Invitation.objects.exists()


def test_somebody_who_left_comes_back():
    cohort = make_cohort(name="Athens")
    known = make_member(cohort, Role.MENTOR, email="e@example.org")
    cohort.memberships.update(state=CohortMembership.State.LEFT)

    run("Eleni Anni,,e@example.org,,,Athens,mentor")

    assert members(cohort) == {(known.username, "mentor")}


def test_one_error_means_that_nothing_is_written():
    make_cohort(name="Athens")

    plan, made = run("Eleni Anni,,e@example.org,,,Athens,mentor", "Maria Rossi,,maria,,,Athens,mentee")

    assert made is None
    assert [error.as_data()["row"] for error in plan.errors] == [3]
    assert User.objects.count() == 0


def test_every_error_of_every_row_is_told_at_once():
    make_cohort(name="Athens")
    make_user(username="taken", first_name="Tom", last_name="Taken")
    make_user(username="closed", email="closed@example.org", is_active=False)

    found = wrong(
        ",,e@example.org,,,Athens,mentor",
        "Anna A,,anna,,,Athens,mentor",
        "Bela B,with space,,xx,,Nowhere,mentor",
        "Cara C,taken,c@example.org,,,Athens,mentor",
        "Dora D,taken,,,,Athens,mentor",
        "Emil E,,closed@example.org,,,Athens,mentor",
        "Fynn F,,f@example.org,,,,mentor",
        "Gina G,,g@example.org,,Nowhere,Athens,mentor",
        "Hans H,,h@example.org,,,Athens,",
    )

    assert found == [
        (2, "name"),
        (3, "email"),
        (4, "username"),
        (4, "language"),
        (5, "username"),
        (6, "username"),
        (7, "email"),
        (8, "cohort"),
        (9, "department"),
        (10, "role"),
    ]


def test_rows_that_contradict_each_other_are_errors():
    make_cohort(name="Athens")

    found = wrong(
        "Anna A,,a@example.org,,,Athens,mentor",
        "Anna A,,a@example.org,,,Athens,mentor",
        "Anna A,,a@example.org,,,Athens,mentee",
        "Other Name,,a@example.org,,,Athens,coordinator",
        "Bela B,bela,b@example.org,,,Athens,mentor",
        "Cara C,Bela,c@example.org,,,Athens,mentor",
    )

    assert found == [(3, "name"), (4, "role"), (5, "name"), (7, "username")]


def test_mentor_of_a_cohort_does_not_become_its_mentee():
    cohort = make_cohort(name="Athens")
    make_member(cohort, Role.MENTOR, email="e@example.org")

    assert wrong("Eleni Anni,,e@example.org,,,Athens,mentee") == [(2, "role")]


def test_one_person_can_be_in_two_cohorts():
    make_cohort(name="Athens")
    make_cohort(name="Sparta")

    run("Anna A,,a@example.org,,,Athens,mentor", "Anna A,,a@example.org,,,Sparta,mentee")

    assert (User.objects.count(), CohortMembership.objects.count()) == (1, 2)


def test_rows_without_a_cohort_lead_to_the_one_where_the_list_was_chosen():
    cohort = make_cohort()
    actor = make_coordinator(cohort)

    run("Anna A,anna,,,,,mentor", actor=actor, cohort=cohort)

    assert ("anna", "mentor") in members(cohort)


def test_cohorts_of_one_name_are_told_apart_by_their_organisation():
    elaia, other = (
        make_cohort(name="Spring", organisation=make_organisation(name=name)) for name in ("Elaia", "Agora")
    )

    assert wrong("Anna A,anna,,,,Spring,mentor") == [(2, "cohort")]
    run("Anna A,anna,,,,Spring (Elaia),mentor")

    assert (members(elaia), members(other)) == ({("anna", "mentor")}, set())


def test_finished_cohort_takes_nobody():
    make_cohort(name="Athens", state=Cohort.State.FINISHED)

    assert wrong("Anna A,anna,,,,Athens,mentor") == [(2, "cohort")]


# Attacks: what a list must not give


@pytest.mark.parametrize("role", ["administrator", "Administrator", "superuser", "trainer", "editor", "manager"])
def test_coordinators_list_gives_no_role_beyond_the_cohort(role):
    cohort = make_cohort(name="Athens")
    actor = make_coordinator(cohort)

    _plan, made = run(f"Mallory M,mallory,m@example.org,,,,{role}", actor=actor, cohort=cohort)

    assert made is None
    assert not User.objects.filter(username="mallory").exists()
    assert not SiteRole.objects.exists()
    assert not OrganisationMembership.objects.exists()


@pytest.mark.parametrize("role", ["administrator", "superuser"])
def test_nobodys_list_makes_an_administrator(role):
    for actor in (None, make_administrator()):
        assert wrong(f"Mallory M,,m@example.org,,,,{role}", actor=actor) == [(2, "role")]


def test_column_that_would_set_a_right_is_refused():
    plan = actions.check_people(
        sheet("Mallory M,mentee,1", headings="name,role,is_superuser"), actor=None, cohort=make_cohort()
    )

    assert [(error.row, error.column) for error in plan.errors] == [(1, "is_superuser")]


def test_cohort_of_another_organisation_is_an_error():
    make_cohort(name="Sparta")
    cohort = make_cohort(name="Athens")

    assert wrong("Mallory M,,,,,Sparta,mentor", actor=make_coordinator(cohort)) == [(2, "cohort")]


def test_mentor_of_a_cohort_invites_nobody_to_it():
    cohort = make_cohort(name="Athens")

    assert wrong("Mallory M,,,,,Athens,mentor", actor=make_member(cohort, Role.MENTOR)) == [(2, "cohort")]


def test_department_of_another_organisation_is_an_error():
    make_department(name="Far away")
    cohort = make_cohort(name="Athens")

    assert wrong("Anna A,,,,Far away,Athens,mentor", actor=make_coordinator(cohort)) == [(2, "department")]


def test_manager_names_managers_of_the_own_organisation_alone():
    organisation = make_organisation()
    make_department(organisation=organisation, name="Library")
    make_department(name="Far away")
    actor = make_manager(organisation)

    run("Anna A,anna,,,Library,,manager", "Bela B,bela,,,,,manager", actor=actor)

    assert OrganisationMembership.objects.get(user__username="anna").department.name == "Library"
    assert OrganisationMembership.objects.get(user__username="bela").organisation == organisation
    assert wrong("Cara C,cara,,,Far away,,manager", actor=actor) == [(2, "department")]


def test_manager_of_a_department_names_nobody_above_it():
    department = make_department(name="Library")
    actor = make_user(organisation=department.organisation)
    OrganisationMembership.objects.create(
        user=actor, organisation=department.organisation, department=department, role="manager"
    )

    assert wrong("Mallory M,mallory,,,,,manager", actor=actor) == [(2, "department")]
    assert wrong("Mallory M,mallory,,,Library,,manager", actor=actor) == []


def test_administrator_names_trainers_and_editors():
    run("Anna A,anna,,,,,trainer", "Bela B,,b@example.org,,,,editor", actor=make_administrator())

    assert set(SiteRole.objects.exclude(role="administrator").values_list("role", flat=True)) == {"trainer", "editor"}


# Many


def many(number: int, cohort: str = "Athens") -> list[str]:
    return [f"Person Nr{place},,p{place}@example.org,,,{cohort},mentee" for place in range(number)]


def queries_for(number: int, cohort: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        _plan, made = run(*(row.replace("@", f"@{cohort}.") for row in many(number, cohort)))
    assert made is not None
    return len(captured)


def test_300_rows_take_hardly_more_queries_than_30():
    """Rows are read and written by the hundred: the statements grow by batches, never by rows."""
    for name in ("Athens", "Sparta", "Thebes"):
        make_cohort(name=name)
    queries_for(1, "Thebes")

    assert queries_for(300, "Sparta") - queries_for(30, "Athens") < 270 / 10


def test_people_of_one_name_each_get_a_user_name():
    make_cohort(name="Athens")
    make_user(username="maria.papa")

    run(*(f"Maria Papa,,m{number}@example.org,,,Athens,mentee" for number in range(3)))

    names = set(User.objects.filter(email__startswith="m").values_list("username", flat=True))
    assert names == {"maria.papa2", "maria.papa3", "maria.papa4"}


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_5000_rows_are_imported():
    make_cohort(name="Athens")

    run(*many(5_000))

    assert PeopleImport.objects.with_numbers().get().created_count == 5_000
    assert len(mail.outbox) == 5_000
    assert Invitation.objects.filter(mailed_at=None).count() == 0


@pytest.mark.django_db
def test_manager_of_a_department_reaches_all_below_it():
    top = make_department(name="Culture")
    below = make_department(name="Stage", organisation=top.organisation, parent=top)
    make_department(name="Kindergartens", organisation=top.organisation)
    manager = make_user()
    manager.organisation_memberships.create(organisation=top.organisation, department=top, role="manager")

    assert set(reach_of(manager).departments) == {top, below}
