"""What somebody does who registers, or refers somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.notices.actions import notify
from lms.people.models import User
from lms.questionnaires.actions import save_draft, submit_response
from lms.questionnaires.models import Response
from mentoring_ext.registrations import errors
from mentoring_ext.registrations.actions.states import change_state, coordinators_of, locked, mail_on_commit
from mentoring_ext.registrations.eligibility import unmet_rules
from mentoring_ext.registrations.models import COUNTS, Opening, Partner, Registration, State
from mentoring_ext.registrations.tokens import new_code

COLUMNS = ("first_name", "last_name", "email", "telephone", "language")


@dataclass(frozen=True)
class Registrant:
    """Who registers, with what: ``columns`` by name, ``answers`` by the code of the question."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    user: User | None = None
    question: str = ""


@transaction.atomic
def keep_draft(
    opening: Opening,
    *,
    registrant: Registrant,
    registration: Registration | None = None,
    form_key: UUID | None = None,
    at: datetime,
    today: date,
) -> Registration:
    """Keep what was written so far; the link back goes out by mail where there is an address.

    The same form twice makes one draft. Raises ``OpeningClosed`` and ``AlreadyDecided``.
    """
    if not opening.is_open(today):
        raise errors.OpeningClosed
    found = registration or _made_of(opening, form_key)
    draft = locked(found) if found else _new(opening, registrant, form_key, at)
    if draft.state not in {State.STARTED, State.REFERRED}:
        raise errors.AlreadyDecided
    if draft.email.lower() != str(registrant.columns.get("email", draft.email)).lower():
        # Nothing was mailed to the new address: it has to be confirmed like that of anybody else.
        draft.state = State.STARTED
    _write(draft, registrant)
    save_draft(opening.version, actor=None, subject=draft, answers=registrant.answers, at=at)
    if found is None:
        record("started", draft, actor=registrant.user, context=opening.cohort, at=at)
        mail_on_commit(draft, "started")
    return draft


def _made_of(opening: Opening, form_key: UUID | None) -> Registration | None:
    return opening.registrations.filter(form_key=form_key).first() if form_key else None


def _new(opening: Opening, registrant: Registrant, form_key: UUID | None, at: datetime) -> Registration:
    return Registration.objects.create(
        opening=opening, user=registrant.user, form_key=form_key, code=new_code(), since=at
    )


def _write(registration: Registration, registrant: Registrant) -> None:
    for name in COLUMNS:
        if name in registrant.columns:
            setattr(registration, name, registrant.columns[name])
    registration.save()


@transaction.atomic
def send_registration(
    opening: Opening,
    *,
    registrant: Registrant,
    registration: Registration | None = None,
    form_key: UUID | None = None,
    at: datetime,
    today: date,
) -> Registration:
    """Hand a registration in. An address is confirmed by mail first, unless it is known to be the person's.

    Known is the address of the account that is signed in, and the one to which a referral was mailed. The same form
    twice makes one registration. Conditions that are not met are kept with it.
    Raises ``OpeningClosed``, ``AlreadyDecided`` and ``AnswersMissing``.
    """
    if not opening.is_open(today):
        raise errors.OpeningClosed
    found = registration or _made_of(opening, form_key)
    sent = locked(found) if found else _new(opening, registrant, form_key, at)
    if sent.state not in {State.STARTED, State.REFERRED}:
        if registration is None:
            return sent
        raise errors.AlreadyDecided
    mailed_to = sent.email if sent.state == State.REFERRED else ""
    _write(sent, registrant)
    answers = dict(registrant.answers)
    response = save_draft(opening.version, actor=None, subject=sent, answers=answers, at=at)
    submit_response(response, answers=answers, columns=registrant.columns, at=at)
    sent.unmet, sent.question = unmet_rules(opening.rules.all(), answers), registrant.question
    record("applied", sent, actor=registrant.user, context=opening.cohort, at=at)
    own = registrant.user.email.lower() if registrant.user else ""
    if sent.email.lower() in {"", own, mailed_to.lower()}:
        sent.user = registrant.user if own and own == sent.email.lower() else sent.user
        return _take_in(sent, at)
    sent.state, sent.since = State.UNCONFIRMED, at
    sent.save()
    mail_on_commit(sent, "confirm")
    return sent


@transaction.atomic
def confirm_registration(registration: Registration, *, at: datetime) -> Registration:
    """Take the registration in, now that the address is known to be right; a second time changes nothing."""
    registration = locked(registration)
    return _take_in(registration, at) if registration.state == State.UNCONFIRMED else registration


def _take_in(registration: Registration, at: datetime) -> Registration:
    """Receive it, unless the address is registered already: then that one counts, and its owner is told."""
    try:
        with transaction.atomic():
            change_state(registration, State.RECEIVED, actor=registration.user, at=at)
    except IntegrityError:
        same = registration.opening.registrations.filter(email__iexact=registration.email)
        first = same.get(state__in=COUNTS)
        Response.objects.about(registration).delete()
        registration.delete()
        mail_on_commit(first, "again")
        return first
    record("confirmed", registration, actor=registration.user, context=registration.opening.cohort, at=at)
    text = _("%(name)s registered: %(opening)s.") % {"name": registration, "opening": registration.opening}
    notify(coordinators_of(registration.opening), "registration_received", text, registration.get_absolute_url())
    mail_on_commit(registration, "received")
    return registration


@transaction.atomic
def refer_person(
    opening: Opening,
    *,
    first_name: str,
    last_name: str,
    email: str,
    note: str,
    partner: Partner | None = None,
    actor: User | None = None,
    at: datetime,
    today: date,
) -> Registration:
    """Suggest the programme to somebody, who is asked before anything else is kept.

    The person gets a link by mail, or on paper. Raises ``OpeningClosed`` and ``AddressTaken``.
    """
    if not opening.is_open(today):
        raise errors.OpeningClosed
    asked = opening.registrations.filter(state__in=[*COUNTS, State.REFERRED])
    if email and asked.filter(email__iexact=email).exists():
        raise errors.AddressTaken
    registration = Registration.objects.create(
        opening=opening,
        first_name=first_name,
        last_name=last_name,
        email=email,
        partner=partner,
        referred_by=actor,
        referral_note=note,
        code=new_code(),
        state=State.REFERRED,
        since=at,
    )
    record("invited", registration, actor=actor, context=opening.cohort, at=at)
    mail_on_commit(registration, "referred")
    return registration
