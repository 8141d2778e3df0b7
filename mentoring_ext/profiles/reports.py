"""What the pages of the mentors' database show: words for codes, and who can be invited."""

from typing import Any

from django.db.models import QuerySet

from lms.people.models import Organisation, User
from mentoring_ext.profiles import choices
from mentoring_ext.profiles.models import MentorProfile
from mentoring_ext.profiles.permissions import organisations_served_by
from mentoring_ext.profiles.wording import free_hours_in_words, words
from mentoring_ext.programmes.models import CohortMembership, Role


def words_of(mentor: MentorProfile) -> dict[str, Any]:
    """Return in words what a mentor's sheet keeps as codes."""
    levels = dict(choices.Level.choices)
    return {
        "competences": words(choices.Competence, mentor.competences),
        "languages": words(choices.Language, mentor.spoken),
        "interests": words(choices.Interest, mentor.interests),
        "motives": words(choices.Motive, mentor.motives),
        "objectives": words(choices.Objective, mentor.objectives),
        "support": words(choices.Support, mentor.support),
        "access": words(choices.Access, mentor.access),
        "levels": [(topic.label, levels.get(mentor.digital_level.get(topic.value))) for topic in choices.Topic],
        "free": free_hours_in_words(mentor.availability),
    }


def graduates_for(user: User) -> QuerySet[User]:
    """Return those who completed a cohort as mentee where ``user`` serves and who are not mentors yet."""
    completed = CohortMembership.objects.filter(
        role=Role.MENTEE,
        state=CohortMembership.State.COMPLETED,
        cohort__organisation__in=organisations_served_by(user),
    )
    return (
        User.objects.filter(pk__in=completed.values("user"))
        .exclude(mentorprofile__entered_at__isnull=False)
        .select_related("graduate_invitation")
        .order_by("last_name", "first_name", "pk")
    )


def organisation_for(user: User, mentor: MentorProfile) -> Organisation:
    """Return the organisation for which ``user`` notes something about a mentor: the mentor's own where possible."""
    served = organisations_served_by(user)
    own = mentor.user.organisation_id
    return Organisation.objects.get(pk=own if own in served else min(served))
