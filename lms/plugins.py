"""The hook points: how a room or a plugin adds to Kyklos without a line changed elsewhere.

A hook point stands on Wagtail's ``hooks.register``. A room registers in its ``wagtail_hooks.py`` a function without
parameters that returns one object of the hook point's kind, or a list of them::

    @hooks.register(plugins.AGENDA_SOURCES.name)
    def agreements_to_sign() -> AgendaSource:
        return AgendaSource(name="agreements", items_for=actions.agreements_due)

Every hook point is declared once, here; ``docs/hooks.md`` is written from these declarations.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from wagtail import hooks

if TYPE_CHECKING:
    from lms.people.models import User

Text = str | Promise
Kind = TypeVar("Kind")
Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class HookPoint(Generic[Kind]):
    """A named place where rooms add something: every registered function returns ``kind`` or a list of ``kind``."""

    name: str
    kind: type[Kind]
    text: str

    def collect(self) -> list[Kind]:
        """Return what all rooms registered here, in the order of registration.

        Raises ``TypeError`` when a registered function returns anything but this hook point's kind.
        """
        found: list[Kind] = []
        for register in hooks.get_hooks(self.name):
            returned = register()
            entries = returned if isinstance(returned, (list, tuple)) else [returned]
            for entry in entries:
                if not isinstance(entry, self.kind):
                    raise TypeError(f"{register.__module__}.{register.__name__} must return {self.kind.__name__}")
                found.append(entry)
        return found


def ask_each(entries: Iterable[Kind], question: Callable[[Kind], Answer]) -> list[Answer]:
    """Put a question to each entry and return the answers: an entry that raises is left out, and logged.

    For what a page only shows, so that one broken plugin does not take the page away. Whatever decides over rights,
    duties or privacy uses ``collect`` alone and fails as a whole.
    """
    answers = []
    for entry in entries:
        try:
            answers.append(question(entry))
        except Exception:
            # A plugin may break in any way; the log says how.
            logger.exception("Left out, because it failed: %r", entry)
    return answers


@dataclass(frozen=True)
class Role:
    """A role that a person holds: ``name`` is the role's code, ``scope`` the object it holds for, if any.

    ``key`` finds the role again in its source, which ends it.
    """

    name: str
    label: Text
    scope: Model | None = None
    key: str = ""


@dataclass(frozen=True)
class RoleSource:
    """Tells which roles a person holds; a membership table's room registers one.

    ``memberships`` returns the rows that give roles, each with a ``user`` and a ``role``: a signed-in person who has
    none there is found with one look at all these tables, and this source is not asked. Without it every page asks.
    ``guarded`` returns those rows whose holders must have a second step at sign-in from the day on that the site
    requires it.
    Where the rows have no ``role``, ``every_row`` names the one that each of them gives, and its label.
    ``end`` is given a role's key, who ends it, and when; it asks the rule, and raises ``PermissionDenied`` when it is
    not theirs to end and a ``DomainError`` when something stands against it.
    """

    name: str
    roles_of: Callable[["User"], Iterable[Role]]
    memberships: Callable[[], QuerySet[Any]] | None = None
    guarded: Callable[[], QuerySet[Any]] | None = None
    every_row: tuple[str, Text] | None = None
    end: Callable[[str, "User", datetime], None] | None = None


@dataclass(frozen=True)
class AgendaItem:
    """Something that a person has to do: what, why, until when, and the one button that leads there.

    ``key`` is unique for the person and stable between requests. ``due`` is an aware time or None for "when you can".
    ``weight`` orders items without a date: higher comes first.
    """

    key: str
    title: Text
    url: str
    action: Text
    why: Text = ""
    due: datetime | None = None
    about: Text = ""
    weight: int = 0
    done: bool = False


@dataclass(frozen=True)
class AgendaSource:
    """Finds what is due for a person as of a time; reads in a fixed number of queries.

    ``concerns`` returns rows without which the person has nothing due here, of one or several tables: one query looks
    for the rows of all sources, and a source without any is not asked. None as its answer, or no such function: ask.
    """

    name: str
    items_for: Callable[["User", datetime], Iterable[AgendaItem]]
    concerns: Callable[["User"], Sequence[QuerySet[Any]] | None] | None = None


@dataclass(frozen=True)
class DashboardCard:
    """A card on a person's first page. ``context_for`` returns None when the person has nothing to see there.

    A ``wide`` card stands over the whole width, above the others. ``concerns`` as for ``AgendaSource``.
    """

    name: str
    template: str
    context_for: Callable[["User", datetime], dict[str, Any] | None]
    order: int = 100
    wide: bool = False
    concerns: Callable[["User"], Sequence[QuerySet[Any]] | None] | None = None


@dataclass(frozen=True)
class FrontSection:
    """A part of the public front page. ``context_for`` returns None when there is nothing to show."""

    name: str
    template: str
    context_for: Callable[[HttpRequest], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class NavigationItem:
    """A place in the rail (wide) or the bottom bar (narrow), for those of whom ``shown_to`` is true.

    ``url_name`` is the name of an address or, for a page, the address itself; the place is marked on all pages below
    it, and on those of which ``holds`` is true. ``icon`` is a Lucide name. ``order``: the first four also stand in
    the bottom bar on a telephone.
    """

    name: str
    label: Text
    url_name: str
    icon: str
    shown_to: Callable[[HttpRequest], bool]
    order: int = 100
    holds: Callable[[HttpRequest], bool] | None = None

    @property
    def address(self) -> str:
        """Return where the place is."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return self.url_name


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice that a person can be sent, and can switch off for mail."""

    name: str
    label: Text
    icon: str = "bell"
    mail: bool = True


@dataclass(frozen=True)
class Unmet:
    """Something a person must do first: what, and where."""

    text: Text
    url: str


@dataclass(frozen=True)
class Prerequisite:
    """Tells what a person still has to do before entering a course (or, elsewhere, mentoring)."""

    name: str
    unmet: Callable[["User", Model], Iterable[Unmet]]


@dataclass(frozen=True)
class EnrolmentRule:
    """Names the courses (page ids) that a person must be enrolled in, with the reason in words."""

    name: str
    courses_for: Callable[["User"], Iterable[tuple[int, Text]]]


@dataclass(frozen=True)
class ActivityKind:
    """How an activity type is shown in lists: model label in lower case, icon, word, and how it is completed."""

    model: str
    label: Text
    icon: str
    completed_by: Literal["viewed", "passed", "written", "own"] = "viewed"


@dataclass(frozen=True)
class Origin:
    """Where an activity's content comes from: a sentence, and links to what it rests on."""

    text: Text
    links: Sequence[tuple[Text, str]] = ()


