"""Runs of the pairing, what was changed in them by hand, rules about two people, and the letters."""

from mentoring_ext.matching.models.change import Change
from mentoring_ext.matching.models.further import FurtherFactor
from mentoring_ext.matching.models.letter import Letter, LetterText, Side
from mentoring_ext.matching.models.rule import PairRule
from mentoring_ext.matching.models.run import MatchRun, Proposal, RunMentor

__all__ = ["Change", "FurtherFactor", "Letter", "LetterText", "MatchRun", "PairRule", "Proposal", "RunMentor", "Side"]
