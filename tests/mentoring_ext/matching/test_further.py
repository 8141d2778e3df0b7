"""Questions of the organisation's own that a coordinator lets count."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from lms.journal.models import Entry
from lms.questionnaires.models import Answer, Question, Response
from lms.questionnaires.spec import QuestionSpec
from mentoring_ext.matching import actions
from mentoring_ext.matching.actions.further import add_factor, remove_factor
from mentoring_ext.matching.errors import FactorKnown
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS, FACTORS
from mentoring_ext.matching.models import FurtherFactor, MatchRun
from mentoring_ext.matching.people import pool_of
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.programmes.models import Role
from tests import make
from tests.make.times import AUTUMN

pytestmark = pytest.mark.django_db
ASKED = (
    QuestionSpec("car", "yes_no", "Do you have a car?"),
    QuestionSpec("tools", "choices", "Which tools?", options=[["saw", "A saw"], ["axe", "An axe"]]),
    QuestionSpec("years", "number", "How many years?"),
)


@pytest.fixture
def cohort():
    return make.make_cohort()


@pytest.fixture
def coordinator(cohort, client):
    user = make.make_coordinator(cohort)
    client.force_login(user)
    return user


@pytest.fixture
def asked(cohort):
    """What the cohort's organisation asks on both sheets, by role."""
    return {role: ask(cohort.organisation, f"{role}_sheet") for role in (Role.MENTEE, Role.MENTOR)}


def ask(organisation, use):
    version = make.make_version(*ASKED)
    version.questionnaire.use, version.questionnaire.organisation = use, organisation
    version.questionnaire.save()
    return version


def add_person(cohort, role, version=None, **answers):
    user = make.make_member(cohort, role)
    sheet = make.make_mentor_profile(user=user) if role == Role.MENTOR else make.make_mentee_profile(user=user)
    if version:
        about = {"subject_type": ContentType.objects.get_for_model(sheet), "subject_id": sheet.pk}
        response = Response.objects.create(version=version, respondent=user, saved_at=AUTUMN, **about)
        for code, value in answers.items():
            question = Question.objects.get(section__version=version, code=code)
            Answer.objects.create(response=response, question=question, value=value)
    return user


def add(cohort, actor, label="Has a car", code="car", rule="same", **fields):
    questions = {"mentee_question": code, "mentor_question": code}
    return add_factor(cohort, actor=actor, label=label, rule=rule, at=AUTUMN, **questions, **fields)


def test_answers_become_facts_of_the_pool(cohort, coordinator, asked):
    add(cohort, coordinator)
    add(cohort, coordinator, "Tools", "tools", "shared")
    add(cohort, coordinator, "Years", "years", "near", far=4)
    mentee = add_person(cohort, Role.MENTEE, asked[Role.MENTEE], car="yes", tools=["saw", "axe"], years=3)
    add_person(cohort, Role.MENTOR, asked[Role.MENTOR], car="no")

    sides = pool_of(cohort).sides

    assert [one.name for one in sides.further] == ["Has a car", "Tools", "Years"]
    told = {"Has a car": "yes", "Tools": frozenset({"saw", "axe"}), "Years": 3.0}
    assert {person.key: person.extra for person in sides.mentees} == {mentee.pk: told}
    assert [person.extra for person in sides.mentors] == [{"Has a car": "no"}]


def test_answers_to_another_organisation_do_not_count(cohort, coordinator, asked):
    add(cohort, coordinator)
    add_person(cohort, Role.MENTEE, ask(make.make_organisation(), "mentee_sheet"), car="yes")

    assert [person.extra for person in pool_of(cohort).sides.mentees] == [{}]


def test_a_further_factor_decides_and_is_explained(client, cohort, coordinator, asked):
    factor = add(cohort, coordinator)
    add_person(cohort, Role.MENTOR, asked[Role.MENTOR], car="no")
    driver = add_person(cohort, Role.MENTOR, asked[Role.MENTOR], car="yes")
    add_person(cohort, Role.MENTEE, asked[Role.MENTEE], car="yes")
    weights = {**DEFAULT_WEIGHTS, f"further-{factor.pk}": "5"}
    options = {"size": "3", "lone": "free", "objective": "total"}

    client.post(reverse("mentoring_matching:run_list", args=[cohort.pk]), {**weights, **options})

    run = MatchRun.objects.get()
    proposal = run.proposals.get()
    assert run.weights["Has a car"] == 5
    assert proposal.mentor == driver
    assert "Has a car" in client.get(proposal.get_absolute_url()).content.decode()
    verify_run(run)


