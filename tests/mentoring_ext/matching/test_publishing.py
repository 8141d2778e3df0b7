from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import User
from lms.privacy.actions import withdraw_consent
from lms.privacy.models import Reading
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching import actions, errors
from mentoring_ext.matching.actions.naming import call_by_numbers
from mentoring_ext.matching.factors import DEFAULT_WEIGHTS
from mentoring_ext.matching.kept import read
from mentoring_ext.matching.letter_texts import Words
from mentoring_ext.matching.models import Letter, LetterText, MatchRun, PairRule
from mentoring_ext.matching.privacy import erase, forget_without_consent
from mentoring_ext.matching.protocol import verify_run
from mentoring_ext.matching.solver import Refused
from mentoring_ext.matching.words import trouble_in_words
from mentoring_ext.profiles.models import MentorProfile
from tests import make
from tests.mentoring_ext.matching.conftest import AT, add_mentee, add_mentor
from tests.own_data import own_data

pytestmark = pytest.mark.django_db


def publish_page(run):
    return reverse("mentoring_matching:run_publish", args=[run.cohort_id, run.pk])


def letters_page(run):
    return reverse("mentoring_matching:letter_list", args=[run.cohort_id, run.pk])


def words_on(client, run):
    form = client.get(publish_page(run)).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_both_sides_get_one_letter_each(run, coordinator, people, django_capture_on_commit_callbacks):
    (first, _second), mentees = people
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_run(run, actor=coordinator, at=AT)

    group = MentoringGroup.objects.get(mentor=first)
    letter = Letter.objects.get(recipient=mentees[0])
    about_group = [
        message.to[0] for message in mail.outbox if message.subject.startswith(("Your mentor:", "Your mentees:"))
    ]
    assert sorted(about_group) == sorted(person.email for person in (*people[0], *mentees))
    assert letter.subject == f"Your mentor: {first}"
    assert group.get_absolute_url() in letter.body
    assert Notice.objects.filter(kind="group_opened_by_letter").count() == 5


def test_looking_at_the_letters_sends_nothing(client, run):
    words = words_on(client, run) | {"mentee_en_subject": "You have {mentor}"}

    page = client.post(publish_page(run), words | {"preview": "1"})

    subjects = {draft.words.subject for draft in page.context["previews"]}
    assert any(subject.startswith("You have Person") for subject in subjects)
    assert LetterText.objects.get().subject == "You have {mentor}"
    assert [str(message) for message in page.context["messages"]] == [
        "The words are saved. Open each letter below to read it."
    ]
    assert (Letter.objects.count(), Notice.objects.count(), MentoringGroup.objects.count()) == (0, 0, 0)


