"""What mails to people who register say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.actions import invitation_path
from mentoring_ext.registrations.models import Registration

PURPOSES: dict[str, tuple[str | Promise, tuple[str | Promise, ...], str | Promise]] = {
    "started": (
        gettext_lazy("Go on with your registration"),
        (gettext_lazy("we keep what you have written for “%(opening)s”. Go on whenever you like, until %(closes)s."),),
        gettext_lazy("Go on"),
    ),
    "referred": (
        gettext_lazy("An invitation to learn with a mentor"),
        (
            gettext_lazy("%(origin)s thinks of you for “%(opening)s”. There you learn with a mentor of your own."),
            gettext_lazy("Nothing is decided. Open the link to read more, and to say yes or no. It takes ten minutes."),
        ),
        gettext_lazy("Read more and answer"),
    ),
    "confirm": (
        gettext_lazy("Please confirm your registration"),
        (
            gettext_lazy("thank you for registering for “%(opening)s”. Please confirm that this is your address."),
            gettext_lazy("You did not register? Then you need not do anything."),
        ),
        gettext_lazy("Confirm my registration"),
    ),
    "received": (
        gettext_lazy("We have your registration"),
        (gettext_lazy("your registration for “%(opening)s” is with us. You can always see how far it is."),),
        gettext_lazy("See my registration"),
    ),
    "again": (
        gettext_lazy("You are registered already"),
        (gettext_lazy("somebody registered with your address for “%(opening)s” once more. Nothing has changed."),),
        gettext_lazy("See my registration"),
    ),
    "waiting": (
        gettext_lazy("You are on the waiting list"),
        (
            gettext_lazy("all places of “%(opening)s” are taken at present. You are on the waiting list."),
            gettext_lazy("Your page shows your place. When somebody steps back, you move up, and we write at once."),
        ),
        gettext_lazy("See my place"),
    ),
    "offered": (
        gettext_lazy("A place is free for you"),
        (
            gettext_lazy("good news: a place in “%(opening)s” is free, and you are next."),
            gettext_lazy("Please say yes or no until %(until)s. After that the place goes to the next person."),
        ),
        gettext_lazy("Say yes or no"),
    ),
    "accepted": (
        gettext_lazy("Welcome: you have a place"),
        (gettext_lazy("you have a place in “%(opening)s”. Your training is ready. Sign in to begin."),),
        gettext_lazy("See my registration"),
    ),
    "declined": (
        gettext_lazy("The answer to your registration"),
        (gettext_lazy("this time we have no place for you in “%(opening)s”. This is why:"), "%(answer)s"),
        gettext_lazy("See my registration"),
    ),
    "lapsed": (
        gettext_lazy("Your offer has ended"),
        (gettext_lazy("we had no answer from you, so the place in “%(opening)s” went to the next person."),),
        gettext_lazy("See my registration"),
    ),
}
"""Subject, paragraphs and button of each letter."""


@dataclass(frozen=True)
class Letter:
    """A mail with one button; ``more`` is a second link, where there is one."""

    subject: str
    greeting: str
    paragraphs: Sequence[str]
    button: str
    sender: str
    more: str = ""


def letter_for(registration: Registration, purpose: str) -> Letter:
    """Return one of ``PURPOSES`` for a person."""
    subject, paragraphs, button = PURPOSES[purpose]
    until = registration.answer_until
    words = {
        "opening": registration.opening,
        "origin": registration.origin,
        "closes": date_format(registration.opening.closes_on),
        "until": date_format(localtime(until), "l j F, H:i") if until else "",
        "answer": registration.answer,
    }
    return Letter(
        subject=str(subject),
        greeting=_("Dear %(name)s,") % {"name": registration},
        paragraphs=[str(paragraph) % words for paragraph in paragraphs],
        button=str(button),
        sender=str(registration.opening.cohort.organisation),
        more=_invitation(registration) if purpose == "accepted" else "",
    )


def _invitation(registration: Registration) -> str:
    path = invitation_path(registration.user) if registration.user else None
    return settings.SITE_URL + path if path else ""
