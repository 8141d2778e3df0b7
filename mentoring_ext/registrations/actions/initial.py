"""The initial evaluation that mentee and mentor fill in together in session 1."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lms.journal.actions import record
from lms.people.models import User
from lms.privacy.actions import record_reading
from lms.questionnaires.actions import answers_of, load_questionnaire, save_draft, submit_response
from lms.questionnaires.models import Response, Version
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.registrations.errors import WrittenMeanwhile
from mentoring_ext.registrations.meanwhile import both_answers, differing, saved_mark
from mentoring_ext.registrations.models import InitialEvaluation

SHIPPED = Path(__file__).parent.parent / "data" / "initial-evaluation.yaml"


def shipped_version(at: datetime) -> Version:
    """Return the version of the questionnaire that ships, which is loaded the first time."""
    return load_questionnaire(SHIPPED, at=at)


@transaction.atomic
def initial_of(pair: GroupMember, *, at: datetime) -> InitialEvaluation:
    """Return the pair's initial evaluation; the first time it is laid out with the version of that day."""
    found = InitialEvaluation.objects.with_pair().filter(pair=pair).first()
    if found:
        return found
    InitialEvaluation.objects.get_or_create(pair=pair, defaults={"version": shipped_version(at), "opened_at": at})
    return InitialEvaluation.objects.with_pair().get(pair=pair)


@transaction.atomic
def keep_initial(
    initial: InitialEvaluation, *, actor: User, answers: Mapping[str, Any], at: datetime, seen: str | None = None
) -> InitialEvaluation:
    """Keep what mentee and mentor wrote so far.

    ``seen`` is the mark (``meanwhile.saved_mark``) of what the writer had before their eyes: what the other one saved
    since then stays, and where both answered differently nothing is kept. Raises ``WrittenMeanwhile`` and
    ``AlreadySubmitted``.
    """
    initial = InitialEvaluation.objects.select_for_update(of=("self",)).with_pair().get(pk=initial.pk)
    answers = _with_what_came_meanwhile(initial.response, answers, seen)
    mentee, pair = initial.pair.user, initial.pair
    initial.response = save_draft(initial.version, actor=mentee, subject=pair, answers=answers, at=at)
    initial.written_by = actor
    initial.save(update_fields=["response", "written_by"])
    return initial


def _with_what_came_meanwhile(
    response: Response | None, answers: Mapping[str, Any], seen: str | None
) -> Mapping[str, Any]:
    if response is None or response.state == Response.State.SUBMITTED or seen in {None, saved_mark(response)}:
        return answers
    stored = answers_of(response)
    if differing(stored, answers):
        raise WrittenMeanwhile(response)
    return both_answers(stored, answers)


@transaction.atomic
def finish_initial(
    initial: InitialEvaluation, *, actor: User, answers: Mapping[str, Any], at: datetime, seen: str | None = None
) -> InitialEvaluation:
    """Finish it: from now on it stays as it is.

    Raises ``WrittenMeanwhile``, ``AlreadySubmitted`` and ``AnswersMissing``.
    """
    initial = keep_initial(initial, actor=actor, answers=answers, at=at, seen=seen)
    if initial.response:
        initial.response = submit_response(initial.response, answers=answers_of(initial.response), at=at)
    record("answered", initial, actor=actor, context=initial.pair.group, at=at)
    return initial


@transaction.atomic
def read_initial(initial: InitialEvaluation, *, reader: User, at: datetime) -> None:
    """Write down that somebody else than the mentee read it, for the mentee to see."""
    if reader.pk != initial.pair.user_id:
        what = _("Your initial evaluation")
        record_reading(initial, reader=reader, about=initial.pair.user, what=what, at=at)
