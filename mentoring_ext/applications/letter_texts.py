"""The shipped words of letters, the placeholders they may hold, and how these are filled in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring_ext.applications.models import Purpose

PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")
ALWAYS = ("name", "first_name", "call", "cohort", "organisation", "coordinator", "link")
APPOINTMENT = ("time", "times", "place", "minutes")
MEANING: dict[str, str | Promise] = {
    "name": gettext_lazy("first name and family name"),
    "first_name": gettext_lazy("first name"),
    "call": gettext_lazy("title of the call"),
    "cohort": gettext_lazy("name of the cohort"),
    "organisation": gettext_lazy("your organisation"),
    "coordinator": gettext_lazy("name of the person who writes"),
    "link": gettext_lazy("link to the applicant’s own page"),
    "answer": gettext_lazy("your answer, which you write when you decide"),
    "account": gettext_lazy("how to sign in, with a link to choose a password"),
    "time": gettext_lazy("time of the interview"),
    "times": gettext_lazy("the times that you offer"),
    "place": gettext_lazy("place or link of the interview"),
    "minutes": gettext_lazy("how many minutes it takes"),
}
"""What each placeholder stands for."""
SECRET = {"link", "account"}
"""Placeholders that are filled in while sending only: whoever has these links acts for the applicant."""
MORE: dict[str, tuple[str, ...]] = {
    Purpose.INVITATION: APPOINTMENT,
    Purpose.CONFIRMED: APPOINTMENT,
    Purpose.CHANGED: APPOINTMENT,
    Purpose.CANCELLED: APPOINTMENT,
    Purpose.ACCEPTED: ("answer", "account"),
    Purpose.DECLINED: ("answer",),
}
NEEDED: dict[str, tuple[str, ...]] = {
    Purpose.INVITATION: ("times", "place", "link"),
    Purpose.CONFIRMED: ("time", "place"),
    Purpose.CHANGED: ("times", "link"),
    Purpose.ACCEPTED: ("account",),
    Purpose.DECLINED: ("answer",),
}
"""What a text for a purpose must hold, or applicants could not go on."""


@dataclass(frozen=True)
class LetterText:
    """Subject and body of a letter, with placeholders."""

    subject: str
    body: str


def allowed(purpose: str) -> tuple[str, ...]:
    """Return the placeholders that a text for this purpose may hold."""
    return (*ALWAYS, *MORE.get(purpose, ()))


def unknown_in(text: str, purpose: str) -> list[str]:
    """Return the placeholders in ``text`` that nobody could fill in, in their order."""
    return [name for name in PLACEHOLDER.findall(text) if name not in allowed(purpose)]


def missing_in(text: str, purpose: str) -> list[str]:
    """Return the placeholders that this purpose needs and ``text`` does not hold."""
    found = set(PLACEHOLDER.findall(text))
    return [name for name in NEEDED.get(purpose, ()) if name not in found]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with the placeholders that ``values`` knows filled in, in one go; others stay as they are."""
    filled = PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()


def in_braces(names: Iterable[str]) -> str:
    """Return the placeholders as they are written, with commas."""
    return ", ".join(f"{{{name}}}" for name in names)


_OWN_PAGE = gettext_lazy("Your own page shows how far your application is:\n{link}")
_SHIPPED: dict[Purpose, tuple[str | Promise, tuple[str | Promise, ...]]] = {
    Purpose.RECEIVED: (
        gettext_lazy("We have your application"),
        (
            gettext_lazy(
                "thank you for applying as a mentor: “{call}”. Your application has arrived. "
                "A coordinator reads it soon."
            ),
            _OWN_PAGE,
        ),
    ),
    Purpose.INVITATION: (
        gettext_lazy("We would like to talk with you"),
        (
            gettext_lazy(
                "thank you for applying: “{call}”. We would like to get to know you in a talk of about "
                "{minutes} minutes. It is not an exam.\n\nWhere: {place}\n\nThese times are possible:\n{times}\n\n"
                "Please choose one on your page, or ask for another time:\n{link}\n\n{coordinator}"
            ),
        ),
    ),
    Purpose.CONFIRMED: (
        gettext_lazy("Our talk is fixed"),
        (
            gettext_lazy(
                "we look forward to talking with you.\n\nWhen: {time}\nWhere: {place}\n\n"
                "The attached file puts the talk into your calendar. If you cannot come, ask for another "
                "time:\n{link}\n\n{coordinator}"
            ),
        ),
    ),
    Purpose.CHANGED: (
        gettext_lazy("Our talk is changed"),
        (
            gettext_lazy(
                "something has changed for our talk.\n\nWhere: {place}\nWhen:\n{times}\n\n"
                "Please look at your page, and answer there if a time is still to be chosen:\n{link}\n\n{coordinator}"
            ),
        ),
    ),
    Purpose.CANCELLED: (
        gettext_lazy("Our talk is called off"),
        (
            gettext_lazy("our talk does not take place as planned. You need not do anything now."),
            _OWN_PAGE,
        ),
    ),
    Purpose.WAITING: (
        gettext_lazy("Your application is on our waiting list"),
        (
            gettext_lazy(
                "thank you for your patience. All places are taken at the moment. Your application for “{call}” "
                "stays with us: we write to you as soon as a place is free."
            ),
            _OWN_PAGE,
        ),
    ),
    Purpose.ACCEPTED: (
        gettext_lazy("Welcome as a mentor"),
        (
            gettext_lazy(
                "good news: we say yes to your application for “{call}”. You are a mentor now. Your training waits for "
                "you, and your sheet for the mentors’ database.\n\n{answer}\n\n{account}"
            ),
            _OWN_PAGE,
        ),
    ),
    Purpose.DECLINED: (
        gettext_lazy("The answer to your application"),
        (
            gettext_lazy("thank you for applying as a mentor: “{call}”. This time we say no. This is why:\n\n{answer}"),
            gettext_lazy("You can apply to other calls at any time."),
            _OWN_PAGE,
        ),
    ),
    Purpose.MESSAGE: (
        gettext_lazy("About your application"),
        (gettext_lazy("we write to you about your application: “{call}”."), _OWN_PAGE),
    ),
}
"""Subject and paragraphs of each letter, between the greeting and the organisation's name."""


def shipped(purpose: str) -> LetterText:
    """Return the words for a purpose that come with Kyklos, in the language of the moment."""
    subject, paragraphs = _SHIPPED[Purpose(purpose)]
    return LetterText(str(subject), "\n\n".join([_("Dear {name},"), *map(str, paragraphs), "{organisation}"]))
