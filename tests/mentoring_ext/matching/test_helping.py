"""What would help those left over: shown with the proof, looked for again, asked for, answered, and done."""

import pytest
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.jobs.models import Job
from lms.jobs.work import work_on
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.privacy.models import Consent
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.models import MatchRun, SheetQuestion
from mentoring_ext.matching.privacy import erase
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile
from mentoring_ext.programmes.models import Role
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor, pairs
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

MONDAY = [9, 10]
FORM = DEFAULT_WEIGHTS | {"size": 3, "lone": "free", "objective": "total", "meeting": "on"}


def paired(cohort, coordinator):
    return actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)


def shown(client, run):
    return client.get(run.get_absolute_url())


def whats(page):
    return [each.what for crowd in page.context["helping"].left_over for each in crowd.suggestions]


def address(name, run):
    return reverse(f"mentoring_matching:{name}", args=[run.cohort_id, run.pk])


@pytest.fixture
def crowded(cohort, coordinator):
    """One mentor with one place, two mentees who fit."""
    mentor = add_mentor(cohort, capacity=1)
    mentees = [add_mentee(cohort) for _ in range(2)]
    return paired(cohort, coordinator), mentor, mentees


def test_one_more_place_is_suggested_asked_for_and_given(client, cohort, coordinator, crowded):
    run, mentor, _mentees = crowded
    page = shown(client, run)
    assert whats(page) == [f"One more place with {mentor}"]
    assert "Then 1 mentee more would have a mentor." in page.content.decode()

    client.post(address("sheet_ask", run), {"person": mentor.pk, "kind": "place"})
    question = SheetQuestion.objects.get()
    assert "Asked, not answered yet" in shown(client, run).content.decode()
    client.force_login(mentor)
    client.post(reverse("mentoring_matching:question_answer", args=[question.pk]), {"yes": "1"})
    client.force_login(coordinator)
    client.post(address("run_again", run))

    again = MatchRun.objects.first()
    assert MentorProfile.objects.get(user=mentor).capacity == 2
    assert (run.placed, again.placed) == (1, 2)
    assert "Said yes" in shown(client, run).content.decode()


def test_hours_and_meeting_online_are_suggested_and_change_the_sheet(client, cohort, coordinator):
    mentor = add_mentor(cohort, capacity=3, availability=MONDAY)
    late = add_mentee(cohort, availability=[10, 11])
    far = add_mentee(cohort, availability=MONDAY, online=False)
    run = paired(cohort, coordinator)

    page = shown(client, run)
    assert set(whats(page)) == {
        f"{late} is also free on Monday, 9:00–10:00, for {mentor}",
        f"{mentor} is also free on Monday, 11:00–12:00, for {late}",
        f"{far} can meet online",
    }
    assert [each.what for each in page.context["helping"].options] == ["Pairs without a way to meet stay in"]

    for person, typed in ((late, {"kind": "hours", "hours": [9]}), (far, {"kind": "online"})):
        client.post(address("sheet_ask", run), {"person": person.pk, **typed})
        question = SheetQuestion.objects.get(person=person)
        actions.answer_about_sheet(question, actor=person, agrees=True, at=AT)

    assert MenteeProfile.objects.get(user=late).availability == [9, 10, 11]
    assert MenteeProfile.objects.get(user=far).online is True
    assert paired(cohort, coordinator).placed == 2


def test_a_board_on_which_nobody_is_left_over_says_so(client, run, coordinator, people):
    page = shown(client, run).content.decode()

    assert "All 3 mentees have a mentor. Nobody is left over." in page
    assert 'data-place="none"' in page


def test_the_mentees_own_page_shows_what_would_help(client, cohort, coordinator, crowded):
    run, mentor, _mentees = crowded
    left = run.proposals.get(mentor=None)

    page = client.get(left.get_absolute_url())

    assert [each.what for each in page.context["suggestions"]] == [f"One more place with {mentor}"]


def test_the_pairing_is_run_again_without_a_wish_for_the_groups(client, cohort, coordinator):
    add_mentor(cohort, capacity=2)
    add_mentee(cohort)
    client.post(reverse("mentoring_matching:run_list", args=[cohort.pk]), FORM | {"lone": "never"})
    run = MatchRun.objects.get()
    (option,) = shown(client, run).context["helping"].options
    assert option.what == "A mentee may be alone where nothing else is possible"

    client.post(address("run_without", run), {"option": "minimum"})

    again = MatchRun.objects.first()
    assert (run.placed, again.placed, again.parent, again.options["minimum"]) == (0, 1, run, 1)


