"""A file of mentors or mentees becomes accounts, members and sheets of a cohort."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.jobs.models import Job
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.privacy.models import Consent
from mentoring_ext.matching.errors import FileHasErrors
from mentoring_ext.matching.importing.actions import INVITING, check_sheets, import_sheets
from mentoring_ext.matching.importing.jobs import run_sheet_import
from mentoring_ext.matching.importing.plan import plan_sheets
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile, SensitiveDetails
from mentoring_ext.programmes.models import CohortMembership, Role
from tests import make
from tests.make.times import AUTUMN
from tests.mentoring_ext.matching.two_files import as_csv

pytestmark = pytest.mark.django_db
WHOLE = {
    "email": "maria@example.org",
    "name": "Maria Rossi",
    "area": "arts.visual",
    "interests": "music; film",
    "first_language": "el",
    "languages": "el; en",
    "hours": "Mon 9-12",
    "online": "yes",
    "objectives": "search",
    "support": "steps",
    "guidance": "3",
    "goals": "Sell my jewellery.",
    "mixed_gender": "yes",
    **{f"level_{topic}": "1" for topic in ("information", "content", "collaboration", "marketing", "problems")},
}


@pytest.fixture
def cohort():
    return make.make_cohort(name="Athens")


@pytest.fixture
def coordinator(cohort):
    return make.make_coordinator(cohort)


def bring(rows, cohort, actor, role=Role.MENTEE):
    return import_sheets(BytesIO(as_csv(rows)), cohort=cohort, role=role, actor=actor, at=AUTUMN, name="people.csv")


def told(plan):
    return [(error.row, error.column) for error in plan.errors]


def test_somebody_new_is_invited_and_finds_the_sheet_begun(cohort, coordinator):
    plan = bring([{**WHOLE, "area": ""}], cohort, coordinator)

    sheet = MenteeProfile.objects.get(user__email="maria@example.org")
    assert not plan.errors and (plan.new, plan.drafts, plan.complete) == (1, 1, 0)
    assert (sheet.interests, sheet.availability, sheet.state) == (["film", "music"], [9, 10, 11], "draft")
    assert sheet.digital_level["marketing"] == 1
    assert CohortMembership.objects.get(cohort=cohort, user=sheet.user).role == Role.MENTEE
    assert not Consent.objects.filter(user=sheet.user).exists()


def test_agreement_on_paper_makes_the_sheet_complete(cohort, coordinator):
    bring([{**WHOLE, "agreed": "yes"}], cohort, coordinator)

    sheet = MenteeProfile.objects.get()
    given = Consent.objects.get(user=sheet.user)
    assert sheet.is_complete
    assert (given.version.name, given.way, given.entered_by) == ("matching", "paper", coordinator)


def test_an_agreed_sheet_needs_all_that_the_form_asks_for(cohort, coordinator):
    row = {**WHOLE, "agreed": "yes", "hours": "Mon 9-10", "goals": "", "level_content": ""}

    plan = bring([row], cohort, coordinator)

    assert set(told(plan)) == {(2, "goals"), (2, "level_content"), (2, "hours")}
    assert not MenteeProfile.objects.exists()
    assert not User.objects.filter(email="maria@example.org").exists()


def test_personal_details_need_an_agreement_of_their_own(cohort, coordinator):
    plan = bring([{**WHOLE, "gender": "woman"}], cohort, coordinator)

    assert told(plan) == [(2, "agreed_personal")]
    bring([{**WHOLE, "gender": "woman", "agreed_personal": "yes"}], cohort, coordinator)
    details = SensitiveDetails.objects.get()
    assert details.gender == "woman"
    assert Consent.objects.get(user=details.user).way == "paper"


def test_one_wrong_row_and_nothing_is_written(cohort, coordinator):
    rows = [WHOLE, {"email": "nobody", "name": "X"}, {"email": "b@example.org", "name": "B C", "interests": "musik"}]

    plan = bring(rows, cohort, coordinator)

    assert told(plan) == [(3, "email"), (4, "interests")]
    assert not MenteeProfile.objects.exists()


def test_what_invitations_find_is_told_by_the_rows_of_the_file(cohort, coordinator):
    mentor = make.make_member(cohort, Role.MENTOR, email="anna@example.org")
    rows = [{"email": "bad"}, {"email": mentor.email, "interests": "music"}]

    plan = bring(rows, cohort, coordinator)

    assert [row for row, _column in told(plan)] == [2, 3]


def test_an_empty_cell_leaves_what_is_there(cohort, coordinator):
    user = make.make_member(cohort, Role.MENTEE, email="maria@example.org")
    make.make_mentee_profile(user=user, state="draft", area="office.commerce", interests=["garden"])

    bring([{"email": "MARIA@example.org", "interests": "music", "area": ""}], cohort, coordinator)

    sheet = MenteeProfile.objects.get(user=user)
    assert (sheet.interests, sheet.area) == (["music"], "office.commerce")


def test_a_complete_sheet_stays_as_its_owner_left_it(cohort, coordinator):
    user = make.make_member(cohort, Role.MENTEE, email="maria@example.org")
    make.make_mentee_profile(user=user, interests=["garden"])

    plan = bring([{**WHOLE, "name": ""}], cohort, coordinator)

    assert plan.staying == 1
    assert MenteeProfile.objects.get().interests == ["garden"]
    assert not Notice.objects.filter(kind="sheet_entered").exists()


def test_mentors_come_with_their_own_columns(cohort, coordinator):
    row = {
        **WHOLE,
        "headline": "Designer",
        "country": "GR",
        "competences": "content",
        "experience": "2",
        "capacity": "3",
    }
    del row["goals"], row["mixed_gender"]

    plan = bring([{**row, "motives": "work", "agreed": "yes"}], cohort, coordinator, Role.MENTOR)

    sheet = MentorProfile.objects.get()
    assert not plan.errors
    assert (sheet.is_complete, sheet.groups_before, sheet.capacity, sheet.headline) == (True, 2, 3, "Designer")


def test_the_owner_is_told_and_the_journal_has_it(cohort, coordinator):
    bring([WHOLE], cohort, coordinator)

    assert Notice.objects.get(kind="sheet_entered").recipient.email == "maria@example.org"
    entry = Entry.objects.filter(actor=coordinator, verb="changed", data__role="mentee").get()
    assert entry.data == {"role": "mentee", "sheets": 1}


def test_the_same_file_once_more_makes_nobody_again(cohort, coordinator):
    bring([WHOLE], cohort, coordinator)

    bring([WHOLE], cohort, coordinator)

    assert MenteeProfile.objects.count() == 1
    assert User.objects.filter(email="maria@example.org").count() == 1


def test_checking_new_people_costs_the_same_for_more_rows(cohort, coordinator):
    def check(count):
        rows = [{**WHOLE, "email": f"p{number}@example.org", "name": f"Person Nr{number}"} for number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            check_sheets(BytesIO(as_csv(rows)), cohort=cohort, role=Role.MENTEE, actor=coordinator)
        return len(captured)

    check(1)
    assert check(1) == check(30)


def send(client, cohort, rows, **more):
    file = SimpleUploadedFile("people.csv", as_csv(rows))
    return client.post(f"/cohorts/{cohort.pk}/pairing/import/", {"file": file, "role": "mentee"} | more)


def test_the_page_checks_first_and_then_starts_a_job(client, cohort, coordinator, django_capture_on_commit_callbacks):
    client.force_login(coordinator)

    checked = send(client, cohort, [WHOLE])
    page = checked.content.decode()

    assert checked.status_code == 200 and "Nothing was written yet" in page and "Waits for its owner" in page
    assert not Job.objects.exists()
    token = re.findall(r'name="file-kept" value="([^"]+)"', page)[0]
    with django_capture_on_commit_callbacks(execute=True):
        data = {"file-kept": token, "role": "mentee", "import": "1"}
        started = client.post(f"/cohorts/{cohort.pk}/pairing/import/", data)
    assert started.headers["Location"] == Job.objects.get().get_absolute_url()
    assert MenteeProfile.objects.filter(user__email="maria@example.org").exists()


def test_the_page_tells_every_error_and_writes_nothing(client, cohort, coordinator):
    client.force_login(coordinator)

    response = send(client, cohort, [{**WHOLE, "guidance": "9"}], **{"import": "1"})

    assert response.status_code == 422
    assert "guidance" in response.content.decode()
    assert not Job.objects.exists()


def test_a_job_of_somebody_who_may_not_pair_any_more_writes_nothing(client, cohort, coordinator):
    class Running:
        file, owner, data = object(), make.make_user(), {"cohort": cohort.pk, "role": "mentee"}

    with pytest.raises(FileHasErrors):
        run_sheet_import(Running(), timezone.now())


def test_headings_can_be_downloaded(client, cohort, coordinator):
    client.force_login(coordinator)

    response = client.get(f"/cohorts/{cohort.pk}/pairing/import/mentors.csv")

    assert response.content.decode().startswith("\ufeffid,name,email,username,style_words")


def test_a_step_that_the_sheet_does_not_ask_for_is_told_with_those_it_does(cohort, coordinator):
    plan = bring([{**WHOLE, "guidance": "2", "agreed": "yes"}], cohort, coordinator)

    assert [(error.column, error.message[:22]) for error in plan.errors] == [("guidance", "Write 1 (on their own)")]


def test_a_heading_of_the_other_side_says_so(cohort, coordinator):
    file = BytesIO(as_csv([WHOLE | {"capacity": "2"}]))

    plan, _people = plan_sheets(file, cohort=cohort, role=Role.MENTEE, actor=coordinator)

    assert [error.message for error in plan.errors] == [
        "Only the file of mentors has this column. Did you choose the right side?"
    ]


def test_nobody_answers_for_a_stranger_whose_address_is_known(client, cohort, coordinator):
    stranger = make.make_user(email="maria@example.org", organisation=make.make_organisation())
    begun = make.make_mentee_profile(user=stranger, state="draft", interests=["games"], area="")
    client.force_login(coordinator)

    plan = bring([{**WHOLE, "agreed": "yes", "agreed_personal": "yes", "religion": "None"}], cohort, coordinator)
    again = send(client, cohort, [{**WHOLE, "email": "other@example.org"}])

    begun.refresh_from_db()
    assert (plan.errors, plan.strange, plan.complete, plan.staying) == ([], 1, 0, 0)
    assert (begun.state, begun.interests, begun.area) == ("draft", ["games"], "")
    assert not SensitiveDetails.objects.filter(user=stranger).exists()
    assert not Consent.objects.filter(user=stranger, way=Consent.Way.PAPER).exists()
    assert CohortMembership.objects.filter(cohort=cohort, user=stranger).exists()
    assert Notice.objects.filter(recipient=stranger, kind="sheet_entered").count() == 1
    assert again.context["report"].strange == 0


def test_the_check_tells_whose_sheet_nobody_here_answers_for(client, cohort, coordinator):
    make.make_user(email="maria@example.org", organisation=make.make_organisation())
    client.force_login(coordinator)

    answer = send(client, cohort, [{**WHOLE, "agreed": "yes"}])

    assert "you cannot enter what somebody else" in answer.content.decode()
    assert "Is asked to fill it in" in answer.content.decode()


@pytest.mark.parametrize("role", [None, Role.MENTEE])
def test_people_of_the_own_organisation_and_cohorts_can_be_answered_for(cohort, coordinator, role):
    fields = {"email": "maria@example.org"} | ({} if role else {"organisation": cohort.organisation})
    user = make.make_member(cohort, role, **fields) if role else make.make_user(**fields)

    plan = bring([{**WHOLE, "agreed": "yes"}], cohort, coordinator)

    assert (plan.errors, plan.strange, plan.complete) == ([], 0, 1)
    assert MenteeProfile.objects.get(user=user).is_complete


def test_one_person_in_two_rows_is_told(cohort, coordinator):
    names = {"first_name": "Maria", "last_name": "Rossi", "username": "maria"}
    make.make_member(cohort, Role.MENTEE, email="maria@example.org", **names)

    plan = bring([{**WHOLE, "username": ""}, {**WHOLE, "email": "", "username": "maria"}], cohort, coordinator)

    assert [(error.row, error.message) for error in plan.errors] == [(3, "Row 2 says the same. Delete one of them.")]
    assert not MenteeProfile.objects.exists()


def test_nobody_answers_for_whose_account_came_to_be_since_the_check(cohort, coordinator):
    file = BytesIO(as_csv([{**WHOLE, "agreed": "yes"}]))
    stranger = {"email": "maria@example.org", "organisation": make.make_organisation()}

    def make_stranger(step, done, total):
        if step == INVITING and not User.objects.filter(email=stranger["email"]).exists():
            make.make_user(**stranger)

    with pytest.raises(FileHasErrors):
        import_sheets(file, cohort=cohort, role=Role.MENTEE, actor=coordinator, at=AUTUMN, tell=make_stranger)

    assert not MenteeProfile.objects.exists()
    assert not Consent.objects.filter(way=Consent.Way.PAPER).exists()


def test_a_file_that_somebody_imported_since_the_check_makes_nobody_again(cohort, coordinator):
    def same(step, done, total):
        if step == INVITING and not MenteeProfile.objects.exists():
            bring([WHOLE], cohort, coordinator)

    file = BytesIO(as_csv([WHOLE]))
    plan = import_sheets(file, cohort=cohort, role=Role.MENTEE, actor=coordinator, at=AUTUMN, tell=same)

    assert (plan.errors, MenteeProfile.objects.count()) == ([], 1)
