"""Agreements: writing, signing, versions, what is due."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lms.agenda.actions import agenda_for
from lms.journal.models import Entry
from lms.notices.models import Notice
from mentoring_ext.agreements import actions, errors
from mentoring_ext.agreements.models import Agreement
from mentoring_ext.agreements.names import is_same_name
from mentoring_ext.groups.actions import close_group
from mentoring_ext.groups.errors import GroupClosed
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Role
from tests import make

pytestmark = pytest.mark.django_db
AT = make.JANUARY


@pytest.fixture
def group() -> MentoringGroup:
    return make.make_group()


@pytest.fixture
def agreement(group: MentoringGroup) -> Agreement:
    return make.make_agreement(group)


def sign_by_all(agreement: Agreement) -> None:
    for person in agreement.group.people():
        actions.sign_agreement(agreement, actor=person, name=str(person), at=AT)


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("Inês Carvalho", True),
        ("  ines   CARVALHO ", True),
        ("Carvalho, Inês", True),
        ("Ines", False),
        ("Ines Carvalho Lopes", False),
        ("", False),
    ],
)
def test_same_name_whatever_the_case_accents_and_order(typed, fits):
    assert is_same_name(typed, "Inês Carvalho") == fits


def test_write_agreement_names_the_parties_and_tells_them(group):
    agreement = make.make_agreement(group)

    assert [party.user for party in agreement.parties.order_by("pk")] == group.people()
    told = Notice.objects.filter(kind="agreement_to_sign").values_list("recipient", flat=True)
    assert set(told) == {person.pk for person in group.people()[1:]}
    assert Entry.objects.filter(verb="wrote", object_id=agreement.pk, context_id=group.pk).exists()


def test_write_agreement_changes_an_unsigned_version(agreement):
    changed = make.make_agreement(agreement.group, goals="Other goals.")

    assert (changed.pk, changed.version, changed.goals) == (agreement.pk, 1, "Other goals.")


def test_write_agreement_after_a_signature_makes_a_new_version(agreement):
    mentor = agreement.group.mentor
    actions.sign_agreement(agreement, actor=mentor, name=str(mentor), at=AT)

    changed = make.make_agreement(agreement.group, goals="Other goals.")

    assert (changed.version, changed.signatures.count()) == (2, 0)
    agreement.refresh_from_db()
    assert (agreement.goals, agreement.signatures.count()) == ("About goals.", 1)


def test_write_agreement_refuses_an_end_before_the_start(group):
    with pytest.raises(errors.EndsBeforeStart):
        make.make_agreement(group, ends_on=date(2020, 1, 1))


def test_write_agreement_refuses_a_closed_group(group):
    close_group(group, actor=make.make_user(), at=AT, because="Enough.")

    with pytest.raises(GroupClosed):
        make.make_agreement(group)


def test_sign_agreement_keeps_the_digest_of_the_text(agreement):
    mentor = agreement.group.mentor

    signature = actions.sign_agreement(agreement, actor=mentor, name=str(mentor).upper(), at=AT)

    assert signature.digest == agreement.digest()
    assert Entry.objects.filter(verb="signed", data={"digest": signature.digest}).exists()


def test_sign_agreement_by_all_makes_it_valid_and_tells(agreement):
    sign_by_all(agreement)

    agreement.refresh_from_db()
    assert agreement.signed_at == AT
    assert Notice.objects.filter(kind="agreement_signed").count() == 2


def test_sign_agreement_refuses_others(agreement):
    with pytest.raises(errors.NotAParty):
        actions.sign_agreement(agreement, actor=make.make_user(), name="Somebody", at=AT)


def test_sign_agreement_refuses_a_second_time(agreement):
    mentor = agreement.group.mentor
    actions.sign_agreement(agreement, actor=mentor, name=str(mentor), at=AT)

    with pytest.raises(errors.AlreadySigned):
        actions.sign_agreement(agreement, actor=mentor, name=str(mentor), at=AT)


def test_sign_agreement_refuses_another_name(agreement):
    with pytest.raises(errors.NameDiffers):
        actions.sign_agreement(agreement, actor=agreement.group.mentor, name="Somebody Else", at=AT)


def test_sign_agreement_refuses_a_text_that_changed_meanwhile(agreement):
    mentor, read = agreement.group.mentor, agreement.digest()
    make.make_agreement(agreement.group, goals="Other goals.")

    with pytest.raises(errors.AgreementChanged):
        actions.sign_agreement(agreement, actor=mentor, name=str(mentor), at=AT, read=read)


def test_sign_agreement_refuses_an_old_version(agreement):
    mentor, mentee = agreement.group.people()[:2]
    actions.sign_agreement(agreement, actor=mentor, name=str(mentor), at=AT)
    make.make_agreement(agreement.group)

    with pytest.raises(errors.AgreementChanged):
        actions.sign_agreement(agreement, actor=mentee, name=str(mentee), at=AT)


def test_agenda_asks_to_sign_before_the_third_session(agreement):
    sessions = make.make_sessions(agreement.group)
    mentee = agreement.group.people()[1]

    item = next(item for item in agenda_for(mentee, AT) if item.key.startswith("agreement-sign"))

    assert item.due == sessions[2].starts_at


def test_agenda_asks_the_mentor_to_write(group):
    assert "agreement-write" in "".join(item.key for item in agenda_for(group.mentor, AT))


def test_agenda_shows_the_coordinator_what_is_late(agreement):
    coordinator = make.make_member(agreement.group.cohort, Role.COORDINATOR)
    make.make_sessions(agreement.group)

    early = agenda_for(coordinator, AT)
    late = agenda_for(coordinator, AT + timedelta(weeks=3))

    assert "agreement-late" not in "".join(item.key for item in early)
    assert "agreement-late" in "".join(item.key for item in late)


def test_agenda_forgets_what_is_signed(agreement):
    sign_by_all(agreement)

    assert not [item for item in agenda_for(agreement.group.mentor, AT) if item.key.startswith("agreement")]


# Pages


def fields(**changed: object) -> dict[str, object]:
    words = ("frequency", "place", "goals", "responsibilities", "contact_limits", "rules", "privacy")
    data: dict[str, object] = {word: f"About {word}." for word in words}
    data |= {"starts_on": "2026-01-12", "ends_on": "2026-04-12", "format": "online"}
    return data | {"session_count": 12, "session_minutes": 90} | changed


def test_edit_page_is_filled_in_with_usual_words(client: Client, group):
    client.force_login(group.mentor)

    form = client.get(reverse("mentoring_agreements:agreement_edit", args=[group.pk])).context["form"]

    assert form["session_minutes"].value() == 90
    assert "respect" in str(form["rules"].value())


def test_edit_page_keeps_what_was_typed(client: Client, group):
    client.force_login(group.mentor)
    url = reverse("mentoring_agreements:agreement_edit", args=[group.pk])

    response = client.post(url, fields(goals="Our goals", ends_on="2025-01-01"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["ends_on"]
    assert response.context["form"]["goals"].value() == "Our goals"


def test_edit_page_saves(client: Client, group):
    client.force_login(group.mentor)

    client.post(reverse("mentoring_agreements:agreement_edit", args=[group.pk]), fields())

    assert [agreement.goals for agreement in group.agreements.all()] == ["About goals."]


def test_mentee_cannot_write(client: Client, group):
    client.force_login(group.people()[1])

    assert client.get(reverse("mentoring_agreements:agreement_edit", args=[group.pk])).status_code == 403


def test_signing_on_the_page(client: Client, agreement):
    mentee = agreement.group.people()[1]
    client.force_login(mentee)

    client.post(agreement.get_absolute_url(), {"name": str(mentee), "read": agreement.digest()})

    assert [signature.user for signature in agreement.signatures.all()] == [mentee]


def test_signing_with_another_name_says_so(client: Client, agreement):
    client.force_login(agreement.group.mentor)

    response = client.post(agreement.get_absolute_url(), {"name": "Nobody", "read": agreement.digest()})

    assert response.status_code == 422
    assert response.context["form"].errors == {"name": [str(errors.NameDiffers.text)]}
    assert response.context["form"]["name"].value() == "Nobody"


def test_print_page_has_lines_for_those_who_have_not_signed(client: Client, agreement):
    mentor = agreement.group.mentor
    actions.sign_agreement(agreement, actor=mentor, name=str(mentor), at=AT)
    client.force_login(mentor)

    text = client.get(reverse("mentoring_agreements:agreement_print", args=[agreement.pk])).content.decode()

    assert text.count("signatures__line") == 2
    assert agreement.digest() in text


def test_strangers_find_no_agreement(client: Client, agreement):
    client.force_login(make.make_user())

    assert client.get(agreement.get_absolute_url()).status_code == 404
