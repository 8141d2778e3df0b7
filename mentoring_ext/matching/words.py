"""The factors and rules in words for people."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from lms.plugins import Text
from mentoring_ext.matching import rules
from mentoring_ext.matching.encoding import HOURS_OF_DAY
from mentoring_ext.matching.wishes import WISHES

FACTOR_WORDS: dict[str, tuple[Text, Text]] = {
    "style": (_("Personality and communication"), _("How alike the two are on the four scales of style.")),
    "interests": (_("Interests"), _("How many interests they have in common.")),
    "skills": (_("Skills and experience"), _("How much the mentor knows of what the mentee has yet to learn.")),
    "area": (_("Area of activity"), _("Whether they work in the same or a related area.")),
    "needs": (_("Needs and autonomy"), _("How much of the wished help the mentor gives, and how closely they work.")),
    "experience": (_("Mentoring experience and motivation"), _("Earlier groups, and the changes both want.")),
    "culture": (
        _("Language, culture and life"),
        _("First language, life situations and what both told about culture."),
    ),
    "age": (_("Age"), _("Whether the mentor is older than the mentee.")),
    "gender": (_("Gender"), _("The same gender, or another where the mentee agreed.")),
    "place": (_("Place, hours and accessibility"), _("Free hours in common, ways to meet, and accessibility.")),
    "objectives": (_("Goals of the programme"), _("How many of the mentee's goals the mentor can work on.")),
}
"""Name of each factor and what it compares."""


WISHES_WORDS: tuple[Text, Text] = (
    _("Wishes of the mentees"),
    _("Whom the mentee would like, where you let mentees say so. Mentors never see it."),
)
"""Name and sentence of the factor that is there where mentees ranked mentors."""


def words_of(factor: str) -> tuple[Text, Text]:
    """Return name and sentence of a factor; one beside the eleven is named as the coordinator named it."""
    if factor == WISHES:
        return WISHES_WORDS
    return FACTOR_WORDS.get(factor) or (factor, _("A question that your organisation added to the sheets."))


def in_order(weights: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return weights in the factors' order, further ones last: PostgreSQL keeps an object's names in one of its own."""
    order = {name: at for at, name in enumerate(FACTOR_WORDS)}
    return sorted(weights.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))


LONE_WORDS: dict[str, Text] = {
    "free": _("as good as others"),
    "avoid": _("only where nothing else is possible"),
    "never": _("never"),
}
"""What is asked about mentees alone with a mentor, by ``Options.lone``."""

TOGETHER_WORDS: tuple[Text, Text, Text] = (
    _("Language, culture, age and gender"),
    _("They count together, because people told these details in confidence."),
    _("not shown"),
)
"""Name, sentence and fit of the row in which pages show the personal factors."""

RULE_WORDS: dict[str, Text] = {
    rules.LANGUAGE: _("no common language"),
    rules.HOURS: _("no common free hours for a session"),
    rules.MEETING: _("no way to meet, online or in person"),
    rules.GENDER: _("a personal wish, told in confidence"),
    rules.CONFLICT: _("a conflict of interest"),
    rules.FORBIDDEN: _("this pair is excluded"),
    rules.VETOED: _("a personal wish, told in confidence"),
    rules.CAPACITY: _("no free place"),
    "availability": _("no common free hours for a session"),
    "locked": _("a locked pair; take the lock off first"),
    "together": _("the group would have no hour in common"),
}
"""Each rule as it stands beside a pair that it forbids; ``availability`` is what the first runs kept for ``hours``."""


def rules_as_text(names: Iterable[str]) -> str:
    """Name rules as they stand beside a pair; empty for none.

    A mentee's exclusion and the wish about gender read alike: nobody can tell which of the two was told.
    """
    return ", ".join(dict.fromkeys(str(RULE_WORDS[name]) for name in names))


def slot_in_words(slot: int | None, hours: int) -> str:
    """Say an hour of the week and how long from there, such as “Tuesday, 17:00–19:00”; empty for none."""
    if slot is None:
        return ""
    day, hour = divmod(slot, 24)
    return f"{WEEKDAYS[day]}, {hour}:00–{hour + hours}:00"


def hours_in_words(hours: Sequence[int]) -> str:
    """Say hours of the week, those in a row together, such as “Monday, 9:00–11:00; Friday, 8:00–9:00”."""
    runs: list[list[int]] = []
    for hour in sorted(hours):
        if runs and hour == runs[-1][-1] + 1 and hour % HOURS_OF_DAY:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    return "; ".join(slot_in_words(found[0], len(found)) for found in runs)


def fit_in_words(value: float | None) -> Text:
    """Say how good a value from 0 to 1 is."""
    if value is None:
        return _("not known, so it does not count")
    steps = ((0.85, _("very good")), (0.6, _("good")), (0.35, _("half and half")), (0.1, _("little")))
    return next((word for least, word in steps if value >= least), _("hardly anything"))


PROGRAMS = {"python": "Python", "numpy": "NumPy", "scipy": "SciPy", "ortools": "OR-Tools"}


def programs_in_words(versions: Mapping[str, str]) -> list[str]:
    """Name the programs that a run was made with, each with its version, Python first."""
    return [f"{name} {versions[key]}" for key, name in PROGRAMS.items() if key in versions]


TROUBLES: dict[str, Text] = {
    "SMTPRecipientsRefused": _("The mail server refused this address. Ask the person for another one."),
    "SMTPAuthenticationError": _("The mail server takes no letters from this site. Tell who runs the site."),
    "SMTPSenderRefused": _("The mail server takes no letters from this site. Tell who runs the site."),
    "SMTPDataError": _("The mail server refused the letter. Try again later, or tell who runs the site."),
    "SMTPException": _("The mail server refused the letter. Try again later, or tell who runs the site."),
    "ValueError": _("This is not an e-mail address. Ask the person for the right one."),
}


def trouble_in_words(trouble: str) -> Text:
    """Say why a letter did not leave, and what to do; ``trouble`` begins with the name of the mistake."""
    name = trouble.partition(":")[0]
    return TROUBLES.get(name, _("The mail server could not be reached. Try again later."))
