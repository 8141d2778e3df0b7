"""What the pages of a pairing show."""

from mentoring_ext.matching.reports.alone import WhyAlone, alone_in_words
from mentoring_ext.matching.reports.asked import Asked, asked_in
from mentoring_ext.matching.reports.board import Group, groups_of, proposals_of
from mentoring_ext.matching.reports.by_hand import ByHand, by_hand_in
from mentoring_ext.matching.reports.compare import Comparison, compare
from mentoring_ext.matching.reports.effect import Effect, effect_of
from mentoring_ext.matching.reports.figures import of_hundred
from mentoring_ext.matching.reports.honesty import Honest, honesty_of
from mentoring_ext.matching.reports.hours import with_hours
from mentoring_ext.matching.reports.left_over import Helping, LeftOver, helping_in, suggestions_for
from mentoring_ext.matching.reports.moved_since import MovedSince, moved_since
from mentoring_ext.matching.reports.places import Place, on_card, places_for, with_outcomes
from mentoring_ext.matching.reports.reasons import FactorRow, OtherMentor, factors_of, reasons_for
from mentoring_ext.matching.reports.stale import Stale, stale_in

__all__ = [
    "Asked",
    "ByHand",
    "Comparison",
    "Effect",
    "FactorRow",
    "Group",
    "Helping",
    "Honest",
    "LeftOver",
    "MovedSince",
    "OtherMentor",
    "Place",
    "Stale",
    "WhyAlone",
    "alone_in_words",
    "asked_in",
    "by_hand_in",
    "compare",
    "effect_of",
    "factors_of",
    "groups_of",
    "helping_in",
    "honesty_of",
    "moved_since",
    "of_hundred",
    "on_card",
    "places_for",
    "proposals_of",
    "reasons_for",
    "stale_in",
    "suggestions_for",
    "with_hours",
    "with_outcomes",
]
