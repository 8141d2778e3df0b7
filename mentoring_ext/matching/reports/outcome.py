"""In words, how the whole changes."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring_ext.matching.outcomes import Outcome
from mentoring_ext.matching.reports.figures import change_of, of_hundred


def outcome_in_words(outcome: Outcome | None, *, beside: tuple[int, int] | None = None) -> str:
    """Say what a change does: how many have a mentor then, and what the whole loses or wins.

    ``beside`` are a mentee's scores now and then, which stand beside the words.
    """
    if outcome is None:
        return _("Then no pairing keeps all locks and what you ask of the groups.")
    if not outcome.counted and outcome.placed > 0:
        text = ngettext(
            "Then at least %(number)d mentee more would have a mentor than now.",
            "Then at least %(number)d mentees more would have a mentor than now.",
            outcome.placed,
        )
        return text % {"number": outcome.placed}
    if not outcome.counted:
        return _("There was not enough time to find out how many mentees would have a mentor then.")
    if outcome.placed < 0:
        text = ngettext(
            "Then %(number)d mentee more would have no mentor.",
            "Then %(number)d mentees more would have no mentor.",
            -outcome.placed,
        )
        return text % {"number": -outcome.placed}
    told = [_more_placed(outcome.placed)] if outcome.placed else []
    told += [_alone(outcome.alone)] if outcome.alone else []
    return " ".join([*told, total_in_words(outcome, beside)])


def _alone(more: int) -> str:
    """Say how many more or fewer mentees are alone with a mentor."""
    if more < 0:
        fewer = ngettext(
            "%(number)d mentee fewer would be alone with a mentor.",
            "%(number)d mentees fewer would be alone with a mentor.",
            -more,
        )
        return fewer % {"number": -more}
    text = ngettext(
        "%(number)d mentee more would be alone with a mentor.",
        "%(number)d mentees more would be alone with a mentor.",
        more,
    )
    return text % {"number": more}


def _more_placed(number: int) -> str:
    text = ngettext(
        "Then %(number)d mentee more would have a mentor.",
        "Then %(number)d mentees more would have a mentor.",
        number,
    )
    return text % {"number": number}


def total_in_words(outcome: Outcome, beside: tuple[int, int] | None = None) -> str:
    """Say what the whole loses or wins, in points of a hundred: one figure where it is exact, else its limits.

    Where nothing but the scores ``beside`` changes, it is the difference of the two as they are shown.
    """
    low, high = of_hundred(outcome.low), of_hundred(outcome.high)
    if beside and outcome.low == outcome.high == beside[1] - beside[0]:
        low = high = change_of([beside])
    names = {"low": abs(low), "high": abs(high)}
    if outcome.low == outcome.high == 0:
        return _("This would cost the whole nothing.")
    if low == high == 0:
        return _("This would change the whole by less than one point.")
    if low == high:
        return (
            _("The whole would lose %(low)s points.") % names
            if low < 0
            else _("The whole would win %(low)s points.") % names
        )
    if high <= 0:
        return _("The whole would lose between %(high)s and %(low)s points.") % names
    if low >= 0:
        return _("The whole would win between %(low)s and %(high)s points.") % names
    return _("The whole would lose at most %(low)s points, or win at most %(high)s.") % names
