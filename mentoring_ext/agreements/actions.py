"""What people do with agreements: write one together, and sign it."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from mentoring_ext.agreements.errors import (
    AgreementChanged,
    AlreadySigned,
    EndsBeforeStart,
    NameDiffers,
    NotAParty,
)
from mentoring_ext.agreements.models import Agreement, Party, Signature
from mentoring_ext.agreements.names import is_same_name
from mentoring_ext.groups.errors import GroupClosed
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import Role


@dataclass(frozen=True)
class Terms:
    """What is agreed on; the names are those of the agreement's fields."""

    starts_on: date
    ends_on: date
    session_count: int
    session_minutes: int
    frequency: str
    format: str
    place: str
    goals: str
    responsibilities: str
    contact_limits: str
    rules: str
    privacy: str


@transaction.atomic
def write_agreement(group: MentoringGroup, *, actor: User, terms: Terms, at: datetime) -> Agreement:
    """Write the group's agreement, or change it. After the first signature a change makes a new version to sign.

    Everybody who has to sign is told. Raises ``EndsBeforeStart`` and ``GroupClosed``.
    """
    if terms.ends_on < terms.starts_on:
        raise EndsBeforeStart
    group = MentoringGroup.objects.select_for_update(of=("self",)).select_related("cohort", "mentor").get(pk=group.pk)
    if group.is_closed:
        raise GroupClosed
    before = group.agreements.order_by("-version").first()
    agreement, is_new = _version_to_write(group, before)
    for term in fields(terms):
        setattr(agreement, term.name, getattr(terms, term.name))
    agreement.written_by, agreement.written_at = actor, at
    agreement.save()
    _name_parties(agreement, group)
    record("wrote" if is_new else "changed", agreement, actor=actor, context=group, at=at)
    text = _("The agreement of “%(group)s” waits for your signature.") % {"group": group}
    notify(group.people(), "agreement_to_sign", text, agreement.get_absolute_url(), exclude=actor)
    return agreement


def _version_to_write(group: MentoringGroup, before: Agreement | None) -> tuple[Agreement, bool]:
    if before is None:
        return Agreement(group=group, version=1), True
    if before.signatures.exists():
        return Agreement(group=group, version=before.version + 1), True
    return before, False


def _name_parties(agreement: Agreement, group: MentoringGroup) -> None:
    agreement.parties.all().delete()
    mentor, *mentees = group.people()
    roles = [(mentor, Role.MENTOR), *((mentee, Role.MENTEE) for mentee in mentees)]
    Party.objects.bulk_create(
        Party(agreement=agreement, user=user, role=role, name=str(user), contact=user.email) for user, role in roles
    )


@transaction.atomic
def sign_agreement(agreement: Agreement, *, actor: User, name: str, at: datetime, read: str | None = None) -> Signature:
    """Sign with the typed name; capitals, accents and the order of the names do not matter.

    ``read`` is the digest of the text that the person had before them. With the last signature the agreement is
    valid, and everybody is told. Raises ``NotAParty``, ``AlreadySigned``, ``NameDiffers`` and ``AgreementChanged``.
    """
    group = MentoringGroup.objects.select_for_update(of=("self",)).get(pk=agreement.group_id)
    agreement = Agreement.objects.select_related("group__mentor").get(pk=agreement.pk)
    digest = agreement.digest()
    if group.agreements.filter(version__gt=agreement.version).exists() or read not in (None, digest):
        raise AgreementChanged
    party = agreement.parties.filter(user=actor).first()
    if party is None:
        raise NotAParty
    if agreement.signatures.filter(user=actor).exists():
        raise AlreadySigned
    if not is_same_name(name, party.name):
        raise NameDiffers
    signature = Signature.objects.create(
        agreement=agreement, user=actor, name=name.strip(), signed_at=at, digest=digest
    )
    record("signed", agreement, actor=actor, context=agreement.group, data={"digest": digest}, at=at)
    if agreement.signatures.count() == agreement.parties.count():
        _make_valid(agreement, actor, at)
    return signature


def _make_valid(agreement: Agreement, actor: User, at: datetime) -> None:
    agreement.signed_at = at
    agreement.save(update_fields=["signed_at"])
    text = _("Everybody has signed the agreement of “%(group)s”.") % {"group": agreement.group}
    people = [party.user for party in agreement.parties.select_related("user")]
    notify(people, "agreement_signed", text, agreement.get_absolute_url(), exclude=actor)


@transaction.atomic
def renew_agreement(group: MentoringGroup, *, actor: User, at: datetime) -> Agreement | None:
    """Bring a group's agreement to the people who are in it now, with the text as it is; None where there is none.

    What somebody has signed stays, and a new version waits for everybody's signature. Raises ``GroupClosed``.
    """
    newest = group.agreements.order_by("-version").first()
    if newest is None:
        return None
    terms = Terms(**{term.name: getattr(newest, term.name) for term in fields(Terms)})
    return write_agreement(group, actor=actor, terms=terms, at=at)
