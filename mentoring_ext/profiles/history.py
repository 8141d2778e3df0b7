"""What a mentor did before: groups, and what mentees said, as far as the reader may know it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from lms.people.models import User
from lms.questionnaires.models import Answer, Question, Response
from mentoring_ext.groups.models import GroupMember, MentoringGroup
from mentoring_ext.profiles.models import MentorProfile

LEAST = 5
"""From so many people on, a mean tells nothing about one of them."""


@dataclass(frozen=True)
class Rating:
    """The mean of what mentees said on scales, from 1 (worst) to 5 (best), and how many people that were."""

    mean: float
    people: int


@dataclass(frozen=True)
class GroupRow:
    """A group that the mentor leads or led, with its rating where the reader coordinates its cohort."""

    group: MentoringGroup
    mentees: int
    rating: Rating | None


@dataclass(frozen=True)
class History:
    """The mentor's groups, newest first; ``others`` is the rating by all groups whose answers the reader cannot read.

    It is None while fewer than five people answered, and ``answers`` says how many they are.
    """

    rows: list[GroupRow]
    others: Rating | None
    answers: int


def history_of(mentor: MentorProfile, reader: User) -> History:
    """Return a mentor's groups with what ``reader`` may know of the ratings, in a fixed number of queries."""
    groups = list(MentoringGroup.objects.filter(mentor=mentor.user_id).select_related("cohort").order_by("-opened_at"))
    members = list(GroupMember.objects.filter(group__in=groups))
    said = _said_in(members)
    read = {group.pk for group in groups if reader.has_perm("mentoring_evaluation.read_answers", group.cohort)}
    of_group: dict[int, list[tuple[int, list[float]]]] = defaultdict(list)
    for member in members:
        if member.pk in said:
            of_group[member.group_id].append((member.user_id, said[member.pk]))
    present = [member.group_id for member in members if member.left_at is None]
    rows = [
        GroupRow(group, present.count(group.pk), _rating(of_group[group.pk]) if group.pk in read else None)
        for group in groups
    ]
    unread = [entry for group in groups if group.pk not in read for entry in of_group[group.pk]]
    others = _rating(unread)
    return History(rows, others if others and others.people >= LEAST else None, others.people if others else 0)


def _said_in(members: Iterable[GroupMember]) -> dict[int, list[float]]:
    """Return what each mentee said of their own pair, by the pair's id, on scales from 1 to 5."""
    mentees = {member.pk: member.user_id for member in members}
    responses = Response.objects.submitted().filter(
        subject_type=ContentType.objects.get_for_model(GroupMember), subject_id__in=mentees
    )
    answers = Answer.objects.filter(response__in=responses, question__kind=Question.Kind.SCALE)
    found: dict[int, list[float]] = defaultdict(list)
    for answer in answers.select_related("question", "response"):
        pair, steps = answer.response.subject_id, len(answer.question.options)
        if answer.response.respondent_id == mentees[pair] and isinstance(answer.value, int) and steps > 1:
            found[pair].append(1 + 4 * (answer.value - 1) / (steps - 1))
    return found


def _rating(said: list[tuple[int, list[float]]]) -> Rating | None:
    values = [value for _person, values in said for value in values]
    if not values:
        return None
    return Rating(sum(values) / len(values), len({person for person, _values in said}))
