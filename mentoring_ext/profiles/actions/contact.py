"""Asking a mentor for contact, the answer, and reporting what is wrong."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from forum.chat.actions import open_personal_room
from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.profiles.errors import (
    AlreadyAsked,
    AlreadyReported,
    NotPublic,
    OwnProfile,
    RequestAnswered,
    TooManyRequests,
)
from mentoring_ext.profiles.models import ContactRequest, PublicProfile
from mentoring_ext.profiles.permissions import coordinators_of

A_WEEK = timedelta(days=7)
MOST_A_WEEK = 5


@transaction.atomic
def request_contact(profile: PublicProfile, *, actor: User, purpose: str, message: str, at: datetime) -> ContactRequest:
    """Ask a mentor for contact; the mentor learns the name and the words, nobody learns an address.

    Raises ``NotPublic``, ``OwnProfile``, ``AlreadyAsked``, and ``TooManyRequests`` beyond five in a week.
    """
    User.objects.select_for_update().get(pk=actor.pk)
    profile = _still_shown(profile, actor, at)
    if ContactRequest.objects.filter(sender=actor, sent_at__gt=at - A_WEEK).count() >= MOST_A_WEEK:
        raise TooManyRequests
    try:
        with transaction.atomic():
            asked = ContactRequest.objects.create(
                mentor=profile.mentor, sender=actor, purpose=purpose, message=message.strip(), sent_at=at
            )
    except IntegrityError:
        raise AlreadyAsked
    record("proposed", asked, actor=actor, context=profile.mentor, at=at)
    text = _("%(person)s would like to get in contact with you.") % {"person": actor}
    notify([profile.mentor.user], "contact_request", text, asked.get_absolute_url())
    return asked


def _still_shown(profile: PublicProfile, actor: User, at: datetime) -> PublicProfile:
    shown = PublicProfile.objects.visible_to(actor, at=at).with_mentor().filter(pk=profile.pk).first()
    if shown is None:
        raise NotPublic
    if shown.mentor.user_id == actor.pk:
        raise OwnProfile
    return shown


@transaction.atomic
def answer_contact(
    asked: ContactRequest, *, actor: User, accepted: bool, answer: str = "", at: datetime
) -> ContactRequest:
    """Say yes, which opens a room for both, or no; the words go along. Raises ``RequestAnswered`` the second time."""
    asked = ContactRequest.objects.select_for_update(of=("self",)).select_related("sender", "mentor").get(pk=asked.pk)
    if asked.state != ContactRequest.State.WAITING:
        raise RequestAnswered
    asked.state = ContactRequest.State.ACCEPTED if accepted else ContactRequest.State.DECLINED
    asked.answer, asked.answered_at = answer.strip(), at
    if accepted:
        asked.room = open_personal_room(asked.sender, actor=actor, introduced=True)
    asked.save()
    record("accepted" if accepted else "declined", asked, actor=actor, context=asked.mentor, at=at)
    said = _("%(mentor)s said yes. You can talk now.") if accepted else _("%(mentor)s said no to your request.")
    notify([asked.sender], "contact_answered", said % {"mentor": asked.mentor}, asked.get_absolute_url())
    return asked


@transaction.atomic
def report_contact(asked: ContactRequest, *, actor: User, text: str, at: datetime) -> ContactRequest:
    """Tell the mentor's coordinators what is wrong; from then on they read the request and its answer.

    Raises ``AlreadyReported`` the second time.
    """
    asked = ContactRequest.objects.select_for_update(of=("self",)).select_related("mentor__user").get(pk=asked.pk)
    if asked.reported_at is not None:
        raise AlreadyReported
    asked.report, asked.reported_by, asked.reported_at = text.strip(), actor, at
    asked.save(update_fields=["report", "reported_by", "reported_at"])
    record("proposed", asked, actor=actor, context=asked.mentor, at=at, data={"what": "report"})
    words = _("%(person)s reports a request for contact.") % {"person": actor}
    address = reverse("mentoring_profiles:contact_report_list")
    notify(coordinators_of(asked.mentor), "contact_reported", words, address, exclude=actor)
    return asked


@transaction.atomic
def settle_report(asked: ContactRequest, *, actor: User, at: datetime) -> ContactRequest:
    """Note that a coordinator has looked at a report and done what was needed; a second time changes nothing."""
    if asked.settled_at is None:
        asked.settled_at, asked.settled_by = at, actor
        asked.save(update_fields=["settled_at", "settled_by"])
        record("completed", asked, actor=actor, context=asked.mentor, at=at)
    return asked
