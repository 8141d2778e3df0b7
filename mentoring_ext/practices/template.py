"""The guided fields of a good practice: what each asks, how it is headed, and which must be filled in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Part:
    """One guided field: ``name`` is the model's field, ``heading`` stands above it when others read it."""

    name: str
    label: "_StrOrPromise"
    heading: "_StrOrPromise"
    help: "_StrOrPromise"
    required: bool = True


PARTS = (
    Part(
        "context",
        _("Where and with whom did it happen?"),
        _("Where and with whom"),
        _("Describe the people and the place without names. Example: three potters, two of them new to computers."),
    ),
    Part(
        "problem",
        _("What was difficult?"),
        _("What was difficult"),
        _("Say what you wanted to change, and why it mattered."),
    ),
    Part(
        "done",
        _("What did you do?"),
        _("What we did"),
        _("Tell it step by step, so that others can do the same."),
    ),
    Part("result", _("What changed?"), _("What changed"), _("Compare how it was before with how it is now.")),
    Part(
        "evidence",
        _("How do you know?"),
        _("How we know"),
        _("Name what you saw, counted or were told. Example: all three now answer customers by e-mail."),
    ),
    Part(
        "conditions",
        _("What does it need?"),
        _("What it needs"),
        _("People, tools, a room, some knowledge – whatever it will not work without."),
        required=False,
    ),
    Part(
        "cost",
        _("What does it cost?"),
        _("What it costs"),
        _("Hours and money, roughly."),
        required=False,
    ),
    Part(
        "transfer",
        _("How can others use it?"),
        _("How others can use it"),
        _("Say what another pair or department should keep, and what they may change."),
    ),
)