def test_a_placeholder_that_nobody_knows_is_said_beside_the_letter(client, run):
    words = words_on(client, run) | {"mentor_en_body": "Dear {nobody}"}

    answer = client.post(publish_page(run), words | {"publish": "1"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["mentor_en_body"]
    assert answer.context["form"]["mentor_en_body"].value() == "Dear {nobody}"
    assert not MentoringGroup.objects.exists()
    with pytest.raises(errors.UnknownPlaceholder):
        words = Words("{x}", "Text")
        actions.change_text(run.cohort, side="mentor", language="en", words=words, actor=run.made_by, at=AT)


def test_everything_wrong_with_the_letters_is_said_at_once(client, run):
    words = words_on(client, run) | {"mentor_en_subject": "", "mentor_en_body": "{nobody}", "mentee_en_subject": "{x}"}

    answer = client.post(publish_page(run), words | {"publish": "1"})

    assert answer.context["form"].errors == {
        "mentor_en_subject": ["Write a subject."],
        "mentor_en_body": ["Nobody can fill in {nobody}. Use the placeholders of the list only."],
        "mentee_en_subject": ["Nobody can fill in {x}. Use the placeholders of the list only."],
    }
    assert not LetterText.objects.exists()


def test_each_person_is_written_to_in_their_language(run, coordinator, people):
    _mentors, mentees = people
    User.objects.filter(pk=mentees[0].pk).update(language="el")
    words = Words("Ο μέντοράς σου: {mentor}", "Γεια σου {first_name}")
    actions.change_text(run.cohort, side="mentee", language="el", words=words, actor=coordinator, at=AT)

    actions.publish_run(run, actor=coordinator, at=AT)

    assert Letter.objects.get(recipient=mentees[0]).subject.startswith("Ο μέντοράς σου")
    assert Letter.objects.get(recipient=mentees[1]).subject.startswith("Your mentor")


def test_who_has_no_address_gets_no_letter(client, run, people):
    _mentors, mentees = people
    User.objects.filter(pk=mentees[0].pk).update(email="")

    page = client.get(publish_page(run))
    client.post(publish_page(run), words_on(client, run) | {"publish": "1", "seen": 0})

    assert page.context["no_mail"] == [mentees[0]]
    assert Letter.objects.count() == 4


def test_a_pair_that_a_rule_forbids_by_now_is_not_published(run, coordinator, people):
    (first, _second), mentees = people
    PairRule.objects.create(cohort=run.cohort, mentee=mentees[0], mentor=first, kind="family", made_at=AT)

    with pytest.raises(errors.PeopleChanged, match="do not fit any more: a conflict of interest"):
        actions.publish_run(run, actor=coordinator, at=AT)


def test_a_group_made_offline_since_is_told_and_not_left_behind(client, waiting, cohort, coordinator, people):
    (first, _second), _mentees = people
    run, left = waiting
    placed = run.proposals.filter(mentor=first).first().mentee
    actions.enter_offline(cohort, mentor=first, mentees=[placed, left], actor=coordinator, reason="So", at=AT)

    page = client.get(run.get_absolute_url())
    with pytest.raises(errors.PeopleChanged, match=f"{left} is in a group made offline by now"):
        actions.publish_run(run, actor=coordinator, at=AT)

    assert [(row.user, row.text) for row in page.context["stale"]] == [(left, "is in a group made offline")]


def test_the_letters_of_a_run_are_listed(client, run, coordinator):
    actions.publish_run(run, actor=coordinator, at=AT)

    page = client.get(reverse("mentoring_matching:letter_list", args=[run.cohort_id, run.pk]))

    assert len(page.context["letters"]) == 5


def test_letters_that_did_not_leave_are_sent_again(client, run, coordinator, django_capture_on_commit_callbacks):
    actions.publish_run(run, actor=coordinator, at=AT)
    failed, lost, waiting, *_sent = Letter.objects.order_by("pk")
    Letter.objects.update(state="sent", sent_at=AT)
    Letter.objects.filter(pk=failed.pk).update(state="failed", trouble="SMTPException: no", sent_at=None)
    Letter.objects.filter(pk=lost.pk).update(state="sending", sent_at=None)
    Letter.objects.filter(pk=waiting.pk).update(state="waiting", written_at=timezone.now())
    mail.outbox.clear()

    page = client.get(letters_page(run))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mentoring_matching:letters_again", args=[run.cohort_id, run.pk]))

    assert page.context["lost"] == 2
    assert {message.to[0] for message in mail.outbox} == {failed.recipient.email, lost.recipient.email}
    assert set(Letter.objects.exclude(pk=waiting.pk).values_list("state", "trouble")) == {("sent", "")}
    assert Entry.objects.get(verb="wrote", object_id=run.pk).data == {"letters": 2}
    with pytest.raises(errors.NothingToSend):
        actions.send_again(run, actor=coordinator, at=AT)


def test_letters_read_by_somebody_else_are_noted(client, run, coordinator, people):
    actions.publish_run(run, actor=coordinator, at=AT)
    client.get(letters_page(run))
    own = Reading.objects.count()
    other = make.make_coordinator(run.cohort)
    client.force_login(other)

    client.get(letters_page(run))

    assert own == 0
    assert {line.about for line in Reading.objects.filter(reader=other)} == {*people[0], *people[1]}


def test_an_erased_person_is_taken_out_of_every_runs_input(client, run, coordinator, people):
    (_first, second), mentees = people
    actions.move_mentee(run, mentees[0], second, actor=coordinator, reason="So", at=AT)
    digest = run.digest

    erase(mentees[0])
    erase(second)

    kept = MatchRun.objects.get(pk=run.pk)
    people_left = read(bytes(kept.input))["sides"]
    assert [person["key"] for person in people_left["mentees"]] == [mentees[1].pk, mentees[2].pk]
    assert second.pk not in [person["key"] for person in people_left["mentors"]]
    assert (kept.digest, kept.repeatable) == (digest, False)
    assert not kept.changes.exists()
    assert client.get(kept.get_absolute_url()).status_code == 200
    assert client.get(kept.proposals.get(mentee=mentees[1]).get_absolute_url()).status_code == 200
    with pytest.raises(Refused, match="erased"):
        verify_run(kept)


def test_letters_and_settled_pairs_are_in_my_data(run, coordinator, people):
    (first, _second), mentees = people
    PairRule.objects.create(
        cohort=run.cohort, mentee=mentees[0], mentor=first, kind="fixed", reason="Secret", made_at=AT
    )
    PairRule.objects.create(cohort=run.cohort, mentee=mentees[1], mentor=first, kind="complaint", made_at=AT)

    mine, others = own_data(mentees[0], "pairing"), own_data(mentees[1], "pairing")

    assert "Secret" not in str(mine)
    assert len(mine["pairrule"]) == 1
    assert others == {}


def test_what_is_not_consented_to_any_more_goes_out_at_night(run, cohort, coordinator, people):
    _mentors, mentees = people
    make.make_details(mentees[1], birth_year=1980)
    later = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    withdraw_consent(mentees[0], "matching", at=AT)
    withdraw_consent(mentees[1], "sensitive", at=AT)

    touched = forget_without_consent(AT + timedelta(days=1))

    facts = {each["key"]: each for each in read(bytes(MatchRun.objects.get(pk=later.pk).input))["sides"]["mentees"]}
    assert touched == 2
    assert mentees[0].pk not in facts
    assert facts[mentees[1].pk]["birth_year"] is None
    assert forget_without_consent(AT + timedelta(days=2)) == 0


@pytest.fixture
def waiting(cohort, coordinator, people):
    """Five mentees for four places: the run leaves one without a mentor."""
    for codes in (["music"], ["games"]):
        add_mentee(cohort, interests=codes)
    run = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    return run, run.proposals.get(mentor=None).mentee


def test_who_has_no_mentor_yet_gets_a_letter_too(client, waiting, django_capture_on_commit_callbacks):
    run, mentee = waiting
    page = client.get(publish_page(run))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(publish_page(run), words_on(client, run) | {"publish": "1", "seen": 0})

    letter = Letter.objects.get(recipient=mentee)
    sent = next(message for message in mail.outbox if message.subject == letter.subject)
    assert page.context["previews"][0].recipient == mentee
    assert letter.subject == "Your mentor: please wait a little longer"
    assert all(said in letter.body for said in (f"Dear {mentee.first_name}", "Cora", "/profile/mentee/"))
    assert "{" not in letter.body
    assert sent.reply_to == [run.made_by.email]
    assert Notice.objects.get(recipient=mentee, kind="left_over").url == "/profile/mentee/"
    assert letter in client.get(letters_page(run)).context["letters"]


def test_the_coordinator_writes_to_who_waits_in_own_words(client, waiting):
    run, mentee = waiting

    page = client.post(publish_page(run), words_on(client, run) | {"left_over_en_body": "Wait, {first_name}."})

    assert page.context["previews"][0].words.body == f"Wait, {mentee.first_name}."
    assert LetterText.objects.get().side == "left_over"
    assert not Letter.objects.exists()


def test_without_anybody_left_over_nothing_is_asked_about_such_a_letter(client, run):
    assert not any(name.startswith("left_over") for name in client.get(publish_page(run)).context["form"].fields)


def test_who_waited_gets_the_usual_letter_when_placed_and_nobody_is_told_twice_to_wait(waiting, cohort, coordinator):
    run, mentee = waiting
    actions.publish_run(run, actor=coordinator, at=AT)
    late = add_mentee(cohort, interests=["travel"])
    mentor = add_mentor(cohort, capacity=1)
    PairRule.objects.create(cohort=cohort, mentee=late, mentor=mentor, kind="fixed", made_at=AT)
    second = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    actions.publish_run(second, actor=coordinator, at=AT)
    third_mentor = add_mentor(cohort, capacity=1)

    third = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)
    actions.publish_run(third, actor=coordinator, at=AT)

    letters = Letter.objects.filter(recipient=mentee).values_list("run", "side", "subject")
    assert list(letters) == [
        (run.pk, "left_over", "Your mentor: please wait a little longer"),
        (third.pk, "mentee", f"Your mentor: {third_mentor}"),
    ]


def test_who_left_or_has_a_group_meanwhile_is_not_told_to_wait(waiting, cohort, coordinator):
    run, mentee = waiting
    cohort.memberships.filter(user=mentee).update(state="left")

    actions.publish_run(run, actor=coordinator, at=AT)

    assert not Letter.objects.filter(recipient=mentee).exists()


def test_enter_in_a_field_shows_the_letters_and_publishes_nothing(client, run):
    page = client.get(publish_page(run)).content.decode()

    assert page.index('name="preview"') < page.index('name="publish"')


def test_letters_that_did_not_leave_stand_first_and_say_why_in_words(client, run, coordinator):
    actions.publish_run(run, actor=coordinator, at=AT)
    *_others, last = Letter.objects.order_by("pk")
    Letter.objects.filter(pk=last.pk).update(state="failed", trouble="SMTPRecipientsRefused: {'x': (550, b'no')}")

    page = client.get(reverse("mentoring_matching:letter_list", args=[run.cohort_id, run.pk]))

    assert page.context["letters"][0] == last
    assert f"{last.recipient.email}: The mail server refused this address." in page.content.decode()


@pytest.mark.parametrize("trouble", ["ConnectionRefusedError: [Errno 111]", "TimeoutError: timed out", ""])
def test_a_mail_server_that_does_not_answer_is_no_fault_of_the_address(trouble):
    assert str(trouble_in_words(trouble)) == "The mail server could not be reached. Try again later."


def test_published_groups_do_not_ask_to_move_anybody_by_hand(client, run, coordinator, people):
    _mentors, mentees = people
    actions.move_mentee(run, mentees[0], None, actor=coordinator, reason="Ill", at=AT)
    before = client.get(run.get_absolute_url()).content.decode()
    actions.publish_run(run, actor=coordinator, at=AT)

    page = client.get(run.get_absolute_url()).content.decode()

    assert "Move them there by hand" in before
    assert "Move them there by hand" not in page
    assert "Pair again to place who has no mentor yet." in page


@pytest.fixture
def late(cohort, coordinator, mentors, mentees, groups):
    """A mentee who came after the groups were published, and a place that the first mentor has beside the group."""
    MentorProfile.objects.filter(user=mentors[0]).update(capacity=3)
    mentee = add_mentee(cohort, interests=["music"])
    return actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT), mentee


