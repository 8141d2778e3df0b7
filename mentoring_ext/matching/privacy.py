"""What the pairing keeps of a person, and how it goes."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.plugins import Held, PrivacyHandler
from lms.privacy.models import Consent
from mentoring_ext.matching.kept import people_in, read, without, without_details, without_sheets
from mentoring_ext.matching.models import (
    Alias,
    Change,
    Confirmation,
    EqualityReport,
    Letter,
    LetterText,
    MatchRequest,
    MatchRun,
    NamesStep,
    PairingDefaults,
    PairRule,
    Proposal,
    RunMentor,
    SheetQuestion,
    Wish,
    WishRound,
)

LABEL = "mentoring_matching"
SAID = ("confirmation", "matchrequest", "sheetquestion", "wish", "wishround")
"""What people said to their match, and wished before."""

WRITTEN = (
    "letter.subject",
    "letter.body",
    "matchrun.problem",
    "proposal.moved_because",
    "change.reason",
    "pairrule.reason",
    "namesstep.reason",
)
"""Texts about one person in which others stand by name."""

DECIDED = ("alias", "namesstep", "pairingdefaults", "equalityreport")
"""How pairs are decided, and with which numbers in place of names."""


def handler() -> PrivacyHandler:
    """Return the room's part in exports and erasures."""
    names = ("matchrun", "proposal", "runmentor", "change", "pairrule", "letter", "lettertext", *SAID, *DECIDED)
    return PrivacyHandler(
        name="pairing",
        models=[f"{LABEL}.{name}" for name in names],
        export=None,
        erase=erase,
        titles=[f"{LABEL}.{name}" for name in WRITTEN],
        label=_("Pairing"),
        held=[
            Held(
                f"{LABEL}.proposal",
                about=("mentee", "mentor"),
                where={"run__state": MatchRun.State.PUBLISHED},
                left_out={"exchanged_with": "It tells about another person."},
            ),
            Held(f"{LABEL}.letter", about="recipient"),
            Held(f"{LABEL}.confirmation"),
            Held(f"{LABEL}.wish", about="mentee"),
            Held(f"{LABEL}.sheetquestion", about="person"),
            Held(
                f"{LABEL}.matchrequest",
                about="asked_by",
                left_out={"moves": "It tells about other people, too."},
            ),
            Held(
                f"{LABEL}.pairrule",
                about="mentee",
                where={"kind__in": [PairRule.Kind.VETOED, PairRule.Kind.FIXED]},
                left_out={"reason": "It tells about another person, too."},
            ),
        ],
        not_told={
            f"{LABEL}.matchrun": "What people told is in the part on sheets; the journal has who made the run.",
            f"{LABEL}.runmentor": "It repeats the mentor's number of places, which is in the part on sheets.",
            f"{LABEL}.change": "It tells about several people; the place that came of it is in the proposals.",
            f"{LABEL}.wishround": "It tells only who opened the round; the journal has that.",
            f"{LABEL}.alias": "A number drawn by lot; it tells nothing of the person.",
            f"{LABEL}.namesstep": "It tells who hid or saw names; the journal has that.",
            f"{LABEL}.pairingdefaults": "It tells of the person only who set it; the journal has that.",
            f"{LABEL}.equalityreport": "It holds figures of groups; who made it, the journal has.",
            f"{LABEL}.lettertext": "It tells of the person only who wrote it; the journal has that.",
        },
    )


