"""Marks as numbers: weighted means and differences between reviewers. Knows no request and no database."""

from collections.abc import Iterable, Mapping


def weighted_mean(marks: Mapping[int, int], weights: Mapping[int, int]) -> float:
    """Return the mean of the marks, each as heavy as its criterion, on the scale of the marks; 0 without weights."""
    whole = sum(weights[criterion] for criterion in marks)
    return sum(mark * weights[criterion] for criterion, mark in marks.items()) / whole if whole else 0.0


def difference(marks: Iterable[int]) -> int | None:
    """Return how many steps lie between the lowest and the highest mark; None with less than two marks."""
    given = list(marks)
    return max(given) - min(given) if len(given) > 1 else None


def mean(values: Iterable[float]) -> float | None:
    """Return the plain mean; None of nothing."""
    given = list(values)
    return sum(given) / len(given) if given else None


def deal(
    applications: Iterable[int], loads: Mapping[int, int], taken: Mapping[int, set[int]], each: int
) -> list[tuple[int, int]]:
    """Deal applications to reviewers so that everybody gets about as many.

    ``loads`` says how many each reviewer has already, ``taken`` who is asked for an application already; ``each`` is
    how many reviewers an application shall have. Returns pairs of application and reviewer; who is first in ``loads``
    is asked first when loads are the same.
    """
    load, dealt = dict(loads), []
    for application in applications:
        asked = set(taken.get(application, ()))
        while len(asked) < each and set(load) - asked:
            reviewer = min((person for person in load if person not in asked), key=load.__getitem__)
            asked.add(reviewer)
            load[reviewer] += 1
            dealt.append((application, reviewer))
    return dealt
