"""Letters: an organisation's own texts, and writing to applicants."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import Organisation, User
from mentoring_ext.applications import errors
from mentoring_ext.applications.letter_tasks import language_of, send_letter, send_test_letter
from mentoring_ext.applications.letter_texts import (
    MEANING,
    SECRET,
    LetterText,
    fill,
    in_braces,
    missing_in,
    shipped,
    unknown_in,
)
from mentoring_ext.applications.models import Application, Appointment, Letter, LetterTemplate


def text_for(organisation: Organisation, purpose: str) -> LetterText:
    """Return the organisation's own words for a purpose, else the shipped ones."""
    own = LetterTemplate.objects.filter(organisation=organisation, purpose=purpose).first()
    return LetterText(own.subject, own.body) if own else shipped(purpose)


def check_text(text: LetterText, purpose: str) -> None:
    """Raise ``UnknownPlaceholder`` ("unknown_placeholder") or ``PlaceholderMissing`` ("placeholder_missing")."""
    for field in ("subject", "body"):
        unknown = unknown_in(getattr(text, field), purpose)
        if unknown:
            words = _("Nobody can fill in %(names)s. Use the placeholders of the list only.")
            raise errors.UnknownPlaceholder(words % {"names": in_braces(unknown)}, field=field)
    secret = [name for name in SECRET if f"{{{name}}}" in text.subject]
    if secret:
        raise errors.UnknownPlaceholder(
            _("%(names)s stands in the text only, not in the subject.") % {"names": in_braces(secret)}, field="subject"
        )
    missing = missing_in(text.body, purpose)
    if missing:
        words = _("Applicants need %(names)s in this letter. Put it into the text.")
        raise errors.PlaceholderMissing(words % {"names": in_braces(missing)})


@transaction.atomic
def change_letter_text(
    organisation: Organisation, *, actor: User, purpose: str, subject: str, body: str, at: datetime
) -> LetterTemplate:
    """Keep an organisation's own words for a purpose. Raises as ``check_text`` does."""
    check_text(LetterText(subject, body), purpose)
    text, _created = LetterTemplate.objects.update_or_create(
        organisation=organisation,
        purpose=purpose,
        defaults={"subject": subject, "body": body, "changed_by": actor, "changed_at": at},
    )
    record("changed", text, actor=actor, context=organisation, at=at)
    return text


@transaction.atomic
def restore_letter_text(organisation: Organisation, *, actor: User, purpose: str, at: datetime) -> None:
    """Go back to the shipped words for a purpose."""
    for text in LetterTemplate.objects.filter(organisation=organisation, purpose=purpose):
        record("deleted", text, actor=actor, context=organisation, at=at)
        text.delete()


def words_of(
    application: Application,
    text: LetterText,
    *,
    actor: User | None,
    answer: str = "",
    appointment: Appointment | None = None,
    times: Iterable[datetime] = (),
) -> LetterText:
    """Return a text with everything filled in that staff may read; links stay as placeholders."""
    known = _values(application, actor, answer) | _appointment_values(appointment, list(times))
    return LetterText(fill(text.subject, known), fill(text.body, known))


def _values(application: Application, actor: User | None, answer: str) -> dict[str, str]:
    call = application.call
    return {
        "name": str(application),
        "first_name": application.first_name,
        "call": str(call),
        "cohort": str(call.cohort),
        "organisation": str(call.organisation),
        "coordinator": str(actor or call.organisation),
        "answer": answer,
    }


def _appointment_values(appointment: Appointment | None, times: list[datetime]) -> dict[str, str]:
    if appointment is None:
        return {}
    fixed = appointment.starts_at if appointment.state != Appointment.State.OFFERED else None
    offered = [fixed] if fixed and not times else times
    return {
        "time": when(fixed) if fixed else ", ".join(when(time) for time in times),
        "times": "\n".join(f"– {when(time)}" for time in offered if time),
        "place": appointment.where,
        "minutes": str(appointment.minutes),
    }


def when(time: datetime) -> str:
    """Return a time in words, with the name of its time zone."""
    local = timezone.localtime(time)
    return f"{date_format(local, 'l j F Y, H:i')} ({local.tzname()})"


@transaction.atomic
def write_letter(
    application: Application,
    *,
    purpose: str,
    actor: User | None,
    at: datetime,
    text: LetterText | None = None,
    answer: str = "",
    appointment: Appointment | None = None,
    times: Iterable[datetime] = (),
    calendar: str = "",
    method: str = "",
) -> Letter:
    """Write to an applicant and keep the text; it leaves once the transaction is committed.

    ``text`` is used instead of the organisation's words for the purpose. Raises as ``check_text`` does.
    """
    with translation.override(language_of(application)):
        chosen = text or text_for(application.call.organisation, purpose)
        if text:
            check_text(text, purpose)
        filled = words_of(application, chosen, actor=actor, answer=answer, appointment=appointment, times=times)
    letter = Letter.objects.create(
        application=application,
        purpose=purpose,
        subject=filled.subject[:250],
        body=filled.body,
        calendar=calendar,
        method=method,
        actor=actor,
        written_at=at,
    )
    _post(letter)
    return letter


@transaction.atomic
def send_again(letter: Letter, *, actor: User, at: datetime) -> Letter:
    """Send a letter once more that could not be sent. Raises ``SentAlready`` ("sent_already")."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("application").get(pk=letter.pk)
    if letter.state not in (Letter.State.FAILED, Letter.State.SENDING):
        raise errors.SentAlready
    letter.state, letter.trouble = Letter.State.WAITING, ""
    letter.save(update_fields=["state", "trouble"])
    record("changed", letter, actor=actor, context=letter.application, at=at)
    _post(letter)
    return letter


def _post(letter: Letter) -> None:
    pk = letter.pk
    transaction.on_commit(lambda: send_letter.enqueue(pk))


def post_test(application: Application | None, text: LetterText, *, purpose: str, actor: User) -> None:
    """Send a text to its writer, filled in for an applicant where there is one. Raises as ``check_text`` does."""
    check_text(text, purpose)
    filled = words_of(application, text, actor=actor) if application else text
    meant = {name: f"({MEANING[name]})" for name in MEANING}
    subject, body = fill(filled.subject, meant), fill(filled.body, meant)
    transaction.on_commit(lambda: send_test_letter.enqueue(actor.email, subject, body))
