"""Runs, changes by hand, rules about two people, letters, requests for another match, defaults, hidden names."""

from mentoring_ext.matching.models.asking import Confirmation, MatchRequest
from mentoring_ext.matching.models.change import Change
from mentoring_ext.matching.models.defaults import PairingDefaults
from mentoring_ext.matching.models.equality import EqualityReport
from mentoring_ext.matching.models.further import FurtherFactor
from mentoring_ext.matching.models.letter import Letter, LetterText, Side
from mentoring_ext.matching.models.naming import Alias, NamesStep
from mentoring_ext.matching.models.rule import PairRule
from mentoring_ext.matching.models.run import MatchRun, Proposal, RunMentor
from mentoring_ext.matching.models.sheet_question import SheetQuestion
from mentoring_ext.matching.models.wish import Wish, WishRound

__all__ = [
    "Alias",
    "Change",
    "Confirmation",
    "EqualityReport",
    "FurtherFactor",
    "Letter",
    "LetterText",
    "MatchRequest",
    "MatchRun",
    "NamesStep",
    "PairRule",
    "PairingDefaults",
    "Proposal",
    "RunMentor",
    "SheetQuestion",
    "Side",
    "Wish",
    "WishRound",
]