def test_what_stands_in_the_way_is_said_where_it_is_not_the_mentors_sheet(client, cohort, coordinator):
    add_mentor(cohort, capacity=6)
    for _ in range(4):
        add_mentee(cohort)
    by_programme = paired(cohort, coordinator)
    client.post(reverse("mentoring_matching:run_list", args=[cohort.pk]), FORM | {"size": 2})
    by_run = MatchRun.objects.first()

    assert "The programme allows at most 3 mentees in a group." in shown(client, by_programme).content.decode()
    assert "The groups of this pairing have at most 2 mentees." in shown(client, by_run).content.decode()
    assert "Ask " not in shown(client, by_run).content.decode()


def test_small_changes_are_looked_for_in_a_job_after_locks_changed(client, cohort, coordinator, crowded):
    run, _mentor, _mentees = crowded
    placed = run.proposals.exclude(mentor=None).get()
    assert "Look for small changes" not in shown(client, run).content.decode()
    actions.forbid_pair(run, placed, actor=coordinator, reason="No", at=AT)
    assert "Look for small changes again" in shown(client, run).content.decode()

    client.post(address("changes_seek", run))
    job = Job.objects.get()
    work_on(job.pk)

    job.refresh_from_db()
    run.refresh_from_db()
    assert (job.state, job.result_url) == (Job.State.DONE, f"{run.get_absolute_url()}#without")
    # The excluded mentee cannot be helped by a place; the other one has it.
    assert run.advice["helps"] == []
    assert not shown(client, run).context["helping"].outdated


def test_a_run_from_before_is_asked_for_its_small_changes(client, run, cohort):
    MatchRun.objects.update(advice={})
    add = run.proposals.first()
    run.proposals.filter(pk=add.pk).update(mentor=None)

    assert "Look for small changes that would help" in shown(client, run).content.decode()


def test_a_large_run_shows_the_reasons_that_were_kept(client, crowded, monkeypatch):
    run, mentor, _mentees = crowded
    monkeypatch.setattr("mentoring_ext.matching.actions.running.MOST_AT_ONCE", 0)

    page = shown(client, run)

    (crowd,) = page.context["helping"].left_over
    assert (crowd.competing, crowd.mentors, crowd.places) == (2, [mentor], 1)
    assert whats(page) == [f"One more place with {mentor}"]


def test_the_page_takes_the_same_queries_however_many_are_left_over(client, cohort, coordinator, crowded):
    runs = [crowded[0]]

    def one_more():
        add_mentee(cohort)
        runs.append(paired(cohort, coordinator))

    assert_same_queries(lambda: shown(client, runs[-1]), one_more)


def test_asking_tells_the_person_and_nobody_else(cohort, coordinator, crowded):
    _run, mentor, _mentees = crowded

    question = actions.ask_about_sheet(cohort, mentor, kind="place", actor=coordinator, at=AT)

    notice = Notice.objects.get(kind="sheet_asked")
    assert (notice.recipient, notice.url) == (mentor, question.get_absolute_url())
    assert [item.url for item in agenda_for(mentor, AT) if item.key.startswith("sheet-question")] == [notice.url]
    assert Entry.objects.filter(verb="proposed").count() == 1


def test_a_no_changes_nothing_and_the_coordinator_hears_of_it_without_a_name(cohort, coordinator, crowded):
    run, mentor, _mentees = crowded
    question = actions.ask_about_sheet(cohort, mentor, kind="place", actor=coordinator, at=AT)

    actions.answer_about_sheet(question, actor=mentor, agrees=False, at=AT)

    question.refresh_from_db()
    told = Notice.objects.get(kind="sheet_answered")
    assert (question.state, MentorProfile.objects.get(user=mentor).capacity) == ("declined", 1)
    assert (told.recipient, told.url) == (coordinator, f"{run.get_absolute_url()}#without")
    assert str(mentor) not in told.text and mentor.last_name not in told.text
    assert Entry.objects.filter(verb="declined").count() == 1
    with pytest.raises(errors.QuestionAnswered):
        actions.answer_about_sheet(question, actor=mentor, agrees=True, at=AT)


