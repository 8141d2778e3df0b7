"""What stands together adds up as it is shown."""

import pytest

from mentoring_ext.matching.outcomes import Outcome
from mentoring_ext.matching.reports.figures import change_of, of_hundred
from mentoring_ext.matching.reports.outcome import outcome_in_words


@pytest.mark.parametrize(
    ("pairs", "shown"),
    [
        ([(684_900, 594_900)], -9),
        ([(684_900, 595_100)], -8),
        ([(684_000, 684_000)], 0),
        ([(684_000, 683_900)], 0),
        ([(604_000, 600_000), (504_000, 506_000)], 0),
        ([(600_000, 604_000), (506_000, 504_000)], 0),
        ([(0, 594_900)], 59),
    ],
)
def test_a_change_is_the_difference_of_what_stands_beside_it(pairs, shown):
    assert change_of(pairs) == shown


def test_one_move_beside_its_scores_loses_their_difference():
    now, then = 684_900, 595_100
    outcome = Outcome(0, then - now, then - now)

    assert of_hundred(then) - of_hundred(now) == -8
    assert outcome_in_words(outcome) == "The whole would lose 9 points."
    assert outcome_in_words(outcome, beside=(now, then)) == "The whole would lose 8 points."


def test_where_others_move_too_the_whole_stands_for_itself():
    outcome = Outcome(0, -120_000, -120_000)

    assert outcome_in_words(outcome, beside=(684_900, 595_100)) == "The whole would lose 12 points."
