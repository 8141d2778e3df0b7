"""What courses and activities ask of the other rooms."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db.models import Model

from lms.plugins.point import HookPoint, Text

if TYPE_CHECKING:
    from lms.people.models import User


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


PREREQUISITES = HookPoint("register_prerequisites", Prerequisite, "What must be done before a course.")
ENROLMENT_RULES = HookPoint("register_enrolment_rules", EnrolmentRule, "Courses that a person is enrolled in by rule.")
ACTIVITY_KINDS = HookPoint("register_activity_kinds", ActivityKind, "How an activity type is shown and completed.")
ORIGIN_SOURCES = HookPoint("register_origin_sources", OriginSource, "Where a page's content comes from.")
