"""What a coordinator does about those left over and groups without an hour: looks for small changes, and asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.jobs.actions import start_job_once
from lms.jobs.models import Job
from lms.journal.actions import record
from lms.notices.actions import close_notices, notify
from lms.people.models import User
from mentoring_ext.matching import errors
from mentoring_ext.matching.models import MatchRun, SheetQuestion
from mentoring_ext.profiles.actions import save_sheet
from mentoring_ext.profiles.models import MenteeProfile, MentorProfile
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role

JOB = "pairing_changes"
MOST_QUESTIONS, A_WHILE = 3, timedelta(days=1)
"""How often a person can be asked the same within this time: a question that is taken back can be asked again."""
MOST_PLACES = 6
"""So many mentees at most can be told on a mentor's sheet."""


@transaction.atomic
def seek_changes(run: MatchRun, *, actor: User, at: datetime) -> Job:
    """Look in a job for the small changes that would place those left over, with the locks of now.

    Raises ``NotOpen`` where the run can only be read.
    """
    if not run.is_open:
        raise errors.NotOpen
    title = _("Small changes for %(cohort)s") % {"cohort": run.cohort}
    return start_job_once(JOB, actor=actor, title=title, data={"run": run.pk}, at=at)


@transaction.atomic
def ask_about_sheet(
    cohort: Cohort,
    person: User,
    *,
    kind: str,
    hours: Sequence[int] = (),
    for_group: bool = False,
    actor: User,
    at: datetime,
) -> SheetQuestion:
    """Ask somebody of the cohort for one more place, more free hours, or to meet online; the person is told.

    ``for_group`` says that a group needs it to meet.

    Raises ``NotInCohort``, ``SheetMissing``, ``HoursMissing``, ``NoMorePlaces``, ``AskedSheetAlready`` and
    ``AskedSheetTooOften``.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    sheet = _sheet_in(cohort, person)
    if kind in (SheetQuestion.Kind.HOURS, SheetQuestion.Kind.ONLINE_HOURS) and not hours:
        raise errors.HoursMissing
    if kind == SheetQuestion.Kind.PLACE and (not isinstance(sheet, MentorProfile) or sheet.capacity >= MOST_PLACES):
        raise errors.NoMorePlaces
    if SheetQuestion.objects.waiting().filter(cohort=cohort, person=person, kind=kind).exists():
        raise errors.AskedSheetAlready
    lately = SheetQuestion.objects.filter(cohort=cohort, person=person, kind=kind, asked_at__gt=at - A_WHILE)
    if lately.count() >= MOST_QUESTIONS:
        raise errors.AskedSheetTooOften
    role = Role.MENTOR if isinstance(sheet, MentorProfile) else Role.MENTEE
    asked = {"kind": kind, "hours": sorted(set(hours)), "for_group": for_group, "asked_by": actor, "asked_at": at}
    question = SheetQuestion.objects.create(cohort=cohort, person=person, role=role, **asked)
    record("proposed", question, actor=actor, context=cohort, data={"kind": kind}, at=at)
    if for_group:
        text = _("Your coordinator has a question about your sheet. A yes may help a group to find an hour to meet.")
    else:
        text = _("Your coordinator has a question about your sheet. A yes may help somebody to find a mentor.")
    notify([person], "sheet_asked", text, question.get_absolute_url(), exclude=actor)
    return question


@transaction.atomic
def answer_about_sheet(question: SheetQuestion, *, actor: User, agrees: bool, at: datetime) -> SheetQuestion:
    """Say yes or no to a question about the own sheet; a yes changes the sheet. The coordinator is told.

    Raises ``QuestionTakenBack``, ``QuestionAnswered``, ``NotInCohort``, ``SheetMissing`` and ``NoMorePlaces``.
    """
    question = _locked(question)
    if question.state == SheetQuestion.State.WITHDRAWN:
        raise errors.QuestionTakenBack
    if not question.is_waiting:
        raise errors.QuestionAnswered
    if agrees:
        _change_sheet(question, actor=actor, at=at)
    question.state = SheetQuestion.State.AGREED if agrees else SheetQuestion.State.DECLINED
    question.answered_at = at
    question.save(update_fields=["state", "answered_at"])
    record("accepted" if agrees else "declined", question, actor=actor, context=question.cohort, at=at)
    if question.asked_by is not None:
        # No name: the pairs of the cohort may be decided without.
        text = _("Somebody answered your question about the sheet.")
        notify([question.asked_by], "sheet_answered", text, _page_about(question.cohort), exclude=actor)
    return question


def _page_about(cohort: Cohort) -> str:
    """Return where the coordinator sees answers: with the mentees without a mentor in the newest pairing."""
    newest = MatchRun.objects.filter(cohort=cohort).solved().for_lists().first()
    if newest is None:
        return reverse("mentoring_matching:run_list", args=[cohort.pk])
    return f"{newest.get_absolute_url()}#without"


@transaction.atomic
def take_back_question(question: SheetQuestion, *, actor: User, at: datetime) -> SheetQuestion:
    """Take back a question that nobody answered; the person hears that it is not needed any more.

    Raises ``TooLateToTakeBack``.
    """
    question = _locked(question)
    if not question.is_waiting:
        raise errors.TooLateToTakeBack
    question.state, question.answered_at = SheetQuestion.State.WITHDRAWN, at
    question.save(update_fields=["state", "answered_at"])
    record("withdrew", question, actor=actor, context=question.cohort, data={"kind": question.kind}, at=at)
    page = question.get_absolute_url()
    close_notices(question.person, "sheet_asked", page, at=at)
    text = _("Your coordinator does not need an answer about your sheet any more. You have nothing to do. Thank you.")
    notify([question.person], "sheet_taken_back", text, page, exclude=actor)
    return question


def _locked(question: SheetQuestion) -> SheetQuestion:
    found = SheetQuestion.objects.select_for_update(of=("self",)).select_related("cohort", "person", "asked_by")
    return found.get(pk=question.pk)


def _sheet_in(cohort: Cohort, person: User) -> MentorProfile | MenteeProfile:
    """Return the complete sheet that the person has as a member of the cohort, locked."""
    members = cohort.memberships.filter(user=person, state=CohortMembership.State.ACTIVE)
    roles = set(members.values_list("role", flat=True))
    if not roles & {Role.MENTOR, Role.MENTEE}:
        raise errors.NotInCohort
    model: type[MentorProfile] | type[MenteeProfile] = MentorProfile if Role.MENTOR in roles else MenteeProfile
    sheet = model._default_manager.select_for_update().filter(user=person).first()
    if sheet is None or not sheet.is_complete:
        raise errors.SheetMissing
    return sheet


def _change_sheet(question: SheetQuestion, *, actor: User, at: datetime) -> None:
    sheet = _sheet_in(question.cohort, question.person)
    values: dict[str, object] = {}
    if question.asks_for_hours:
        values["availability"] = sorted({*sheet.availability, *question.hours})
    if question.asks_for_online:
        values["online"] = True
    if question.kind == SheetQuestion.Kind.PLACE and isinstance(sheet, MentorProfile):
        if sheet.capacity >= MOST_PLACES:
            raise errors.NoMorePlaces
        values["capacity"] = sheet.capacity + 1
    save_sheet(sheet, actor=actor, values=values, at=at)
