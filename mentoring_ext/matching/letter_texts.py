"""The shipped words of the letters about new groups, their placeholders, and how these are filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring_ext.matching.models import Side

PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")
MEANING: dict[str, str | Promise] = {
    "first_name": gettext_lazy("first name of who gets the letter"),
    "mentor": gettext_lazy("name of the mentor"),
    "mentees": gettext_lazy("names of all mentees of the group"),
    "others": gettext_lazy("names of the other mentees, empty in a group of two"),
    "other_mentees": gettext_lazy("mentees of the groups that the mentor leads already, empty where there are none"),
    "hour": gettext_lazy("an hour at which all of the group are free"),
    "cohort": gettext_lazy("name of the cohort"),
    "coordinator": gettext_lazy("name of the person who publishes"),
    "link": gettext_lazy("link to the group’s own page; for those without a mentor, to their sheet"),
}
"""What each placeholder stands for."""


@dataclass(frozen=True)
class Words:
    """Subject and body of a letter, with placeholders or filled in."""

    subject: str
    body: str


def shipped(side: str) -> Words:
    """Return the words to one side that come with Kyklos, in the language of the moment."""
    if side == Side.LEFT_OVER:
        return _to_who_waits()
    greeting, end = _("Dear {first_name},"), _("{coordinator}\n{cohort}")
    further = ""
    ask = _("Do you see a reason why this does not fit? Answer me before your first session.")
    if side == Side.MENTOR:
        subject = _("Your mentees: {mentees}")
        middle = _("Your group is ready. These are your mentees: {mentees}.")
        further = _(
            "This is a further group. You go on with your other mentees, too: {other_mentees}. "
            "Choose hours at which you do not meet them."
        )
        meet = _("You all are free at this hour of the week: {hour}.")
        link = _("Meet them on the page of your group, and propose a first session:\n{link}")
    else:
        subject = _("Your mentor: {mentor}")
        middle = _("You have a mentor now: {mentor}. All mentees of your group: {mentees}.")
        meet = _("All of your group are free at this hour of the week: {hour}.")
        link = _("Say hello on the page of your group:\n{link}")
    return Words(subject, "\n\n".join(filter(None, [greeting, middle, further, meet, link, ask, end])))


def _to_who_waits() -> Words:
    """Return the words to a mentee without a mentor: no fault, what happens next, what helps, whom to ask."""
    paragraphs = [
        _("Dear {first_name},"),
        _("The groups of “{cohort}” are ready. I have no mentor for you yet, and I am sorry about that."),
        _("This says nothing about you. There are more mentees than places, or the free hours did not fit."),
        _("You keep your place. I go on looking for a mentor for you, and write to you as soon as I have one."),
        _("One thing can help: look at your sheet again. More free hours or one more language open more ways:\n{link}"),
        _("Do you have a question, or do you not want to wait any longer? Answer this letter. It comes to me."),
        _("{coordinator}\n{cohort}"),
    ]
    return Words(_("Your mentor: please wait a little longer"), "\n\n".join(paragraphs))


def unknown_in(text: str) -> list[str]:
    """Return the placeholders in ``text`` that nobody could fill in, in their order."""
    return [name for name in PLACEHOLDER.findall(text) if name not in MEANING]


def wrong_in(text: str) -> str:
    """Return what is wrong with the placeholders in ``text`` in words; empty where each can be filled in."""
    names = ", ".join(f"{{{name}}}" for name in unknown_in(text))
    words = _("Nobody can fill in %(names)s. Use the placeholders of the list only.")
    return words % {"names": names} if names else ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` filled in; a paragraph whose placeholder has an empty value falls out."""
    kept = [
        paragraph
        for paragraph in text.split("\n\n")
        if not any(values.get(name) == "" for name in PLACEHOLDER.findall(paragraph))
    ]
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), "\n\n".join(kept)).strip()
