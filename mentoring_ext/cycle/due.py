"""What coordinators and editors have to do for the circle."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.people.models import User
from lms.people.permissions import has_role, is_editor
from lms.plugins import AgendaItem
from mentoring_ext.cycle.models import ContentProposal
from mentoring_ext.evaluation.models import EvaluationRound
from mentoring_ext.evaluation.reports import responses_in
from mentoring_ext.groups.models import GroupMember
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role


def items_for(user: User, at: datetime) -> Iterator[AgendaItem]:
    """Yield proposals to decide and drafts to publish for editors, and evidence to read for coordinators."""
    if is_editor(user):
        yield from _to_decide()
        yield from _to_publish()
    if has_role(user, Role.COORDINATOR):
        yield from _to_read(user)


def _to_decide() -> Iterator[AgendaItem]:
    for proposal in ContentProposal.objects.waiting().select_related("cohort"):
        yield AgendaItem(
            key=f"proposal:decide:{proposal.pk}",
            title=_("Decide on the proposal “%(title)s”") % {"title": proposal},
            url=proposal.get_absolute_url(),
            action=_("Read the proposal"),
            why=_("A coordinator asks for a new lesson and names the evidence."),
            about=str(proposal.cohort),
            weight=40,
        )


def _to_publish() -> Iterator[AgendaItem]:
    for proposal in ContentProposal.objects.unpublished().filter(lesson__isnull=False).select_related("cohort"):
        yield AgendaItem(
            key=f"proposal:publish:{proposal.pk}",
            title=_("Finish and publish the lesson “%(title)s”") % {"title": proposal},
            url=reverse("wagtailadmin_pages:edit", args=[proposal.lesson_id]),
            action=_("Open the draft"),
            why=_("It was accepted. Those who gave the evidence wait for it."),
            about=str(proposal.cohort),
            weight=30,
        )


def _to_read(user: User) -> Iterator[AgendaItem]:
    mine = CohortMembership.objects.filter(user=user, role=Role.COORDINATOR, state=CohortMembership.State.ACTIVE)
    cohorts = Cohort.objects.filter(pk__in=mine.values("cohort"), content_proposals=None)
    rounds = list(EvaluationRound.objects.filter(cohort__in=cohorts).select_related("cohort"))
    if not rounds:
        return
    pairs = responses_in(rounds).values("subject_id")
    answered = set(GroupMember.objects.filter(pk__in=pairs).values_list("group__cohort", flat=True))
    for cohort in {found.cohort for found in rounds if found.cohort_id in answered}:
        yield AgendaItem(
            key=f"evidence:{cohort.pk}",
            title=_("Read what your cohort says"),
            url=reverse("mentoring_cycle:evidence_board", args=[cohort.pk]),
            action=_("Open the evidence board"),
            why=_("The weakest spot can become a new lesson for the next cohort."),
            about=str(cohort),
            weight=20,
        )
