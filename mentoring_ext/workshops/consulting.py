"""What a consultant may see of a group: its topics, how far it is, and the outcomes; nothing that anybody wrote."""

from dataclasses import dataclass

from lms.people.models import Organisation, User
from mentoring_ext.groups.models import MentoringGroup
from mentoring_ext.programmes.models import CohortMembership, Role
from mentoring_ext.sessions.models import Session
from mentoring_ext.workshops.models import Consultation


@dataclass(frozen=True)
class Topic:
    """One session as a consultant sees it."""

    number: int
    title: str
    state: str
    outcomes: list[str]


def topics_of(consultation: Consultation) -> list[Topic]:
    """Return the sessions of the consultation's group, in two queries; none for a whole organisation."""
    if consultation.group is None:
        return []
    sessions = (
        Session.objects.filter(group=consultation.group).select_related("plan").prefetch_related("plan__outcomes")
    )
    return [
        Topic(
            session.plan.number,
            session.plan.title,
            session.get_state_display(),
            [outcome.text for outcome in session.plan.outcomes.all()],
        )
        for session in sessions.select_related("plan").prefetch_related("plan__outcomes")
    ]


def organisation_for(user: User, group: MentoringGroup | None) -> Organisation:
    """Return for which organisation ``user`` asks: the group's, else that of the cohort they coordinate or mentor."""
    if group:
        return group.cohort.organisation
    own = CohortMembership.objects.present().filter(user=user, role__in=[Role.COORDINATOR, Role.MENTOR])
    return own.select_related("cohort__organisation").order_by("role", "-joined_at")[0].cohort.organisation
