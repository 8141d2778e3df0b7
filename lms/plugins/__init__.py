"""The hook points: how a room or a plugin adds to Kyklos without a line changed elsewhere.

A hook point stands on Wagtail's ``hooks.register``. A room registers in its ``wagtail_hooks.py`` a function without
parameters that returns one object of the hook point's kind, or a list of them::

    @hooks.register(plugins.AGENDA_SOURCES.name)
    def agreements_to_sign() -> AgendaSource:
        return AgendaSource(name="agreements", items_for=actions.agreements_due)

Every hook point is declared once, with its kind, in the module of its family; this package names them all, and rooms
import from it alone. ``docs/hooks.md`` is written from the declarations.
"""

from typing import Any

from lms.plugins.agenda import AGENDA_SOURCES, NOTICE_KINDS, AgendaItem, AgendaSource, NoticeKind
from lms.plugins.machinery import (
    HEALTH_CHECKS,
    JOB_KINDS,
    NIGHTLY_TASKS,
    SOCKET_ROUTES,
    HealthCheck,
    JobKind,
    NightlyTask,
    SocketRoute,
)
from lms.plugins.people import DUTY_SOURCES, ROLE_SOURCES, Duty, DutySource, Role, RoleSource
from lms.plugins.places import (
    DASHBOARD_CARDS,
    FRONT_SECTIONS,
    NAVIGATION,
    NAVIGATION_GROUPS,
    DashboardCard,
    FrontSection,
    NavigationGroup,
    NavigationItem,
    place_address,
)
from lms.plugins.point import HookPoint, Text, ask_each
from lms.plugins.privacy import (
    CONSENT_PURPOSES,
    PRIVACY_HANDLERS,
    RETENTION_RULES,
    ConsentPurpose,
    Held,
    PrivacyHandler,
    RetentionRule,
)
from lms.plugins.questions import (
    EVIDENCE_SOURCES,
    QUESTION_TAKERS,
    QUESTIONNAIRE_USES,
    EvidenceRow,
    EvidenceSource,
    QuestionnaireUse,
    QuestionTaker,
    TypedField,
)
from lms.plugins.training import (
    ACTIVITY_KINDS,
    ENROLMENT_RULES,
    ORIGIN_SOURCES,
    PREREQUISITES,
    ActivityKind,
    EnrolmentRule,
    Origin,
    OriginSource,
    Prerequisite,
    Unmet,
)

__all__ = [
    "ACTIVITY_KINDS",
    "AGENDA_SOURCES",
    "CONSENT_PURPOSES",
    "DASHBOARD_CARDS",
    "DUTY_SOURCES",
    "ENROLMENT_RULES",
    "EVIDENCE_SOURCES",
    "FRONT_SECTIONS",
    "HEALTH_CHECKS",
    "HOOK_POINTS",
    "JOB_KINDS",
    "NAVIGATION",
    "NAVIGATION_GROUPS",
    "NIGHTLY_TASKS",
    "NOTICE_KINDS",
    "ORIGIN_SOURCES",
    "PREREQUISITES",
    "PRIVACY_HANDLERS",
    "QUESTIONNAIRE_USES",
    "QUESTION_TAKERS",
    "RETENTION_RULES",
    "ROLE_SOURCES",
    "SOCKET_ROUTES",
    "ActivityKind",
    "AgendaItem",
    "AgendaSource",
    "ConsentPurpose",
    "DashboardCard",
    "Duty",
    "DutySource",
    "EnrolmentRule",
    "EvidenceRow",
    "EvidenceSource",
    "FrontSection",
    "HealthCheck",
    "Held",
    "HookPoint",
    "JobKind",
    "NavigationGroup",
    "NavigationItem",
    "NightlyTask",
    "NoticeKind",
    "Origin",
    "OriginSource",
    "Prerequisite",
    "PrivacyHandler",
    "QuestionTaker",
    "QuestionnaireUse",
    "RetentionRule",
    "Role",
    "RoleSource",
    "SocketRoute",
    "Text",
    "TypedField",
    "Unmet",
    "ask_each",
    "place_address",
]

HOOK_POINTS: dict[str, HookPoint[Any]] = {
    point.name: point for point in list(globals().values()) if isinstance(point, HookPoint)
}
