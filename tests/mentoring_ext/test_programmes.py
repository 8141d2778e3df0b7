"""Cohorts: opening, inviting, training, phases, finishing, and their pages."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from lms.courses.actions import courses_by_rule, unmet_prerequisites
from lms.courses.models import ActivityPage, ActivityProgress, CoursePage
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.people.permissions import has_role
from mentoring_ext.programmes import actions, errors
from mentoring_ext.programmes.models import Cohort, CohortMembership, Phase, Programme, ProgrammeCourse, Role
from tests import make
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
AT = make.JANUARY


def make_training(programme: Programme, *, activities: int = 2) -> CoursePage:
    """Make a published course that the programme asks of mentors."""
    course = make.make_course(title="Preparation")
    for number in range(activities):
        course.add_child(instance=ActivityPage(title=f"Step {number + 1}"))
    ProgrammeCourse.objects.create(programme=programme, course=course, role=Role.MENTOR)
    return course


def complete(user: User, activity: ActivityPage) -> None:
    state = ActivityProgress.State.COMPLETED
    ActivityProgress.objects.create(user=user, activity=activity, state=state, first_viewed_at=AT, completed_at=AT)


def open_cohort(programme: Programme, **fields: Any) -> Cohort:
    organisation = make.make_organisation()
    defaults: dict[str, Any] = {
        "actor": make.make_manager(organisation),
        "organisation": organisation,
        "name": "Spring",
        "country": "GR",
        "starts_on": date(2026, 1, 5),
        "at": AT,
    }
    return actions.open_cohort(programme, **defaults | fields)


def verbs(thing: Model) -> list[str]:
    entries = Entry.objects.filter(object_type__model=thing._meta.model_name, object_id=thing.pk)
    return list(entries.order_by("pk").values_list("verb", flat=True))


def test_open_cohort_makes_the_actor_its_coordinator():
    programme = make.make_programme(weeks=26)

    cohort = open_cohort(programme)

    assert cohort.phase.code == Phase.Code.LAUNCH
    assert cohort.ends_on == date(2026, 7, 6)
    assert [m.role for m in cohort.memberships.all()] == [Role.COORDINATOR]
    assert Entry.objects.filter(verb="created", context_id=cohort.pk, object_text="Spring").exists()


def test_open_cohort_requires_the_training_that_is_published_then():
    programme = make.make_programme()
    course = make_training(programme)
    before = open_cohort(programme, name="Before")

    course.add_child(instance=ActivityPage(title="New step"))
    course.add_child(instance=ActivityPage(title="A draft", live=False))
    after = open_cohort(programme, name="After")

    titles = [r.activity.title for r in after.requirements.filter(role=Role.MENTOR)]
    assert titles == ["Step 1", "Step 2", "New step"]
    assert before.requirements.count() == 2


def test_open_cohort_refuses_organisations_of_others():
    with pytest.raises(errors.NotYours):
        open_cohort(make.make_programme(), actor=make.make_user())


def test_open_cohort_refuses_a_programme_without_phases():
    programme = make.make_programme()
    programme.phases.all().delete()

    with pytest.raises(errors.NoPhases):
        open_cohort(programme)


def test_open_cohort_refuses_a_name_twice_in_an_organisation():
    cohort = open_cohort(make.make_programme())
    manager = make.make_manager(cohort.organisation)

    with pytest.raises(errors.NameTaken):
        open_cohort(cohort.programme, organisation=cohort.organisation, actor=manager, name="SPRING")


def test_invite_to_cohort_makes_an_account_and_a_member():
    cohort = make.make_cohort()
    coordinator = make.make_member(cohort, Role.COORDINATOR)

    member = actions.invite_to_cohort(
        cohort, actor=coordinator, role=Role.MENTEE, first_name="Ada", last_name="Berg", email="ada@example.org", at=AT
    )

    assert (member.user.email, member.role) == ("ada@example.org", Role.MENTEE)
    assert member.user.organisation == cohort.organisation
    assert has_role(member.user, Role.MENTEE, cohort)


def test_add_member_enrols_in_the_required_training_and_tells():
    programme = make.make_programme()
    course = make_training(programme)
    cohort, mentor = open_cohort(programme), make.make_user()

    actions.add_member(cohort, mentor, actor=make.make_user(), role=Role.MENTOR, at=AT)

    assert list(courses_by_rule(mentor)) == [course.pk]
    assert [enrolment.course for enrolment in mentor.enrolments.all()] == [course]
    assert Notice.objects.filter(recipient=mentor, kind="cohort_joined").count() == 1


def test_add_member_refuses_a_role_twice():
    cohort = make.make_cohort()
    mentee = make.make_member(cohort, Role.MENTEE)

    with pytest.raises(errors.AlreadyMember):
        actions.add_member(cohort, mentee, actor=mentee, role=Role.MENTEE)


def test_add_member_refuses_mentor_and_mentee_in_one():
    cohort = make.make_cohort()
    mentee = make.make_member(cohort, Role.MENTEE)

    with pytest.raises(errors.OneRoleEach):
        actions.add_member(cohort, mentee, actor=mentee, role=Role.MENTOR)


def test_add_member_brings_back_who_left():
    cohort = make.make_cohort()
    mentee = make.make_member(cohort, Role.MENTEE)
    cohort.memberships.update(state=CohortMembership.State.LEFT, ended_at=AT)

    member = actions.add_member(cohort, mentee, actor=mentee, role=Role.MENTEE)

    assert (member.state, member.ended_at) == (CohortMembership.State.ACTIVE, None)
    assert cohort.memberships.count() == 1


def test_readiness_names_what_is_missing(django_assert_num_queries):
    programme = make.make_programme()
    course = make_training(programme)
    cohort = open_cohort(programme)
    first, second = [make.make_member(cohort, Role.MENTOR) for _place in range(2)]
    steps = list(ActivityPage.objects.child_of(course))
    for step in steps:
        complete(first, step)
    complete(second, steps[0])

    with django_assert_num_queries(4):
        rows = {row.member.user: row for row in actions.readiness(cohort)}

    assert (rows[first].done, rows[first].required, rows[first].ready) == (2, 2, True)
    assert [step.title for step in rows[second].missing] == ["Step 2"]
    assert not rows[second].ready


def test_training_is_a_prerequisite_of_the_cohort():
    programme = make.make_programme()
    make_training(programme)
    cohort = open_cohort(programme)
    mentor = make.make_member(cohort, Role.MENTOR)

    assert [str(unmet.text) for unmet in unmet_prerequisites(mentor, cohort)] == ["Step 1", "Step 2"]


def test_waive_training_makes_a_member_ready():
    programme = make.make_programme()
    make_training(programme)
    cohort = open_cohort(programme)
    mentor = make.make_member(cohort, Role.MENTOR)
    member = cohort.memberships.get(user=mentor)

    actions.waive_training(member, actor=make.make_user(), because="Took part in the workshop.")

    assert actions.readiness_of(member).ready
    assert verbs(member) == ["changed"]
    assert unmet_prerequisites(mentor, cohort) == []


def test_waive_training_needs_a_reason():
    cohort = make.make_cohort()
    make.make_member(cohort, Role.MENTOR)

    with pytest.raises(errors.ReasonMissing):
        actions.waive_training(cohort.memberships.get(), actor=make.make_user(), because=" ")


def test_start_phase_tells_everybody_and_runs_from_the_introduction_on():
    cohort = make.make_cohort()
    coordinator, mentee = make.make_member(cohort, Role.COORDINATOR), make.make_member(cohort, Role.MENTEE)
    phase = cohort.programme.phases.get(code=Phase.Code.INTRODUCTION)

    actions.start_phase(cohort, phase, actor=coordinator)

    assert (cohort.phase, cohort.state) == (phase, Cohort.State.RUNNING)
    assert [notice.recipient for notice in Notice.objects.filter(kind="phase_started")] == [mentee]
    assert Entry.objects.filter(verb="started", data={"phase": "introduction"}).count() == 1


def test_start_phase_again_changes_nothing():
    cohort = make.make_cohort()

    actions.start_phase(cohort, cohort.phase, actor=make.make_user())

    assert not Entry.objects.filter(verb="started").exists()


def test_start_phase_refuses_phases_of_other_programmes():
    phase = make.make_programme().phases.all()[1]

    with pytest.raises(errors.PhaseOfAnotherProgramme):
        actions.start_phase(make.make_cohort(), phase, actor=make.make_user())


def test_finish_cohort_needs_closed_groups():
    group = make.make_group()

    with pytest.raises(errors.GroupsStillRunning):
        actions.finish_cohort(group.cohort, actor=make.make_user(), at=AT)


def test_finish_cohort_completes_mentors_and_closes_everything():
    cohort = make.make_cohort()
    coordinator = make.make_member(cohort, Role.COORDINATOR)

    actions.finish_cohort(cohort, actor=coordinator, at=AT)

    assert (cohort.state, cohort.finished_at, cohort.phase.code) == (Cohort.State.FINISHED, AT, Phase.Code.CLOSURE)
    with pytest.raises(errors.CohortFinished):
        actions.start_phase(cohort, cohort.phase, actor=coordinator)


def test_visible_to_keeps_strangers_out():
    cohort = make.make_cohort()
    left = make.make_member(cohort, Role.MENTEE)
    cohort.memberships.update(state=CohortMembership.State.LEFT)
    seeing = [
        make.make_member(cohort, Role.MENTEE),
        make.make_manager(cohort.organisation),
        make.make_administrator(),
    ]

    assert [Cohort.objects.visible_to(user).exists() for user in seeing] == [True, True, True]
    assert not Cohort.objects.visible_to(left).exists()
    assert not Cohort.objects.visible_to(make.make_manager(make.make_organisation())).exists()


def test_department_managers_see_the_cohorts_of_their_department():
    department = make.make_department()
    inside = make.make_cohort(organisation=department.organisation, department=department)
    make.make_cohort(organisation=department.organisation)
    manager = make.make_user()
    department.memberships.create(user=manager, organisation=department.organisation, role="manager")

    assert list(Cohort.objects.visible_to(manager)) == [inside]


def test_load_programmes_twice_makes_one_programme():
    call_command("load_programmes", verbosity=0)
    call_command("load_programmes", verbosity=0)

    programme = Programme.objects.get(slug="digital-readiness")
    assert [phase.code for phase in programme.phases.all()] == list(Phase.Code)
    assert programme.session_plans.count() == 12
    assert [plan.outcomes.count() for plan in programme.session_plans.all()] == [0, 3, 2, 1, 2, 3, 2, 3, 2, 1, 4, 0]


def test_load_programmes_gives_digcomp_codes_where_there_are_any():
    call_command("load_programmes", verbosity=0)

    without = Programme.objects.get(slug="digital-readiness").outcomes.filter(competence="")
    assert set(without.values_list("topic", flat=True)) == {"Promotion and marketing"}


# Pages


@pytest.fixture
def coordinator() -> User:
    return make.make_user()


@pytest.fixture
def cohort(coordinator: User) -> Cohort:
    cohort = make.make_cohort()
    make.make_member(cohort, Role.COORDINATOR, user=coordinator)
    return cohort


@pytest.fixture
def browser(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def test_cohort_list_reads_as_often_for_many(browser, coordinator):
    def make_one() -> None:
        make.make_member(make.make_cohort(), Role.COORDINATOR, user=coordinator)

    assert_same_queries(lambda: browser.get(reverse("mentoring_programmes:cohort_list")), make_one)


def test_cohort_page_reads_as_often_for_many_members(browser, cohort):
    def make_one() -> None:
        make.make_member(cohort, Role.MENTEE)

    make.make_member(cohort, Role.MENTOR)
    assert_same_queries(lambda: browser.get(cohort.get_absolute_url()), make_one)


def test_cohort_page_reads_as_often_for_many_groups(browser, cohort):
    def make_one() -> None:
        make.make_sessions(make.make_group(cohort))

    assert_same_queries(lambda: browser.get(cohort.get_absolute_url()), make_one)


def test_cohort_new_opens_a_cohort(browser, cohort):
    data = {
        "programme": cohort.programme.pk,
        "name": "Autumn",
        "organisation": cohort.organisation.pk,
        "country": "GR",
        "starts_on": "2025-11-03",
    }

    response = browser.post(reverse("mentoring_programmes:cohort_new"), data)

    opened = Cohort.objects.get(name="Autumn")
    assert response["Location"] == opened.get_absolute_url()


def test_cohort_new_keeps_what_was_typed(browser, cohort):
    data = {"programme": cohort.programme.pk, "name": cohort.name, "organisation": cohort.organisation.pk}
    data |= {"country": "GR", "starts_on": "2025-11-03"}

    response = browser.post(reverse("mentoring_programmes:cohort_new"), data)

    assert response.status_code == 422
    assert response.context["form"].errors == {"name": [str(errors.NameTaken.text)]}
    assert response.context["form"]["name"].value() == cohort.name


def test_member_invite_refuses_a_wrong_address(browser, cohort):
    url = reverse("mentoring_programmes:member_invite", args=[cohort.pk])
    data = {"first_name": "Ada", "last_name": "Berg", "email": "ada", "role": "mentee"}

    response = browser.post(url, data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]
    assert response.context["form"]["first_name"].value() == "Ada"


def test_member_invite_goes_on_with_another_person(browser, cohort):
    url = reverse("mentoring_programmes:member_invite", args=[cohort.pk])
    data = {"first_name": "Ada", "last_name": "Berg", "email": "ada@example.org", "role": "mentee", "another": "1"}

    response = browser.post(url, data)

    assert response["Location"] == url
    assert cohort.memberships.filter(user__email="ada@example.org", role=Role.MENTEE).exists()


def test_training_waive_asks_for_a_reason(browser, cohort):
    make.make_member(cohort, Role.MENTOR)
    member = cohort.memberships.get(role=Role.MENTOR)
    url = reverse("mentoring_programmes:training_waive", args=[cohort.pk, member.pk])

    response = browser.post(url, {"because": ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["because"]


def test_phase_start_moves_the_cohort_on(browser, cohort):
    browser.post(reverse("mentoring_programmes:phase_start", args=[cohort.pk, "preparation"]))

    cohort.refresh_from_db()
    assert cohort.phase.code == Phase.Code.PREPARATION


def test_managers_see_figures_and_no_names(client, cohort):
    mentee = make.make_member(cohort, Role.MENTEE, first_name="Amaryllis")
    client.force_login(make.make_manager(cohort.organisation))

    text = client.get(cohort.get_absolute_url()).content.decode()

    assert "Ready for mentoring" in text
    assert mentee.first_name not in text


def test_programme_page_shows_phases_and_sessions_to_visitors(client):
    call_command("load_programmes", verbosity=0)

    text = client.get(reverse("mentoring_programmes:programme_detail", args=["digital-readiness"])).content.decode()

    assert "Follow-up and support" in text
    assert "Sell online" in text


def test_coordinators_card_shows_every_group(browser, cohort):
    make.make_group(cohort, mentor=make.make_member(cohort, Role.MENTOR, first_name="Ines"))

    text = browser.get(reverse("lms_agenda:home")).content.decode()

    assert "Group of Ines" in text


def test_cohort_page_starts_development_once_all_groups_have_dates(client: Client):
    group = make.make_group()
    coordinator = make.make_coordinator(group.cohort)
    client.force_login(coordinator)
    before = client.get(group.cohort.get_absolute_url()).context["next_step"]
    make.make_sessions(group)

    step = client.get(group.cohort.get_absolute_url()).context["next_step"]
    client.post(step.url)

    assert before is None or not before.posts
    assert step.posts
    group.cohort.refresh_from_db()
    assert group.cohort.phase.code == Phase.Code.DEVELOPMENT


def test_home_shows_managers_their_cohorts_and_asks_coordinators_to_fill_them(client: Client):
    cohort = make.make_cohort(name="Spring")
    client.force_login(make.make_manager(cohort.organisation))
    assert "Cohorts you oversee" in client.get("/home/").text

    client.force_login(make.make_coordinator(cohort))
    home = client.get("/home/").text
    assert "Invite mentors and mentees" in home
    assert "Your cohorts" in home


def test_a_noted_preparation_makes_a_mentor_ready():
    programme = make.make_programme()
    make_training(programme)
    cohort = open_cohort(programme)
    mentor = make.make_member(cohort, Role.MENTOR)
    member = cohort.memberships.get(user=mentor)

    actions.note_preparation(mentor, actor=mentor, note="Workshop, 4 May", at=AT)
    actions.note_preparation(mentor, actor=mentor, note="Workshop, 4 May", at=AT)

    assert (actions.readiness_of(member).ready, actions.readiness_of(member).prepared) == (True, "Workshop, 4 May")
    actions.forget_preparation(mentor, actor=mentor, note="Workshop, 4 May")
    assert not actions.readiness_of(member).ready
