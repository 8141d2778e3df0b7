"""Telling people, and what they read and want."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lms.notices.models import MailChoice, Notice
from lms.notices.tasks import mail_notices
from lms.people.models import User
from lms.plugins import NOTICE_KINDS, NoticeKind, Text

BATCH = 500


def kinds() -> dict[str, NoticeKind]:
    """Return every registered kind of notice by name."""
    return {kind.name: kind for kind in NOTICE_KINDS.collect()}


def notify(recipients: Iterable[User], kind: str, text: Text, url: str, *, exclude: User | None = None) -> list[Notice]:
    """Tell each of ``recipients`` once, in the site and, where they did not switch it off, by mail.

    Who has not accepted the invitation yet is told in the site only: the invitation is the one mail they need.

    ``url`` is an address of this site, starting with a slash. The mail leaves after the transaction is committed.
    Raises ``KeyError`` for a kind that no room registered.
    """
    registered = kinds()[kind]
    people = {person.pk: person for person in recipients if person != exclude}
    notices = Notice.objects.bulk_create(
        [Notice(recipient=person, kind=kind, text=str(text)[:300], url=url) for person in people.values()],
        batch_size=BATCH,
    )
    wanted = _ids_to_mail(registered, notices)
    if wanted:
        transaction.on_commit(lambda: mail_notices.enqueue(wanted))
    return notices


def _ids_to_mail(kind: NoticeKind, notices: list[Notice]) -> list[int]:
    if not kind.mail:
        return []
    people = [notice.recipient_id for notice in notices]
    choices = MailChoice.objects.filter(kind=kind.name)
    parts = [people[start : start + BATCH] for start in range(0, len(people), BATCH)]
    refused = {user for part in parts for user in choices.filter(user__in=part).values_list("user_id", flat=True)}
    return [n.pk for n in notices if _gets_mail(n.recipient) and n.recipient_id not in refused]


def _gets_mail(person: User) -> bool:
    return bool(person.email) and person.is_active and person.has_usable_password()


def read_notice(notice: Notice, *, at: datetime) -> Notice:
    """Mark one notice as read; a second time changes nothing."""
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
    return notice


def close_notices(user: User, kind: str, url: str, *, at: datetime) -> int:
    """Mark as read what somebody need not read any more: the notices of a kind about one page; return how many."""
    return Notice.objects.filter(recipient=user, kind=kind, url=url, read_at=None).update(read_at=at)


def read_all(user: User, *, at: datetime) -> int:
    """Mark all of a person's notices as read; return how many were new."""
    return Notice.objects.filter(recipient=user, read_at=None).update(read_at=at)


@transaction.atomic
def choose_mail(user: User, *, unwanted: Iterable[str]) -> None:
    """Keep which kinds of notices a person does not want by mail."""
    MailChoice.objects.filter(user=user).delete()
    MailChoice.objects.bulk_create(MailChoice(user=user, kind=kind) for kind in set(unwanted) & set(kinds()))