@dataclass(frozen=True)
class OriginSource:
    """Finds where a page's content comes from, as far as the viewer may see it; an empty list when it knows nothing."""

    name: str
    origins_of: Callable[[Model, "User | None"], Iterable[Origin]]


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence for the circle.

    ``aspect`` is a code of the evaluation's aspects or empty; ``competence`` a competence code or empty;
    ``strength`` runs from 0 (bad) to 1 (good), None when it only tells; ``quote`` is already free of names;
    ``key`` (source name and primary key) finds the row again when a proposal cites it.
    """

    key: str
    title: Text
    quote: str
    aspect: str
    at: datetime
    url: str = ""
    competence: str = ""
    strength: float | None = None
    people: int = 1
    cohort_id: int | None = None
    author_ids: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class EvidenceSource:
    """Turns answers, questions, practices or observations of some cohorts into rows of evidence."""

    name: str
    label: Text
    icon: str
    rows_for: Callable[[Sequence[int]], Iterable[EvidenceRow]]


@dataclass(frozen=True)
class SocketRoute:
    """A websocket address: a Django path pattern and the consumer's ASGI application."""

    path: str
    consumer: Any


@dataclass(frozen=True)
class HealthCheck:
    """A part that the site stands on: ``check`` returns within a second, and raises when the part does not work."""

    name: str
    check: Callable[[], None]


