"""The letters to all whom a pairing concerns: the cohort's own words, what each will read, and sending them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from lms.journal.actions import record
from lms.people.models import User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.matching.errors import NothingToSend, UnknownPlaceholder
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.letter_tasks import send_letter
from mentoring_ext.matching.letter_texts import MEANING, Words, fill, shipped, wrong_in
from mentoring_ext.matching.models import Letter, LetterText, MatchRun, PairRule, RunMentor, Side
from mentoring_ext.matching.words import slot_in_words
from mentoring_ext.programmes.models import Cohort

SHEET = "mentoring_profiles:mentee_sheet"
Key = tuple[str, str]
"""A side and a language."""


@dataclass(frozen=True)
class Draft:
    """A letter as it will go to one person."""

    recipient: User
    side: str
    words: Words


def text_for(cohort: Cohort, side: str, language: str) -> Words:
    """Return the cohort's own words to a side in a language, else the shipped ones."""
    own = LetterText.objects.filter(cohort=cohort, side=side, language=language).first()
    if own:
        return Words(own.subject, own.body)
    with translation.override(language):
        return shipped(side)


@transaction.atomic
def change_text(cohort: Cohort, *, side: str, language: str, words: Words, actor: User, at: datetime) -> LetterText:
    """Keep a cohort's own words to one side. Raises ``UnknownPlaceholder``."""
    for field in ("subject", "body"):
        if wrong := wrong_in(getattr(words, field)):
            raise UnknownPlaceholder(wrong, field=field)
    kept, _created = LetterText.objects.update_or_create(
        cohort=cohort,
        side=side,
        language=language,
        defaults={"subject": words.subject, "body": words.body, "changed_by": actor, "changed_at": at},
    )
    record("changed", kept, actor=actor, context=cohort, at=at)
    return kept


def letters_for(
    run: MatchRun,
    groups: Mapping[RunMentor, Sequence[User]],
    *,
    actor: User,
    left: Iterable[User] = (),
    addresses: Mapping[int, str] | None = None,
    texts: Mapping[Key, Words] | None = None,
    led: Mapping[int, Sequence[User]] | None = None,
) -> list[Draft]:
    """Return every letter of these groups and to those who are ``left`` over, in the language of who gets it.

    ``addresses`` are the groups' pages by the mentor's id; without them the link stays a placeholder. ``texts`` stand
    in place of the cohort's words. ``led`` are the mentees whom mentors have in running groups, by the mentor's id.
    """
    known: dict[Key, Words] = dict(texts or {})

    def words_for(side: str, person: User) -> Words:
        key = (side, person.language)
        known[key] = known.get(key) or text_for(run.cohort, *key)
        return known[key]

    waiting = dict.fromkeys(MEANING, "") | {"link": f"{settings.SITE_URL}{reverse(SHEET)}"}
    drafts = [
        _draft(run, person, Side.LEFT_OVER, words_for(Side.LEFT_OVER, person), waiting, actor=actor) for person in left
    ]
    offline = PairRule.objects.filter(cohort=run.cohort_id, offline=True)
    # Who paired offline found hours without the sheets: nobody else knows them.
    unknown = set(offline.values_list("mentor", flat=True))
    for row, mentees in groups.items():
        if row.mentor is None:
            continue
        slot = None if row.mentor.pk in unknown else row.slot
        for person, side in [(row.mentor, Side.MENTOR), *((mentee, Side.MENTEE) for mentee in mentees)]:
            about = _about_group(run, row.mentor, mentees, person, slot, (addresses or {}).get(row.mentor.pk))
            about["other_mentees"] = ", ".join(map(str, (led or {}).get(person.pk, ())))
            drafts.append(_draft(run, person, side, words_for(side, person), about, actor=actor))
    return drafts


def _about_group(
    run: MatchRun, mentor: User, mentees: Sequence[User], person: User, slot: int | None, address: str | None
) -> dict[str, str]:
    """Return what the placeholders about a group stand for in the letter to one person of it."""
    with translation.override(person.language):
        hour = slot_in_words(slot, Options.of(run.options).hours)
    return {
        "mentor": str(mentor),
        "mentees": ", ".join(str(mentee) for mentee in mentees),
        "others": ", ".join(str(mentee) for mentee in mentees if mentee != person),
        "hour": hour,
    } | ({"link": f"{settings.SITE_URL}{address}"} if address is not None else {})


def _draft(run: MatchRun, person: User, side: Side, words: Words, about: Mapping[str, str], *, actor: User) -> Draft:
    whom = {"first_name": person.first_name or str(person), "cohort": str(run.cohort), "coordinator": str(actor)}
    values = {**about, **whom}
    return Draft(person, side.value, Words(fill(words.subject, values)[:250], fill(words.body, values)))


def send_letters(
    run: MatchRun,
    groups: Mapping[RunMentor, Sequence[User]],
    opened: Iterable[MentoringGroup],
    *,
    left: Iterable[User] = (),
    led: Mapping[int, Sequence[User]] | None = None,
    actor: User,
    at: datetime,
) -> list[Letter]:
    """Write to everybody of the opened groups, and to those left over; they leave once the transaction is committed."""
    addresses = {group.mentor_id: group.get_absolute_url() for group in opened}
    drafts = letters_for(run, groups, left=left, actor=actor, addresses=addresses, led=led)
    letters = Letter.objects.bulk_create(
        [
            Letter(
                run=run,
                recipient=draft.recipient,
                side=draft.side,
                subject=draft.words.subject,
                body=draft.words.body,
                written_at=at,
            )
            for draft in drafts
            if draft.recipient.email and draft.recipient.is_active
        ]
    )
    keys = [letter.pk for letter in letters]
    transaction.on_commit(lambda: [send_letter.enqueue(key) for key in keys])
    return letters


@transaction.atomic
def send_again(run: MatchRun, *, actor: User, at: datetime) -> int:
    """Send the letters of a run once more that did not leave; return how many. Raises ``NothingToSend``."""
    keys = list(run.letters.not_sent(at).select_for_update().values_list("pk", flat=True))
    if not keys:
        raise NothingToSend
    Letter.objects.filter(pk__in=keys).update(state=Letter.State.WAITING, trouble="", written_at=at)
    record("wrote", run, actor=actor, context=run.cohort, at=at, data={"letters": len(keys)})
    transaction.on_commit(lambda: [send_letter.enqueue(key) for key in keys])
    return len(keys)