def test_a_question_is_taken_back_and_the_person_hears_that_it_is_not_needed(client, cohort, coordinator, crowded):
    run, mentor, _mentees = crowded
    question = actions.ask_about_sheet(cohort, mentor, kind="place", actor=coordinator, at=AT)
    page = shown(client, run).content.decode()
    assert "Asked, not answered yet" in page and "Take back" in page
    back = reverse("mentoring_matching:sheet_take_back", args=[cohort.pk, run.pk, question.pk])

    client.post(back)

    question.refresh_from_db()
    assert question.state == "withdrawn"
    assert Notice.objects.get(kind="sheet_asked").read_at is not None
    told = Notice.objects.get(kind="sheet_taken_back")
    assert (told.recipient, told.url, told.read_at) == (mentor, question.get_absolute_url(), None)
    assert Entry.objects.filter(verb="withdrew").count() == 1
    assert not [item for item in agenda_for(mentor, AT) if item.key.startswith("sheet-question")]
    again = shown(client, run).content.decode()
    assert "Take back" not in again and f"Ask {mentor}" in again
    client.force_login(mentor)
    own = client.get(question.get_absolute_url()).content.decode()
    assert "does not need an answer any more" in own and "Yes, change my sheet" not in own


def test_a_question_taken_back_changes_no_sheet_and_an_answered_one_stays(client, cohort, coordinator, crowded):
    run, mentor, _mentees = crowded
    question = actions.ask_about_sheet(cohort, mentor, kind="place", actor=coordinator, at=AT)
    actions.take_back_question(question, actor=coordinator, at=AT)

    with pytest.raises(errors.QuestionTakenBack):
        actions.answer_about_sheet(question, actor=mentor, agrees=True, at=AT)
    assert MentorProfile.objects.get(user=mentor).capacity == 1
    second = actions.ask_about_sheet(cohort, mentor, kind="place", actor=coordinator, at=AT)
    actions.answer_about_sheet(second, actor=mentor, agrees=True, at=AT)
    with pytest.raises(errors.TooLateToTakeBack):
        actions.take_back_question(second, actor=coordinator, at=AT)
    back = reverse("mentoring_matching:sheet_take_back", args=[cohort.pk, run.pk, second.pk])
    assert "cannot be taken back" in client.post(back, follow=True).content.decode()


def test_questions_of_other_cohorts_cannot_be_taken_back(client, cohort, coordinator, crowded):
    run, _mentor, _mentees = crowded
    other = make.make_cohort()
    far = add_mentor(other)
    question = actions.ask_about_sheet(other, far, kind="place", actor=make.make_coordinator(other), at=AT)

    answer = client.post(reverse("mentoring_matching:sheet_take_back", args=[cohort.pk, run.pk, question.pk]))

    question.refresh_from_db()
    assert (answer.status_code, question.state) == (404, "waiting")


def test_hours_and_meeting_online_are_asked_as_one_question(client, cohort, coordinator, crowded):
    _run, _mentor, mentees = crowded
    MenteeProfile.objects.filter(user=mentees[0]).update(availability=[9, 10], online=False)
    asked = {"kind": "online_hours", "actor": coordinator, "at": AT}
    with pytest.raises(errors.HoursMissing):
        actions.ask_about_sheet(cohort, mentees[0], **asked)
    question = actions.ask_about_sheet(cohort, mentees[0], hours=[33, 34], **asked)
    client.force_login(mentees[0])
    assert "Only both together help." in client.get(question.get_absolute_url()).content.decode()

    actions.answer_about_sheet(question, actor=mentees[0], agrees=True, at=AT)

    sheet = MenteeProfile.objects.get(user=mentees[0])
    assert (sheet.online, sheet.availability) == (True, [9, 10, 33, 34])


def test_a_way_to_meet_and_hours_are_suggested_and_asked_at_once(client, cohort, coordinator):
    mentor = add_mentor(cohort, capacity=3, availability=MONDAY)
    late = add_mentee(cohort, availability=[10, 11], online=False, in_person=True, place="Volos")
    run = paired(cohort, coordinator)

    page = shown(client, run)
    assert whats(page) == [f"{late} can meet online, and is also free on Monday, 9:00–10:00, for {mentor}"]
    client.post(address("sheet_ask", run), {"person": late.pk, "kind": "online_hours", "hours": [9]})
    question = SheetQuestion.objects.get()
    assert "Asked, not answered yet" in shown(client, run).content.decode()
    actions.answer_about_sheet(question, actor=late, agrees=True, at=AT)

    assert paired(cohort, coordinator).placed == 1


