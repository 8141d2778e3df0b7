"""Runs of the pairing, changes by hand, rules about two people, the letters, and requests for another match."""

from mentoring_ext.matching.models.asking import Confirmation, MatchRequest
from mentoring_ext.matching.models.change import Change
from mentoring_ext.matching.models.further import FurtherFactor
from mentoring_ext.matching.models.letter import Letter, LetterText, Side
from mentoring_ext.matching.models.rule import PairRule
from mentoring_ext.matching.models.run import MatchRun, Proposal, RunMentor
from mentoring_ext.matching.models.wish import Wish, WishRound

__all__ = [
    "Change",
    "Confirmation",
    "FurtherFactor",
    "Letter",
    "LetterText",
    "MatchRequest",
    "MatchRun",
    "PairRule",
    "Proposal",
    "RunMentor",
    "Side",
    "Wish",
    "WishRound",
]
