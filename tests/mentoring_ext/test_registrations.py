"""Registering as a mentee: from the public page over the waiting list into the cohort."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lms.journal.models import Entry
from lms.people.models import User
from lms.questionnaires.actions import answers_of
from lms.questionnaires.models import Response
from mentoring_ext.programmes.errors import StillInGroup
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from mentoring_ext.registrations import actions, errors, privacy
from mentoring_ext.registrations.models import EligibilityRule, Opening, Registration, State
from mentoring_ext.registrations.tokens import confirm_token, own_token, partner_token
from mentoring_ext.registrations.wagtail_hooks import _items_for
from tests.make import (
    AUTUMN,
    make_cohort,
    make_coordinator,
    make_group,
    make_opening,
    make_registration,
    make_sessions,
    make_user,
)
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 10)
TYPED = {"q-first-name": "Ana", "q-last-name": "Novak", "q-email": "ana@example.org", "q-adult": "yes"}


def columns(**fields: Any) -> actions.Registrant:
    about = {"first_name": "Ana", "last_name": "Novak", "email": "ana@example.org"} | fields
    return actions.Registrant(columns=about, answers={"adult": True})


def send(opening: Opening, **fields: Any) -> Registration:
    return actions.send_registration(opening, registrant=columns(**fields), form_key=uuid4(), at=AUTUMN, today=TODAY)


def coordinator_of(opening: Opening) -> User:
    return User.objects.get(cohort_memberships__cohort=opening.cohort, cohort_memberships__role=Role.COORDINATOR)


def address(name: str, *args: object) -> str:
    return reverse(f"mentoring_registrations:{name}", args=args)


@pytest.fixture(autouse=True)
def _quick_people_are_no_robots(settings: Any) -> None:
    settings.PUBLIC_FORM_MIN_SECONDS = 0


def test_send_registration_asks_to_confirm_the_address(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        registration = send(make_opening())

    assert registration.state == State.UNCONFIRMED
    assert confirm_token(registration).split(":")[0] in str(mail.outbox[0].body)
    assert Entry.objects.filter(verb="applied").count() == 1


def test_same_form_twice_makes_one_registration():
    opening, key = make_opening(), uuid4()

    for _time in range(2):
        actions.send_registration(opening, registrant=columns(), form_key=key, at=AUTUMN, today=TODAY)

    assert Registration.objects.count() == 1


def test_closed_opening_takes_nothing():
    with pytest.raises(errors.OpeningClosed):
        actions.send_registration(make_opening(), registrant=columns(), at=AUTUMN, today=date(2027, 1, 1))


def test_person_without_address_is_received_at_once_and_has_a_code():
    registration = send(make_opening(), email="")

    assert registration.state == State.RECEIVED
    assert len(registration.code) == 11


def test_confirm_registration_tells_the_coordinator():
    opening = make_opening()

    registration = actions.confirm_registration(send(opening), at=AUTUMN)

    assert registration.state == State.RECEIVED
    assert coordinator_of(opening).notices.filter(kind="registration_received").count() == 1


def test_second_registration_with_a_confirmed_address_changes_nothing():
    opening = make_opening()
    first = actions.confirm_registration(send(opening), at=AUTUMN)

    again = actions.confirm_registration(send(opening, first_name="Mallory"), at=AUTUMN)

    assert again == first
    assert Registration.objects.get().first_name == "Ana"
    assert Response.objects.count() == 1


def test_accept_registration_makes_a_mentee_with_an_account():
    opening = make_opening()
    registration = make_registration(opening)

    actions.accept_registration(registration, actor=coordinator_of(opening), at=AUTUMN)

    registration.refresh_from_db()
    assert registration.user
    assert registration.state == State.ACCEPTED
    assert opening.cohort.memberships.get(user=registration.user).role == Role.MENTEE
    assert Entry.objects.filter(verb="accepted").count() == 1


def test_accept_registration_without_address_makes_an_account_and_a_letter():
    opening = make_opening()
    registration = make_registration(opening, email="")
    coordinator = coordinator_of(opening)
    accepted = actions.accept_registration(registration, actor=coordinator, at=AUTUMN)

    code = actions.make_letter_code(accepted, actor=coordinator, at=AUTUMN)

    assert accepted.user and accepted.user.email == ""
    assert len(code) == 9


def test_accept_registration_keeps_to_the_places():
    opening = make_opening(places=1)
    coordinator = coordinator_of(opening)
    actions.accept_registration(make_registration(opening), actor=coordinator, at=AUTUMN)

    with pytest.raises(errors.NoPlaceLeft):
        actions.accept_registration(make_registration(opening), actor=coordinator, at=AUTUMN)


def test_registration_is_decided_once():
    opening = make_opening()
    registration = make_registration(opening)
    actions.accept_registration(registration, actor=coordinator_of(opening), at=AUTUMN)

    with pytest.raises(errors.AlreadyDecided):
        actions.accept_registration(registration, actor=coordinator_of(opening), at=AUTUMN)


def test_mentor_of_the_cohort_cannot_become_its_mentee():
    opening = make_opening()
    coordinator = coordinator_of(opening)
    mentor = make_user()
    CohortMembership.objects.create(cohort=opening.cohort, user=mentor, role=Role.MENTOR, joined_at=AUTUMN)

    with pytest.raises(errors.OtherRoleInCohort):
        actions.accept_registration(make_registration(opening, user=mentor), actor=coordinator, at=AUTUMN)


def full_with_two_waiting() -> tuple[Opening, Registration, Registration, Registration]:
    opening = make_opening(places=1)
    coordinator = coordinator_of(opening)
    inside, first, second = (make_registration(opening, since=AUTUMN + timedelta(hours=n)) for n in range(3))
    actions.accept_registration(inside, actor=coordinator, at=AUTUMN)
    for hours, registration in enumerate((first, second)):
        at = AUTUMN + timedelta(hours=hours)
        actions.put_on_waiting_list(registration, actor=coordinator, at=at)
    for registration in (inside, first, second):
        registration.refresh_from_db()
    return opening, inside, first, second


def test_waiting_list_shows_the_place():
    _opening, inside, first, second = full_with_two_waiting()

    assert [actions.waiting_place(one) for one in (inside, first, second)] == [None, 1, 2]


def test_who_withdraws_makes_room_for_who_waits_longest(django_capture_on_commit_callbacks):
    opening, inside, first, second = full_with_two_waiting()

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_registration(inside, at=AUTUMN)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.OFFERED, State.WAITING)
    assert first.answer_until == AUTUMN + timedelta(days=opening.reply_days)
    assert first.email in [mail_.to[0] for mail_ in mail.outbox]


def test_a_member_who_withdraws_leaves_the_cohort():
    opening, inside, _first, _second = full_with_two_waiting()

    actions.withdraw_registration(inside, at=AUTUMN)

    member = opening.cohort.memberships.get(user=inside.user, role=Role.MENTEE)
    assert member.state == CohortMembership.State.LEFT


def test_who_is_in_a_group_does_not_withdraw_alone():
    opening, inside, _first, _second = full_with_two_waiting()
    make_group(opening.cohort, mentees=1).members.create(user_id=inside.user_id or 0, joined_at=AUTUMN)

    with pytest.raises(StillInGroup):
        actions.withdraw_registration(inside, at=AUTUMN)

    inside.refresh_from_db()
    assert inside.state == State.ACCEPTED


def test_answer_offer_takes_the_place():
    opening, inside, first, _second = full_with_two_waiting()
    actions.withdraw_registration(inside, at=AUTUMN)

    actions.answer_offer(first, takes=True, at=AUTUMN)

    assert opening.registrations.get(state=State.ACCEPTED).pk == first.pk


def test_answer_offer_leaves_the_place_to_the_next():
    _opening, inside, first, second = full_with_two_waiting()
    actions.withdraw_registration(inside, at=AUTUMN)

    actions.answer_offer(first, takes=False, at=AUTUMN)

    second.refresh_from_db()
    assert second.state == State.OFFERED


def test_answer_offer_comes_too_late():
    _opening, inside, first, _second = full_with_two_waiting()
    actions.withdraw_registration(inside, at=AUTUMN)

    with pytest.raises(errors.OfferOver):
        actions.answer_offer(first, takes=True, at=AUTUMN + timedelta(days=30))


def test_offers_that_nobody_answered_go_on_at_night():
    _opening, inside, first, second = full_with_two_waiting()
    actions.withdraw_registration(inside, at=AUTUMN)

    ended = actions.end_late_offers(AUTUMN + timedelta(days=6))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (ended, first.state, second.state) == (1, State.WITHDRAWN, State.OFFERED)


def test_more_places_move_people_up():
    opening, _inside, first, _second = full_with_two_waiting()

    actions.change_opening(opening, actor=coordinator_of(opening), at=AUTUMN, places=2)

    first.refresh_from_db()
    assert first.state == State.OFFERED


def test_fewer_places_than_people_are_refused():
    opening = make_opening(places=2)
    actions.accept_registration(make_registration(opening), actor=coordinator_of(opening), at=AUTUMN)

    with pytest.raises(errors.FewerPlacesThanPeople):
        actions.change_opening(opening, actor=coordinator_of(opening), at=AUTUMN, places=0)


def test_decline_registration_needs_a_reason_and_tells_it():
    opening = make_opening()
    registration = make_registration(opening)
    with pytest.raises(errors.AnswerMissing):
        actions.decline_registration(registration, actor=coordinator_of(opening), answer=" ", at=AUTUMN)

    declined = actions.decline_registration(
        registration, actor=coordinator_of(opening), answer="The group is for Spanish speakers.", at=AUTUMN
    )

    assert (declined.state, declined.answer) == (State.DECLINED, "The group is for Spanish speakers.")


def test_open_registration_is_for_ones_own_cohort_and_once():
    opening = make_opening()
    about = {"version": opening.version, "opens_on": TODAY, "closes_on": TODAY, "places": 3, "at": AUTUMN}

    with pytest.raises(errors.NotYourCohort):
        actions.open_registration(make_cohort(), actor=coordinator_of(opening), **about)
    with pytest.raises(errors.OpeningThere):
        actions.open_registration(opening.cohort, actor=coordinator_of(opening), **about)


def test_partner_refers_somebody_who_is_asked_first(django_capture_on_commit_callbacks):
    opening = make_opening()
    with django_capture_on_commit_callbacks(execute=True):
        partner = actions.add_partner(
            opening, actor=coordinator_of(opening), name="Town", contact="Eva", email="eva@example.org", at=AUTUMN
        )
        referred = actions.refer_person(
            opening,
            first_name="Ivo",
            last_name="Dar",
            email="ivo@example.org",
            note="",
            partner=partner,
            at=AUTUMN,
            today=TODAY,
        )

    assert [letter.to for letter in mail.outbox] == [["eva@example.org"], ["ivo@example.org"]]
    assert partner_token(partner).split(":")[0] in str(mail.outbox[0].body)
    assert referred.state == State.REFERRED
    assert not Registration.objects.visible_to(coordinator_of(opening)).exists()


def test_who_was_referred_by_mail_need_not_confirm_the_address():
    opening = make_opening()
    referred = make_registration(opening, state=State.REFERRED, email="ivo@example.org")

    sent = actions.send_registration(
        opening, registrant=columns(email="ivo@example.org"), registration=referred, at=AUTUMN, today=TODAY
    )

    assert sent.state == State.RECEIVED


def test_second_partner_with_one_address_is_refused():
    opening = make_opening()
    about = {"name": "Town", "contact": "Eva", "email": "eva@example.org", "at": AUTUMN}
    actions.add_partner(opening, actor=coordinator_of(opening), **about)

    with pytest.raises(errors.AddressTaken):
        actions.add_partner(opening, actor=coordinator_of(opening), **about)


# Pages
def open_now(**fields: Any) -> Opening:
    today = timezone.localdate()
    return make_opening(opens_on=today - timedelta(days=1), closes_on=today + timedelta(days=9), **fields)


def post(client: Any, path: str, **typed: str) -> Any:
    ticket = client.get(path).context["asking"].guard["ticket"].value()
    return client.post(path, TYPED | {"ticket": ticket} | typed, follow=True)


def test_public_registration_shows_what_comes_next(client):
    opening = open_now()

    page = post(client, address("registration_new", opening.pk))

    assert "We have sent a mail to ana@example.org" in page.text
    assert Registration.objects.get().state == State.UNCONFIRMED


def test_wrong_input_stays_on_the_page(client):
    opening = open_now()
    page = post(client, address("registration_new", opening.pk), **{"q-email": "ana@"})

    assert page.status_code == 422
    assert 'value="ana@"' in page.text
    assert Registration.objects.count() == 0


def test_condition_that_is_not_met_is_told_and_a_question_still_goes_through(client):
    opening = open_now()
    EligibilityRule.objects.create(opening=opening, question="adult", answers=["yes"], text="You need to be 18.")
    path = address("registration_new", opening.pk)

    told = post(client, path, **{"q-adult": "no"})
    sent = post(client, path, **{"q-adult": "no", "question": "I am 17 and a half."})

    assert told.status_code == 422
    assert "You need to be 18." in told.text
    assert sent.status_code == 200
    registration = Registration.objects.get()
    assert (registration.unmet, registration.question) == (["You need to be 18."], "I am 17 and a half.")


def test_draft_is_kept_and_gone_on_with(client):
    opening = open_now()
    post(client, address("registration_new", opening.pk), **{"q-adult": "", "later": "1"})
    draft = Registration.objects.get()

    page = client.get(address("registration_edit", own_token(draft)))
    post(client, address("registration_edit", own_token(draft)))

    assert 'value="Ana"' in page.text
    assert Registration.objects.get().state == State.UNCONFIRMED


def test_code_and_name_lead_back(client):
    registration = make_registration(open_now(), last_name="Dar")

    right = client.post(address("registration_return"), {"code": registration.code.lower(), "last_name": "dar"})
    wrong = client.post(address("registration_return"), {"code": registration.code, "last_name": "Other"})

    assert right.status_code == 302
    assert wrong.status_code == 422


def test_confirmation_counts_by_post_only(client):
    registration = make_registration(open_now(), state=State.UNCONFIRMED)
    path = address("registration_confirm", confirm_token(registration))

    client.get(path)
    before = Registration.objects.get().state
    client.post(path)

    assert (before, Registration.objects.get().state) == (State.UNCONFIRMED, State.RECEIVED)


def test_guessed_links_lead_nowhere(client):
    registration = make_registration(open_now())

    for name in ("registration_own", "registration_edit", "registration_confirm", "refer"):
        assert client.get(address(name, f"{registration.pk}:guess")).status_code == 404
    assert client.get(address("registration_confirm", own_token(registration))).status_code == 404


def test_opening_for_partners_only_is_not_public(client):
    opening = open_now(is_public=False)

    assert client.get(address("opening_detail", opening.pk)).status_code == 404
    assert client.get(address("registration_new", opening.pk)).status_code == 404


def test_partner_page_prints_a_letter_for_people_without_mail(client):
    opening = open_now()
    partner = opening.partners.create(name="Town", contact="Eva", email="eva@example.org")

    page = client.post(
        address("refer", partner_token(partner)), {"first_name": "Ivo", "last_name": "Dar", "knows": "on"}
    )

    assert Registration.objects.get().code in page.text


def test_ended_partner_link_is_broken(client):
    opening = open_now()
    partner = opening.partners.create(name="Town", contact="Eva", email="eva@example.org", ended_at=AUTUMN)

    assert client.get(address("refer", partner_token(partner))).status_code == 404


def test_offer_is_answered_on_the_persons_own_page(client):
    opening = open_now()
    registration = make_registration(opening, state=State.OFFERED, answer_until=timezone.now() + timedelta(days=1))

    page = client.post(address("registration_answer", own_token(registration)), {"takes": "yes"}, follow=True)

    assert "You have a place" in page.text
    assert CohortMembership.objects.filter(cohort=opening.cohort, role=Role.MENTEE).count() == 1


def test_board_accepts_several_and_says_who_found_no_place(client):
    opening = open_now(places=1)
    first, second = make_registration(opening), make_registration(opening)
    client.force_login(coordinator_of(opening))
    path = address("opening_board", opening.pk)

    page = client.post(path, {"deed": "accept", "chosen": [first.pk, second.pk]}, follow=True)

    assert opening.registrations.filter(state=State.ACCEPTED).count() == 1
    assert "All places are taken" in page.text


def test_board_filters(client):
    opening = open_now()
    make_registration(opening, first_name="Fits")
    make_registration(opening, first_name="Doubtful", unmet=["You need to be 18."])
    client.force_login(coordinator_of(opening))

    page = client.get(address("opening_board", opening.pk), {"fits": "no"})

    assert "Doubtful" in page.text
    assert "Fits" not in page.text


def test_board_reads_the_same_for_one_and_for_three(client):
    opening = open_now()
    client.force_login(coordinator_of(opening))

    assert_same_queries(lambda: client.get(address("opening_board", opening.pk)), lambda: make_registration(opening))


def test_own_openings_read_the_same_for_one_and_for_three(client):
    coordinator = make_coordinator(make_cohort())
    client.force_login(coordinator)

    def make_one() -> None:
        cohort = make_cohort()
        make_coordinator(cohort, user=coordinator)
        make_opening(cohort=cohort)

    assert_same_queries(lambda: client.get(address("own_opening_list")), make_one)


def test_coordinator_opens_a_registration_with_the_form_that_ships(client):
    cohort = make_cohort()
    client.force_login(make_coordinator(cohort))
    typed = {"cohort": cohort.pk, "title": "Autumn", "text": "Learn.", "places": 5, "reply_days": 4, "is_public": "on"}

    wrong = client.post(address("opening_new"), typed | {"opens_on": "2026-09-30", "closes_on": "2026-09-01"})
    client.post(address("opening_new"), typed | {"opens_on": "2026-09-01", "closes_on": "2026-09-30"})

    assert wrong.status_code == 422
    assert Opening.objects.get().version.questionnaire.slug == "registration"


def test_conditions_need_words(client):
    opening = open_now()
    client.force_login(coordinator_of(opening))
    path = address("rule_list", opening.pk)

    wrong = client.post(path, {"answers-adult": ["yes"], "text-adult": ""})
    client.post(path, {"answers-adult": ["yes"], "text-adult": "You need to be 18."})

    assert wrong.status_code == 422
    assert opening.rules.get().answers == ["yes"]


def test_other_coordinators_find_nothing(client):
    registration = make_registration(open_now())
    client.force_login(make_coordinator(make_cohort()))

    assert client.get(registration.get_absolute_url()).status_code == 404
    assert client.post(address("registration_decide", registration.pk), {"deed": "accept"}).status_code == 404


def test_reading_a_registration_is_written_down(client):
    person = make_user()
    registration = make_registration(open_now(), user=person)
    client.force_login(coordinator_of(registration.opening))

    client.get(registration.get_absolute_url())

    assert person.readings_about.count() == 1


def test_closed_registrations_are_emptied_and_begun_ones_deleted():
    opening = make_opening()
    declined = make_registration(opening, state=State.DECLINED)
    make_registration(opening, state=State.STARTED)

    emptied, deleted = (
        privacy.empty_closed(AUTUMN + timedelta(days=1)),
        privacy.delete_begun(AUTUMN + timedelta(days=1)),
    )

    declined.refresh_from_db()
    assert (emptied, deleted, declined.first_name, declined.email) == (1, 1, "", "")


def test_erase_empties_a_persons_registration():
    person = make_user()
    registration = make_registration(make_opening(), user=person)

    privacy.erase(person)

    registration.refresh_from_db()
    assert (registration.user, str(registration)) == (None, "")


# The initial evaluation
INITIAL = {
    "situation": "looking",
    "devices": ["phone"],
    **{f"sure-{topic}": 2 for topic in ("information", "content", "collaboration", "marketing", "problems")},
    "need-most": "Forms of the town.",
    "need-way": ["shown"],
    "motivation-strong": 4,
    "motivation-why": "Work.",
    "trust": 5,
    "goal-1": "Send a mail",
    "goal-when": "I have sent one.",
}


def test_initial_evaluation_is_due_for_mentee_and_mentor_once_session_one_is_fixed():
    group = make_group(mentees=1)
    pair = group.members.get()
    before = [item.key for item in _items_for(pair.user, AUTUMN)]
    make_sessions(group)

    after = [item.key for item in _items_for(pair.user, AUTUMN)]

    assert (before, after) == ([], [f"registration-initial-{pair.pk}"])
    assert [item.key for item in _items_for(group.mentor, AUTUMN)] == after


def test_mentor_and_mentee_write_one_evaluation_together():
    group = make_group(mentees=1)
    pair = group.members.get()
    initial = actions.initial_of(pair, at=AUTUMN)
    actions.keep_initial(initial, actor=group.mentor, answers={"goal-1": "Send a mail"}, at=AUTUMN)

    done = actions.finish_initial(initial, actor=pair.user, answers=INITIAL, at=AUTUMN)

    assert done.is_done
    assert done.response and done.response.respondent == pair.user
    assert answers_of(done.response)["goal-1"] == "Send a mail"


def test_initial_evaluation_is_read_by_its_people_only(client):
    group = make_group(mentees=1)
    pair = group.members.get()
    path = address("initial_detail", pair.pk)
    done = actions.finish_initial(actions.initial_of(pair, at=AUTUMN), actor=pair.user, answers=INITIAL, at=AUTUMN)
    coordinator = make_coordinator(Cohort.objects.get(pk=group.cohort_id))

    answers = {}
    for name, user in (("mentee", pair.user), ("coordinator", coordinator), ("stranger", make_user())):
        client.force_login(user)
        answers[name] = client.get(path).status_code

    assert done.is_done
    assert answers == {"mentee": 200, "coordinator": 200, "stranger": 404}
    assert pair.user.readings_about.count() == 1


def test_initial_page_keeps_a_draft_and_names_what_is_open(client):
    group = make_group(mentees=1)
    pair = group.members.get()
    client.force_login(group.mentor)
    path = address("initial_edit", pair.pk)

    draft = client.post(path, {"q-goal-1": "Send a mail", "draft": "1"})
    wrong = client.post(path, {"q-goal-1": "Send a mail"})

    assert (draft.status_code, wrong.status_code) == (302, 422)
    assert "Please answer this question." in wrong.text