def test_a_removed_factor_stays_in_its_runs_and_counts_no_more(client, cohort, coordinator, asked):
    factor = add(cohort, coordinator)
    add_person(cohort, Role.MENTOR, asked[Role.MENTOR], car="yes")
    add_person(cohort, Role.MENTEE, asked[Role.MENTEE], car="yes")
    weights = {**DEFAULT_WEIGHTS, "Has a car": 4}
    run = actions.run_matching(cohort, actor=coordinator, weights=weights, at=AUTUMN)

    remove_factor(factor, actor=coordinator, at=AUTUMN)

    verify_run(run)
    assert "Has a car" in client.get(run.proposals.get().get_absolute_url()).content.decode()
    again = actions.run_matching(cohort, actor=coordinator, weights=weights, at=AUTUMN)
    assert set(again.weights) == set(FACTORS)


def test_a_run_with_a_removed_factor_is_read_and_published(client, cohort, coordinator, asked):
    factor = add(cohort, coordinator)
    add_person(cohort, Role.MENTOR, asked[Role.MENTOR], car="yes")
    add_person(cohort, Role.MENTEE, asked[Role.MENTEE], car="yes")
    only = {**dict.fromkeys(DEFAULT_WEIGHTS, 0), "Has a car": 4}
    run = actions.run_matching(cohort, actor=coordinator, weights=only, at=AUTUMN)

    remove_factor(factor, actor=coordinator, at=AUTUMN)

    page = client.get(run.get_absolute_url())
    assert (page.status_code, page.context["stale"]) == (200, [])
    actions.publish_run(run, actor=coordinator, at=AUTUMN)
    assert cohort.groups.count() == 1


def test_a_factor_added_since_changes_nobodys_sheet(client, cohort, coordinator, asked):
    add_person(cohort, Role.MENTOR, asked[Role.MENTOR], car="yes")
    add_person(cohort, Role.MENTEE, asked[Role.MENTEE], car="yes")
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AUTUMN)

    add(cohort, coordinator)

    assert client.get(run.get_absolute_url()).context["stale"] == []


@pytest.mark.parametrize("label", ["has a  car", "Interests", "style"])
def test_a_name_that_is_taken_is_refused(cohort, coordinator, label):
    add(cohort, coordinator)

    with pytest.raises(FactorKnown):
        add(cohort, coordinator, label)


def test_the_journal_has_both(cohort, coordinator):
    factor = add(cohort, coordinator)
    remove_factor(factor, actor=coordinator, at=AUTUMN)

    told = Entry.objects.filter(actor=coordinator, data__label="Has a car").values_list("verb", flat=True)
    assert set(told) == {"created", "deleted"}


def test_the_page_adds_and_removes_a_factor(client, cohort, coordinator, asked):
    url = reverse("mentoring_matching:factor_list", args=[cohort.pk])
    data = {"label": "Has a car", "mentee_question": "car", "mentor_question": "car", "rule": "same"}

    added = client.post(url, data)
    page = client.get(url).content.decode()
    bench = client.get(reverse("mentoring_matching:run_list", args=[cohort.pk])).content.decode()
    factor = FurtherFactor.objects.get()
    client.post(reverse("mentoring_matching:factor_remove", args=[cohort.pk, factor.pk]))

    assert added.headers["Location"] == url
    assert "Has a car" in page and f"further-{factor.pk}" in bench
    assert not FurtherFactor.objects.exists()


def test_wrong_input_is_said_beside_the_field_and_kept(client, cohort, coordinator, asked):
    data = {"label": "Interests", "mentee_question": "years", "mentor_question": "", "rule": "near"}

    response = client.post(reverse("mentoring_matching:factor_list", args=[cohort.pk]), data)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"mentor_question", "far"}
    assert 'value="Interests"' in response.content.decode()


def test_without_questions_the_page_says_where_to_write_them(client, cohort, coordinator):
    page = client.get(reverse("mentoring_matching:factor_list", args=[cohort.pk])).content.decode()

    assert reverse("lms_questionnaires:form_list") in page
