"""What the pairing keeps of a person, and what it asks of a coordinator."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.jobs.running import RunningJob
from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import (
    AGENDA_SOURCES,
    JOB_KINDS,
    NIGHTLY_TASKS,
    NOTICE_KINDS,
    PRIVACY_HANDLERS,
    AgendaItem,
    AgendaSource,
    JobKind,
    NightlyTask,
    NoticeKind,
    PrivacyHandler,
)
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.groups.permissions import groups_around
from mentoring_ext.matching.actions import helping, proving, publishing
from mentoring_ext.matching.actions.asking import begun, page_of
from mentoring_ext.matching.actions.running import JOB
from mentoring_ext.matching.importing.checked import CHECK
from mentoring_ext.matching.importing.jobs import run_sheet_check, run_sheet_import
from mentoring_ext.matching.jobs import give_up_pairing, run_pairing, run_proof, run_publishing, run_seeking
from mentoring_ext.matching.models import MatchRequest, MatchRun, SheetQuestion
from mentoring_ext.matching.privacy import forget_without_consent, handler
from mentoring_ext.programmes.models import Cohort, CohortMembership, Phase, Role
from mentoring_ext.sessions.models import Session


@hooks.register(AGENDA_SOURCES.name)
def pairings() -> AgendaSource:
    return AgendaSource(name="pairings", items_for=pairings_due)


def pairings_due(user: User, at: datetime) -> Iterable[AgendaItem]:
    """Ask a coordinator to pair the cohorts that are in the phase of matching, until a run is published."""
    if not has_role(user, Role.COORDINATOR):
        return
    due = Cohort.objects.coordinated_by(user).filter(phase__code=Phase.Code.MATCHING)
    for cohort in due.exclude(match_runs__state=MatchRun.State.PUBLISHED):
        yield AgendaItem(
            key=f"pairing-{cohort.pk}",
            title=_("Pair mentors and mentees"),
            url=reverse("mentoring_matching:run_list", args=[cohort.pk]),
            action=_("Go to the pairing"),
            why=_("The cohort is in the phase of matching. Nobody hears of it before you publish."),
            about=cohort.name,
            weight=70,
        )


@hooks.register(AGENDA_SOURCES.name)
def matches() -> AgendaSource:
    return AgendaSource(name="matches", items_for=matches_due, concerns=groups_around)


def matches_due(user: User, at: datetime) -> Iterable[AgendaItem]:
    """Ask people of new groups what they say to the match, and coordinators to answer who asked for another one."""
    fixed = Session.objects.filter(begun(at)).order_by().values("group")
    said = Q(confirmations__user=user) | Q(match_requests__in=MatchRequest.objects.waiting().filter(asked_by=user))
    groups = MentoringGroup.objects.of(user).active().exclude(pk__in=fixed)
    published = MatchRun.objects.filter(state=MatchRun.State.PUBLISHED).order_by().values("cohort")
    for group in groups.filter(cohort__in=published).exclude(said).select_related("cohort"):
        yield AgendaItem(
            key=f"match-{group.pk}",
            title=_("Say whether your group fits"),
            url=page_of(group),
            action=_("Confirm or ask"),
            why=_("Until session 3 you can ask for another match."),
            about=group.name,
            weight=50,
        )
    coordinated = Cohort.objects.coordinated_by(user)
    for request in MatchRequest.objects.waiting().filter(group__cohort__in=coordinated).with_people():
        yield AgendaItem(
            key=f"match-request-{request.pk}",
            title=_("Answer a request for another match"),
            url=request.get_absolute_url(),
            action=_("See who would move"),
            why=_("The sooner people move, the less they lose."),
            about=request.group.name,
            weight=75,
        )


@hooks.register(AGENDA_SOURCES.name)
def wishes() -> AgendaSource:
    return AgendaSource(name="wishes", items_for=wishes_due, concerns=lambda user: [_cohorts_asking(user)])


def _cohorts_asking(user: User) -> QuerySet[Cohort]:
    """Return the cohorts whose mentee the person is, without a group, and that take wishes."""
    own = CohortMembership.objects.filter(user=user, role=Role.MENTEE, state=CohortMembership.State.ACTIVE)
    there = Cohort.objects.filter(wish_round__is_open=True, memberships__in=own).order_by()
    return there.exclude(groups__in=MentoringGroup.objects.of(user).active())


def wishes_due(user: User, at: datetime) -> Iterable[AgendaItem]:
    """Ask a mentee for wishes while the round is open, until there is one."""
    for cohort in _cohorts_asking(user).exclude(wishes__mentee=user):
        yield AgendaItem(
            key=f"wishes-{cohort.pk}",
            title=_("Say which mentor you would like"),
            url=reverse("mentoring_matching:wish_edit", args=[cohort.pk]),
            action=_("Look at the mentors"),
            why=_("It is your choice whether you name somebody. Mentors never see it."),
            about=cohort.name,
            weight=40,
        )


@hooks.register(AGENDA_SOURCES.name)
def sheet_questions() -> AgendaSource:
    return AgendaSource(name="sheet_questions", items_for=sheet_questions_due)


def sheet_questions_due(user: User, at: datetime) -> Iterable[AgendaItem]:
    """Ask a person to answer what a coordinator asked about the sheet."""
    for question in SheetQuestion.objects.visible_to(user).waiting().select_related("cohort"):
        yield AgendaItem(
            key=f"sheet-question-{question.pk}",
            title=_("Answer a question about your sheet"),
            url=question.get_absolute_url(),
            action=_("Read the question"),
            why=_("A yes may help somebody to find a mentor. A no is fine, too."),
            about=question.cohort.name,
            weight=60,
        )


@hooks.register(PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    return handler()


@hooks.register(JOB_KINDS.name)
def pairing_of_many() -> JobKind:
    return JobKind(JOB, _("Pairing of many people"), run=run_pairing, repeatable=True, given_up=give_up_pairing)


@hooks.register(JOB_KINDS.name)
def publishing_of_many() -> JobKind:
    # A run is published once: starting it again says so.
    return JobKind(publishing.JOB, _("Publishing many groups"), run=run_publishing, repeatable=True)


@hooks.register(JOB_KINDS.name)
def proof_of_many() -> JobKind:
    return JobKind(proving.JOB, _("Confirming the pairing of many people"), run=run_proof, repeatable=True)


@hooks.register(JOB_KINDS.name)
def check_sheets() -> JobKind:
    return JobKind(CHECK, _("Checking a file of sheets"), run=run_sheet_check, repeatable=True)


@hooks.register(JOB_KINDS.name)
def small_changes() -> JobKind:
    return JobKind(helping.JOB, _("Small changes that would help a pairing"), run=run_seeking, repeatable=True)


@hooks.register(JOB_KINDS.name)
def fill_sheets() -> JobKind:
    # All or nothing, and nobody twice: complete sheets stay, so that starting it again does no harm.
    return JobKind("fill_sheets", _("Fill in sheets by a file"), run=_fill_sheets, repeatable=True)


def _fill_sheets(running: RunningJob) -> None:
    run_sheet_import(running, timezone.now())


@hooks.register(NOTICE_KINDS.name)
def left_over() -> NoticeKind:
    return NoticeKind("left_over", _("There is no mentor for you yet"), icon="clock", mail=False)


@hooks.register(NOTICE_KINDS.name)
def sheet_entered() -> NoticeKind:
    return NoticeKind(
        "sheet_entered", _("A list brought you into a cohort: read your sheet, or fill it in"), icon="pencil"
    )


@hooks.register(NIGHTLY_TASKS.name)
def consents_taken_back() -> NightlyTask:
    return NightlyTask(
        name="pairing_consents",
        label=_("Take out of pairings what people took their consent back for"),
        run=forget_without_consent,
    )


@hooks.register(NOTICE_KINDS.name)
def other_matches() -> list[NoticeKind]:
    return [
        NoticeKind("match_asked", _("Somebody asks for another match"), icon="refresh-cw"),
        NoticeKind("match_reminder", _("A reminder to say whether your group fits"), icon="bell"),
        NoticeKind("sheet_asked", _("A question about your sheet"), icon="pencil"),
        NoticeKind("sheet_taken_back", _("A question about your sheet is not needed any more"), icon="undo-2"),
        NoticeKind("sheet_answered", _("Your question about a sheet was answered"), icon="circle-check"),
        NoticeKind("match_answered", _("Your request for another match was answered"), icon="circle-check"),
    ]
