"""Asking an external mentor for help, answering, and the end of the access."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.chat.actions import open_room, set_room_members
from forum.chat.models import Room
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import Organisation, User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.workshops.errors import AlreadyAnswered, NotAMentor, OwnGroup, ReasonMissing
from mentoring_ext.workshops.models import Consultation


@transaction.atomic
def ask_for_help(
    consultant: User,
    *,
    actor: User,
    organisation: Organisation,
    scope: str,
    starts_on: date,
    ends_on: date,
    at: datetime,
    group: MentoringGroup | None = None,
) -> Consultation:
    """Ask somebody of the mentors' database to help a group, or the organisation, between two days.

    Raises ``NotAMentor`` ("not_a_mentor") and ``OwnGroup`` ("own_group").
    """
    if not MentorProfile.objects.entered().filter(user=consultant).exists():
        raise NotAMentor
    if consultant == actor or (group and consultant in group.people()):
        raise OwnGroup
    consultation = Consultation.objects.create(
        consultant=consultant,
        asked_by=actor,
        organisation=organisation,
        group=group,
        scope=scope,
        starts_on=starts_on,
        ends_on=ends_on,
        asked_at=at,
    )
    record("proposed", consultation, actor=actor, context=group or organisation, at=at)
    text = _("%(person)s asks for your help.") % {"person": actor}
    notify([consultant], "consultation", text, consultation.get_absolute_url())
    return consultation


@transaction.atomic
def answer_request(consultation: Consultation, *, actor: User, accept: bool, answer: str, at: datetime) -> Consultation:
    """Say yes, which opens a chat with who asked, or no with a reason.

    Raises ``AlreadyAnswered`` ("already_answered") and ``ReasonMissing`` ("reason_missing").
    """
    consultation = _locked(consultation)
    if consultation.state != Consultation.State.ASKED:
        raise AlreadyAnswered
    if not accept and not answer.strip():
        raise ReasonMissing(field="answer")
    consultation.answer = answer.strip()
    consultation.state = Consultation.State.ACCEPTED if accept else Consultation.State.DECLINED
    if accept:
        title = _("Consultation: %(what)s") % {"what": consultation}
        people = [actor, consultation.asked_by]
        consultation.room = open_room(title, actor=actor, kind=Room.Kind.GROUP, members=people)
    consultation.save()
    record("accepted" if accept else "declined", consultation, actor=actor, context=consultation.organisation, at=at)
    text = _("%(person)s answered your request for help.") % {"person": actor}
    notify([consultation.asked_by], "consultation", text, consultation.get_absolute_url())
    return consultation


@transaction.atomic
def end_consultation(consultation: Consultation, *, actor: User | None, at: datetime) -> Consultation:
    """End the access now; the chat closes with it. A second time changes nothing."""
    consultation = _locked(consultation)
    if consultation.state not in {Consultation.State.ASKED, Consultation.State.ACCEPTED}:
        return consultation
    consultation.state = Consultation.State.ENDED
    consultation.save(update_fields=["state"])
    if consultation.room:
        set_room_members(consultation.room, [], actor=actor)
    record("completed", consultation, actor=actor, context=consultation.organisation, at=at)
    people = [consultation.consultant, consultation.asked_by]
    text = _("The consultation has ended: %(what)s.") % {"what": consultation}
    notify(people, "consultation", text, consultation.get_absolute_url(), exclude=actor)
    return consultation


def end_outlived(at: datetime) -> int:
    """End every consultation whose last day is over by that time; return how many."""
    outlived = Consultation.objects.filter(
        state__in=[Consultation.State.ASKED, Consultation.State.ACCEPTED], ends_on__lt=timezone.localdate(at)
    )
    return len([end_consultation(consultation, actor=None, at=at) for consultation in outlived])


def _locked(consultation: Consultation) -> Consultation:
    return (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("consultant", "asked_by", "organisation", "group", "room")
        .get(pk=consultation.pk)
    )
