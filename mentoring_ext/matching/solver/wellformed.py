"""Whether an answer is one at all: what was kept as text can hold anything in place of numbers and lists."""

import numpy as np

from mentoring_ext.matching.solver.answers import Assignment, Certificate, refuse_if

WHOLE = ("scale", "premium", "relaxed", "small")
PEOPLE = ("crowd", "places", "floor_crowd", "floor_places")
PRICES = ("mentee_prices", "mentor_prices", "count_prices", "floor_prices", "small_prices")


def check_form(answer: Assignment) -> None:
    """Raise ``Refused`` where a part of the answer or of its proof is of another type than it has to be."""
    refuse_if(not isinstance(answer.mentor_of, np.ndarray), "there must be one mentor for each mentee")
    numbers = all(isinstance(value, float | int) for value in (answer.total, answer.bound))
    refuse_if(not numbers or not isinstance(answer.optimal, bool), "total, bound or the claim to be the best is none")
    refuse_if(not _are_whole(answer.left_over), "the list of those left over is wrong")
    if answer.certificate is not None:
        refuse_if(not isinstance(answer.certificate, Certificate), "there is no proof, or one of another kind or scale")
        _check_proof(answer.certificate)


def _check_proof(proof: Certificate) -> None:
    words: list[object] = [proof.kind, *proof.searched] if isinstance(proof.searched, list) else [None]
    refuse_if(not all(isinstance(word, str) for word in words), "the proof is of another kind")
    refuse_if(not isinstance(proof.settled, bool), "the proof does not say whether all is settled")
    refuse_if(not _are_whole([getattr(proof, name) for name in WHOLE]), "the prices are not whole numbers")
    refuse_if(proof.floor is not None and not _are_whole([proof.floor]), "the floor is not the worst score")
    refuse_if(not all(_are_whole(getattr(proof, name)) for name in PEOPLE), "a crowd is not a list of people")
    # Narrower and unsigned numbers would run over while they are added up.
    refuse_if(not all(_are_prices(getattr(proof, name)) for name in PRICES), "the prices are not whole numbers")


def _are_whole(values: object) -> bool:
    return isinstance(values, list) and all(type(value) is int for value in values)


def _are_prices(values: object) -> bool:
    return isinstance(values, np.ndarray) and values.dtype == np.int64