def test_what_a_question_needs(cohort, coordinator, crowded):
    _run, mentor, mentees = crowded
    asked = {"actor": coordinator, "at": AT}

    with pytest.raises(errors.NotInCohort):
        actions.ask_about_sheet(cohort, make.make_user(), kind="online", **asked)
    with pytest.raises(errors.SheetMissing):
        actions.ask_about_sheet(cohort, make.make_member(cohort, Role.MENTEE), kind="online", **asked)
    with pytest.raises(errors.HoursMissing):
        actions.ask_about_sheet(cohort, mentor, kind="hours", **asked)
    with pytest.raises(errors.NoMorePlaces):
        actions.ask_about_sheet(cohort, mentees[0], kind="place", **asked)
    actions.ask_about_sheet(cohort, mentor, kind="place", **asked)
    with pytest.raises(errors.AskedSheetAlready):
        actions.ask_about_sheet(cohort, mentor, kind="place", **asked)


def test_a_mentor_who_cannot_take_more_meanwhile_is_told(cohort, coordinator, crowded):
    _run, mentor, _mentees = crowded
    question = actions.ask_about_sheet(cohort, mentor, kind="place", actor=coordinator, at=AT)
    MentorProfile.objects.filter(user=mentor).update(capacity=6)

    with pytest.raises(errors.NoMorePlaces):
        actions.answer_about_sheet(question, actor=mentor, agrees=True, at=AT)


def test_only_the_person_who_was_asked_sees_the_question(client, cohort, coordinator, crowded):
    _run, mentor, mentees = crowded
    question = actions.ask_about_sheet(cohort, mentor, kind="hours", hours=[9, 10, 33], actor=coordinator, at=AT)

    client.force_login(mentees[0])
    assert client.get(question.get_absolute_url()).status_code == 404
    client.force_login(mentor)
    text = client.get(question.get_absolute_url()).content.decode()

    assert "Monday, 9:00–11:00; Tuesday, 9:00–10:00" in text
    assert not any(str(mentee) in text for mentee in mentees)


def test_a_forged_question_is_refused_kindly(client, crowded):
    run, mentor, _mentees = crowded

    for typed in ({"person": 0, "kind": "place"}, {"person": mentor.pk, "kind": "hours", "hours": [999]}, {}):
        assert client.post(address("sheet_ask", run), typed).status_code == 302

    assert not SheetQuestion.objects.exists()


def test_questions_and_small_changes_go_with_an_erased_person(cohort, coordinator, crowded):
    run, mentor, _mentees = crowded
    actions.ask_about_sheet(cohort, mentor, kind="place", actor=coordinator, at=AT)
    assert run.advice["helps"]
    assert Consent.objects.filter(user=mentor).exists()

    erase(mentor)

    run.refresh_from_db()
    assert run.advice == {}
    assert not SheetQuestion.objects.exists()


def test_changes_by_hand_are_added_up(client, run, coordinator, people):
    (_first, second), mentees = people
    one = actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="So", at=AT).moved_cost
    two = actions.move_mentee(run, mentees[1], None, actor=coordinator, reason="So", at=AT).moved_cost

    by_hand = shown(client, run).context["by_hand"]

    assert by_hand.total == f"{round((one + two) / 10_000):+}".replace("-", "−")
    assert (by_hand.placed, by_hand.fewer) == (-1, 1)
    assert pairs(run)[mentees[1].pk] is None


def test_whoever_has_no_mentor_stands_once_on_the_page(client, coordinator, crowded):
    run, _mentor, mentees = crowded
    placed = run.proposals.exclude(mentor=None).get().mentee
    actions.move_mentee(run, placed, None, actor=coordinator, reason="So", at=AT)

    page = shown(client, run).content.decode()

    rows = [page.count(f'id="mentee-{proposal.pk}"') for proposal in run.proposals.all()]
    assert rows == [1] * len(mentees)


def test_solving_again_speaks_of_locks_only_where_there_are_some(client, coordinator, crowded):
    run, _mentor, _mentees = crowded
    assert "around the locks" not in shown(client, run).content.decode()

    client.post(address("run_again", run))
    newest = MatchRun.objects.order_by("-pk")[0]
    plain = [str(message) for message in shown(client, newest).context["messages"]]
    pair = newest.proposals.exclude(mentor=None).get()
    actions.lock_pair(newest, pair, actor=coordinator, reason="So", at=AT)
    with_a_lock = shown(client, newest).content.decode()

    assert plain == ["Solved again."]
    assert "Solve again around the locks" in with_a_lock