def erase(user: User) -> None:
    """Remove what was compared about a person, also inside the runs' inputs; figures and fingerprints stay."""
    _forget_in_inputs(user)
    Proposal.objects.filter(mentee=user).delete()
    Proposal.objects.filter(mentor=user).update(mentor=None)
    Proposal.objects.filter(exchanged_with=user).update(exchanged_with=None)
    RunMentor.objects.filter(mentor=user).update(mentor=None)
    Change.objects.filter(Q(mentee=user)).delete()
    for name in ("mentor", "former", "partner", "made_by", "undone_by"):
        Change.objects.filter(**{name: user}).update(**{name: None})
    PairRule.objects.filter(Q(mentee=user) | Q(mentor=user)).delete()
    PairRule.objects.filter(made_by=user).update(made_by=None)
    Letter.objects.filter(recipient=user).delete()
    LetterText.objects.filter(changed_by=user).update(changed_by=None)
    Alias.objects.filter(user=user).delete()
    EqualityReport.objects.filter(made_by=user).update(made_by=None)
    NamesStep.objects.filter(made_by=user).update(made_by=None)
    PairingDefaults.objects.filter(changed_by=user).update(changed_by=None)
    Confirmation.objects.filter(user=user).delete()
    Wish.objects.filter(Q(mentee=user) | Q(mentor=user)).delete()
    WishRound.objects.filter(changed_by=user).update(changed_by=None)
    MatchRequest.objects.filter(Q(mentee=user) | Q(asked_by=user)).delete()
    SheetQuestion.objects.filter(person=user).delete()
    SheetQuestion.objects.filter(asked_by=user).update(asked_by=None)
    MatchRequest.objects.filter(answered_by=user).update(answered_by=None)
    _forget_in_moves(user)
    MatchRun.objects.filter(made_by=user).update(made_by=None)
    MatchRun.objects.filter(published_by=user).update(published_by=None)


def _forget_in_moves(user: User) -> None:
    """Take a person's key out of who moved when requests of others were accepted."""
    there = user.cohort_memberships.order_by().values("cohort")
    for request in MatchRequest.objects.filter(group__cohort__in=there).exclude(moves=[]):
        moves = [[None if key == user.pk else key for key in move] for move in request.moves]
        if moves != request.moves:
            request.moves = moves
            request.save(update_fields=["moves"])


def _forget_in_inputs(user: User) -> None:
    """Take a person's facts out of every run's input; such a run can no longer be repeated."""
    for run in _kept_runs():
        if _forget(run, without, {user.pk}):
            keys = run.certificate.get("mentees", [])
            run.certificate["mentees"] = [None if key == user.pk else key for key in keys]
            run.save(update_fields=["certificate"])
            _forget_outcomes(run, {user.pk})


def forget_without_consent(at: datetime) -> int:
    """Take out of the runs' inputs what people took their consent back for; return how many runs this touched."""
    touched = 0
    for run in _kept_runs():
        people = people_in(bytes(run.input))
        matched, told = (_consented(name, people, at) for name in ("matching", "sensitive"))
        own = _by_themselves(run) - matched
        taken_out = [
            _forget(run, without, people - matched - own),
            _forget(run, without_sheets, own),
            _forget(run, without_details, people - told),
        ]
        touched += any(taken_out)
        _forget_outcomes(run, people - matched)
    return touched


def _kept_runs() -> Iterator[MatchRun]:
    kept = ("pk", "input", "certificate", "honesty", "advice", "repeatable")
    return MatchRun.objects.exclude(input=b"").only(*kept).iterator(20)


def _consented(name: str, people: set[int], at: datetime) -> set[int]:
    found = Consent.objects.counting(name, at).filter(user__in=people)
    return set(found.values_list("user", flat=True))


def _by_themselves(run: MatchRun) -> set[int]:
    """Return those who made their pair offline: they stand in the run, with a sheet or without."""
    pairs = read(bytes(run.input)).get("settled", {}).get("offline", [])
    return {key for pair in pairs for key in pair}


def _forget(run: MatchRun, take_out: Callable[[bytes, Collection[int]], bytes], people: Collection[int]) -> bool:
    """Take something out of a run's input for these people; return whether there was anything."""
    before = bytes(run.input)
    rest = take_out(before, people)
    if read(rest) == read(before):
        return False
    # What would help somebody names people and hours.
    run.input, run.repeatable, run.advice = rest, False, {}
    run.save(update_fields=["input", "repeatable", "advice"])
    return True


def _forget_outcomes(run: MatchRun, people: Collection[int]) -> None:
    """Take out what fewer hours did for these people; how many there were stays."""
    rows = run.honesty.get("people", [])
    rest = [row for row in rows if row[1] not in people]
    if len(rest) < len(rows):
        run.honesty["people"] = rest
        run.save(update_fields=["honesty"])
