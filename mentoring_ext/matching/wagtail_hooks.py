"""What the pairing keeps of a person, and what it asks of a coordinator."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lms.people.models import User
from lms.people.permissions import has_role
from lms.plugins import AGENDA_SOURCES, PRIVACY_HANDLERS, AgendaItem, AgendaSource, Held, PrivacyHandler
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.programmes.models import Cohort, Phase, Role


@hooks.register(AGENDA_SOURCES.name)
def pairings() -> AgendaSource:
    return AgendaSource(name="pairings", items_for=pairings_due)


def pairings_due(user: User, at: datetime) -> Iterable[AgendaItem]:
    """Ask a coordinator to pair the cohorts that are in the phase of matching, until a run is published."""
    if not has_role(user, Role.COORDINATOR):
        return
    due = Cohort.objects.coordinated_by(user).filter(phase__code=Phase.Code.MATCHING)
    for cohort in due.exclude(match_runs__state=MatchRun.State.PUBLISHED):
        yield AgendaItem(
            key=f"pairing-{cohort.pk}",
            title=_("Pair mentors and mentees"),
            url=reverse("mentoring_matching:run_list", args=[cohort.pk]),
            action=_("Go to the pairing"),
            why=_("The cohort is in the phase of matching. Nobody hears of it before you publish."),
            about=cohort.name,
            weight=70,
        )


@hooks.register(PRIVACY_HANDLERS.name)
def privacy() -> PrivacyHandler:
    models = ["mentoring_matching.MatchRun", "mentoring_matching.Proposal"]
    return PrivacyHandler(
        name="pairing",
        models=models,
        export=None,
        erase=erase,
        label=_("Pairing"),
        held=[
            Held(
                "mentoring_matching.proposal",
                about=("mentee", "mentor"),
                where={"run__state": MatchRun.State.PUBLISHED},
                left_out={"options": "It compares other people."},
            )
        ],
        not_told={"mentoring_matching.matchrun": "It tells of the person only who made it; the journal has that."},
    )


def erase(user: User) -> None:
    """Remove what was compared about a mentee, and a mentor's name; the totals of the runs stay."""
    Proposal.objects.filter(mentee=user).delete()
    Proposal.objects.filter(mentor=user).update(mentor=None)
    MatchRun.objects.filter(made_by=user).update(made_by=None)