@dataclass(frozen=True)
class Held:
    """Rows that tell about a person: all fields of ``model`` ("app_label.model") go into "my data", files included.

    ``about`` is the look-up that leads from a row to the person, or several; ``where`` narrows the rows further.
    ``left_out`` names fields that are not handed out, each with the reason.
    """

    model: str
    about: str | Sequence[str] = "user"
    label: Text = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PrivacyHandler:
    """What a room holds of a person, and how it is exported and erased.

    ``models`` names every model of the room that has a key to a person ("app_label.model"). ``held`` names those of
    which a person gets the rows; ``export``, where given, adds plain data for JSON. ``not_told`` says of each other
    model why its rows are not the person's to have. ``erase`` removes or anonymises and keeps counts. ``label`` heads
    the part of the readable page. ``titles`` names fields ("app_label.model.field") in which the site itself writes
    people's names: they are taken out there when a person is erased.
    """

    name: str
    models: Sequence[str]
    export: Callable[["User"], dict[str, Any]] | None
    erase: Callable[["User"], None]
    label: Text = ""
    held: Sequence[Held] = ()
    titles: Sequence[str] = ()
    not_told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ConsentPurpose:
    """Something that people agree to, and may take back; ``name`` is what ``has_consent`` asks for.

    ``offered_to`` tells whom the page of consents shows it to before they have agreed. ``given`` and ``ended`` let
    the room act when a person agrees, and when the consent is taken back or has run out. ``texts`` is the file
    (YAML) with the words that come with the room; what administrators publish takes their place.
    """

    name: str
    label: Text
    offered_to: Callable[["User"], bool]
    texts: Path
    withdrawable: bool = True
    given: Callable[["User", datetime], None] | None = None
    ended: Callable[["User", datetime], None] | None = None
    order: int = 100


@dataclass(frozen=True)
class JobKind:
    """A long task that a person starts and waits for.

    ``run`` is given the running job (``lms.jobs.running.RunningJob``): its data, a place to count what is done, and
    one to leave what came out. A ``repeatable`` kind does no harm when it runs once more after it failed, was stopped
    or interrupted: its owner may start it again.
    """

    name: str
    label: Text
    run: Callable[[Any], None]
    repeatable: bool = False


@dataclass(frozen=True)
class NightlyTask:
    """Something that happens once a night, as of a time; ``run`` returns how many things it touched."""

    name: str
    label: Text
    run: Callable[[datetime], int]


@dataclass(frozen=True)
class RetentionRule:
    """How long something is kept, and how it goes away.

    ``days`` holds until an administrator sets another period, at least ``fewest``. ``enforce`` is given the time up to
    which things have outlived it, removes or empties them, and returns how many; ``count`` only says how many it would
    be. ``text`` says what is deleted, and what stays.
    """

    name: str
    label: Text
    days: int
    enforce: Callable[[datetime], int]
    text: Text = ""
    count: Callable[[datetime], int] | None = None
    fewest: int = 1


@dataclass(frozen=True)
class TypedField:
    """A field that the system computes with; a composed form may place it, word it and ask for it.

    ``name`` is the column; ``kind`` one of ``Question.Kind``; ``choices`` the pairs of code and words where it has
    some; a ``fixed`` field can be moved and worded, but neither left out nor made optional.
    """

    name: str
    label: Text
    kind: str
    choices: Sequence[tuple[str, Text]] = ()
    fixed: bool = False


@dataclass(frozen=True)
class QuestionnaireUse:
    """What a questionnaire can be composed for: the typed fields it may place, and who composes it.

    ``may_compose`` is asked with the person and the organisation whose questionnaire it is. ``templates`` are the YAML
    files (``lms.questionnaires.spec``) that a new one can begin with.
    """

    name: str
    label: Text
    text: Text
    fields: Sequence[TypedField]
    may_compose: Callable[["User", Model], bool]
    templates: Sequence[Path] = ()


