"""What is held of a person, what they agree to, and how long things are kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lms.plugins.point import HookPoint, Text

if TYPE_CHECKING:
    from lms.people.models import User


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


PRIVACY_HANDLERS = HookPoint("register_privacy_handlers", PrivacyHandler, "A room's personal data.")
CONSENT_PURPOSES = HookPoint("register_consent_purposes", ConsentPurpose, "What people agree to.")
RETENTION_RULES = HookPoint("register_retention_rules", RetentionRule, "How long things are kept.")