def test_a_further_group_of_a_mentor_is_told_before_it_is_published(client, late, mentors, mentees):
    run, _mentee = late

    proposed = client.get(run.get_absolute_url()).content.decode()
    page = client.get(publish_page(run))

    assert proposed.count("Leads a running group already. This is a further group.") == 1
    assert page.context["leading"] == [(mentors[0], mentees[:2])]
    assert "It does not join the running one" in page.content.decode()


def test_further_groups_are_not_told_while_names_are_hidden(client, cohort, coordinator, late):
    run, _mentee = late
    call_by_numbers(cohort, actor=coordinator, at=AT)

    page = client.get(run.get_absolute_url()).content.decode()

    assert "Mentor " in page
    assert "further group" not in page


def test_a_mentor_reads_in_the_letter_that_the_group_is_a_further_one(client, late, mentors, mentees, coordinator):
    run, mentee = late
    seen = client.get(publish_page(run)).context["previews"]
    own = {draft.recipient: draft.words.body for draft in seen}

    actions.publish_run(run, actor=coordinator, at=AT)

    further = (
        f"This is a further group. You go on with your other mentees, too: {mentees[0]}, {mentees[1]}. Choose hours"
    )
    assert further in own[mentors[0]]
    assert further in Letter.objects.get(run=run, recipient=mentors[0]).body
    assert "further group" not in Letter.objects.get(run=run, recipient=mentee).body
    assert not Letter.objects.exclude(run=run).filter(body__contains="further group").exists()


def test_first_groups_say_nothing_of_further_ones(client, run):
    proposed = client.get(run.get_absolute_url()).content.decode()
    page = client.get(publish_page(run))

    assert "further group" not in proposed
    assert page.context["leading"] == []
    assert not any("further group" in draft.words.body for draft in page.context["previews"])


def test_who_was_told_before_to_wait_is_said_to_get_no_letter(client, waiting, cohort, coordinator):
    run, _mentee = waiting
    actions.publish_run(run, actor=coordinator, at=AT)
    mentor, late = add_mentor(cohort, capacity=1), add_mentee(cohort, interests=["travel"])
    PairRule.objects.create(cohort=cohort, mentee=late, mentor=mentor, kind="fixed", made_at=AT)
    second = actions.run_matching(cohort, actor=coordinator, weights=DEFAULT_WEIGHTS, at=AT)

    proposed = client.get(second.get_absolute_url()).content.decode()
    page = client.get(publish_page(second)).content.decode()

    assert "Nobody of them gets a letter: they got theirs before, or do not wait any more." in page
    assert proposed.count("No free place in this pairing: all places are taken in running groups.") == 2