@dataclass(frozen=True)
class QuestionTaker:
    """Takes a question that came up somewhere, asked by a person with a title and a text, and answers its address."""

    name: str
    take: Callable[["User", str, str, datetime], str]


@dataclass(frozen=True)
class Duty:
    """Something that rests on one person: when they leave, it goes to another. ``key`` finds it in its source.

    Administrators and the person's own managers hand over everything; ``decided_by`` says who else decides on this
    duty, such as the coordinator of a mentor's cohort.
    """

    key: str
    title: Text
    url: str = ""
    decided_by: Callable[["User"], bool] | None = None


@dataclass(frozen=True)
class DutySource:
    """Finds what rests on a person, who could take one of these duties, and hands it over.

    ``hand_over`` is given the duty's key, who leaves, who takes it, who decides, and when; it raises a
    ``DomainError`` when that person cannot take it.
    """

    name: str
    label: Text
    duties_of: Callable[["User"], Iterable[Duty]]
    takers: Callable[[str, "User"], QuerySet["User"]]
    hand_over: Callable[[str, "User", "User", "User", datetime], None]


ROLE_SOURCES = HookPoint("register_role_sources", RoleSource, "Membership tables make their roles known.")
AGENDA_SOURCES = HookPoint("register_agenda_sources", AgendaSource, "What is due, for whom, until when.")
DASHBOARD_CARDS = HookPoint("register_dashboard_cards", DashboardCard, "Cards on a person's first page.")
FRONT_SECTIONS = HookPoint("register_front_sections", FrontSection, "Parts of the public front page.")
NAVIGATION = HookPoint("register_navigation", NavigationItem, "Places in the rail and the bottom bar.")
NOTICE_KINDS = HookPoint("register_notice_kinds", NoticeKind, "Kinds of notices.")
PREREQUISITES = HookPoint("register_prerequisites", Prerequisite, "What must be done before a course.")
ENROLMENT_RULES = HookPoint("register_enrolment_rules", EnrolmentRule, "Courses that a person is enrolled in by rule.")
ACTIVITY_KINDS = HookPoint("register_activity_kinds", ActivityKind, "How an activity type is shown and completed.")
ORIGIN_SOURCES = HookPoint("register_origin_sources", OriginSource, "Where a page's content comes from.")
EVIDENCE_SOURCES = HookPoint("register_evidence_sources", EvidenceSource, "Evidence for the circle.")
SOCKET_ROUTES = HookPoint("register_socket_routes", SocketRoute, "Websocket addresses.")
HEALTH_CHECKS = HookPoint("register_health_checks", HealthCheck, "Parts that the site stands on.")
PRIVACY_HANDLERS = HookPoint("register_privacy_handlers", PrivacyHandler, "A room's personal data.")
CONSENT_PURPOSES = HookPoint("register_consent_purposes", ConsentPurpose, "What people agree to.")
JOB_KINDS = HookPoint("register_job_kinds", JobKind, "Long tasks with progress.")
NIGHTLY_TASKS = HookPoint("register_nightly_tasks", NightlyTask, "What happens once a night.")
RETENTION_RULES = HookPoint("register_retention_rules", RetentionRule, "How long things are kept.")
QUESTIONNAIRE_USES = HookPoint("register_questionnaire_uses", QuestionnaireUse, "What forms are composed for.")
QUESTION_TAKERS = HookPoint("register_question_takers", QuestionTaker, "Where questions go that come up elsewhere.")
DUTY_SOURCES = HookPoint("register_duty_sources", DutySource, "What rests on a person and can be handed over.")


def place_address(name: str) -> str:
    """Return the address of the place in the navigation that is called ``name``; the first page's if nobody has it."""
    return next((item.address for item in NAVIGATION.collect() if item.name == name), "/")


HOOK_POINTS: dict[str, HookPoint[Any]] = {
    point.name: point for point in list(globals().values()) if isinstance(point, HookPoint)
}
