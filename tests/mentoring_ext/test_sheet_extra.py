import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.privacy.models import Reading
from lms.questionnaires.models import Answer
from lms.questionnaires.spec import QuestionSpec
from mentoring_ext.profiles import extra
from mentoring_ext.programmes.models import Role
from tests import make

pytestmark = pytest.mark.django_db

MORE = "mentoring_profiles:mentor_extra"


@pytest.fixture
def cohort():
    return make.make_cohort()


@pytest.fixture
def mentor(client, cohort):
    user = make.make_member(cohort, Role.MENTOR)
    client.force_login(user)
    return make.make_mentor_profile(user=user)


DRIVING = QuestionSpec("driving", "text", "Do you drive?")
LICENCE = QuestionSpec("licence", "file", "Your licence")


def ask(organisation, use="mentor_sheet", question=DRIVING):
    version = make.make_version(question)
    version.questionnaire.use, version.questionnaire.organisation = use, organisation
    version.questionnaire.save()
    return version


def test_the_step_is_there_when_the_organisation_asks(client, cohort, mentor):
    ask(cohort.organisation)

    page = client.get(reverse("mentoring_profiles:mentor_sheet")).content.decode()

    assert reverse(MORE) in page
    assert "Do you drive?" in client.get(reverse(MORE)).content.decode()


def test_there_is_no_such_step_for_others(client, mentor):
    ask(make.make_organisation())

    assert client.get(reverse(MORE)).status_code == 404


def test_answers_are_kept_can_change_and_are_read_by_staff(client, cohort, mentor):
    ask(cohort.organisation)
    client.post(reverse(MORE), {"q-driving": "Yes"})

    response = client.post(reverse(MORE), {"q-driving": "Only by day"})

    assert response.headers["Location"] == reverse("mentoring_profiles:mentor_sheet")
    assert [row.answer for row in extra.told_of(mentor, {cohort.organisation_id})] == ["Only by day"]
    client.force_login(make.make_coordinator(cohort))
    assert "Only by day" in client.get(mentor.get_absolute_url()).content.decode()


def test_another_organisation_does_not_read_the_answers(client, cohort, mentor):
    ask(cohort.organisation)
    client.post(reverse(MORE), {"q-driving": "Only by day"})

    assert extra.told_of(mentor, {make.make_organisation().pk}) == []


@pytest.fixture
def mentee(client, cohort):
    """A mentee of the cohort who answered the organisation's own question."""
    member = make.make_member(cohort, Role.MENTEE).cohort_memberships.get()
    ask(cohort.organisation, use="mentee_sheet")
    client.force_login(member.user)
    client.post(reverse("mentoring_profiles:mentee_extra"), {"q-driving": "Only by bus"})
    return member


def answers(client, member, person):
    client.force_login(person)
    return client.get(reverse("mentoring_profiles:mentee_answers", args=[member.pk]))


def test_the_coordinator_reads_a_mentees_answers_and_the_mentee_sees_that(client, cohort, mentee):
    coordinator = make.make_coordinator(cohort)

    page = answers(client, mentee, coordinator).content.decode()

    assert "Do you drive?" in page and "Only by bus" in page
    reading = Reading.objects.get(about=mentee.user)
    assert (reading.reader, reading.thing_id) == (coordinator, str(mentee.pk))
    assert (
        reverse("mentoring_profiles:mentee_answers", args=[mentee.pk])
        in client.get(cohort.get_absolute_url()).content.decode()
    )


def test_managers_read_a_mentees_answers_and_nobody_else(client, cohort, mentee):
    group_mentor = make.make_member(cohort, Role.MENTOR)
    stranger = make.make_coordinator(make.make_cohort())

    found = [
        answers(client, mentee, person).status_code
        for person in (make.make_manager(cohort.organisation), group_mentor, mentee.user, stranger)
    ]

    assert found == [200, 403, 403, 404]
    assert Reading.objects.filter(about=mentee.user).count() == 1


def test_without_answers_the_page_says_so_and_nothing_is_written_down(client, cohort):
    member = make.make_member(cohort, Role.MENTEE).cohort_memberships.get()

    response = answers(client, member, make.make_coordinator(cohort))

    assert "There are no answers yet" in response.content.decode()
    assert not Reading.objects.exists()


def test_a_missing_answer_is_said_beside_the_question(client, cohort, mentor):
    ask(cohort.organisation)

    response = client.post(reverse(MORE), {"q-driving": ""})

    assert response.status_code == 422
    assert "driving" in response.context["form"].errors


def test_who_serves_the_organisation_composes_its_questions(cohort):
    assert extra.may_compose(make.make_coordinator(cohort), cohort.organisation)
    assert not extra.may_compose(make.make_coordinator(make.make_cohort()), cohort.organisation)


PDF = b"%PDF-1.4 a licence %%EOF"


def hand_up(client, sheet):
    """Let whoever is signed in answer with a file; return the answer's key."""
    upload = SimpleUploadedFile("licence.pdf", PDF)
    client.post(reverse(f"mentoring_profiles:{sheet}_extra"), {"q-licence": upload})
    return Answer.objects.get(question__code="licence").pk


def opened(client, name, subject, answer):
    response = client.get(reverse(f"mentoring_profiles:{name}", args=[subject.pk, answer]))
    return response.getvalue() if response.status_code == 200 else response.status_code


def test_a_mentors_file_is_opened_by_staff_and_the_mentor_sees_that(client, cohort, mentor):
    ask(cohort.organisation, question=LICENCE)
    answer = hand_up(client, "mentor")
    coordinator = make.make_coordinator(cohort)
    client.force_login(coordinator)

    page = client.get(mentor.get_absolute_url()).content.decode()

    assert reverse("mentoring_profiles:mentor_file", args=[mentor.pk, answer]) in page
    assert opened(client, "mentor_file", mentor, answer) == PDF
    assert Reading.objects.filter(
        reader=coordinator, about=mentor.user, what="A file on your sheet: licence.pdf"
    ).exists()
    client.force_login(make.make_coordinator(make.make_cohort()))
    assert opened(client, "mentor_file", mentor, answer) == 404


def test_a_file_of_another_sheet_is_not_found(client, cohort, mentor):
    ask(cohort.organisation, question=LICENCE)
    answer = hand_up(client, "mentor")
    other = make.make_mentor_profile(user=make.make_member(cohort, Role.MENTOR))
    client.force_login(make.make_coordinator(cohort))

    assert opened(client, "mentor_file", other, answer) == 404
    assert opened(client, "mentor_file", mentor, answer + 1) == 404


def test_a_mentees_file_is_opened_by_the_coordinator_and_not_by_the_mentor(client, cohort):
    member = make.make_member(cohort, Role.MENTEE).cohort_memberships.get()
    ask(cohort.organisation, use="mentee_sheet", question=LICENCE)
    client.force_login(member.user)
    answer = hand_up(client, "mentee")
    found = []
    for person in (make.make_member(cohort, Role.MENTOR), make.make_coordinator(cohort)):
        client.force_login(person)
        found.append(opened(client, "mentee_file", member, answer))

    assert found == [403, PDF]
    assert Reading.objects.get(about=member.user).what == "A file on your sheet: licence.pdf"
