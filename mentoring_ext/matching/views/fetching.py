"""Cohort, run and proposal of an address: 404 for strangers, 403 for those who may not pair."""

from django.shortcuts import get_object_or_404

from lms.http import PersonRequest
from lms.people.permissions import require
from mentoring_ext.matching.models import MatchRun, Proposal
from mentoring_ext.matching.naming import closed_run
from mentoring_ext.programmes.models import Cohort


def cohort_of(request: PersonRequest, pk: int) -> Cohort:
    """Return the cohort."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).with_phase(), pk=pk)
    require(request.user, "mentoring_matching.pair", cohort)
    return cohort


def run_of(request: PersonRequest, cohort_pk: int, pk: int) -> MatchRun:
    """Return a run of the cohort."""
    runs = MatchRun.objects.visible_to(request.user).select_related("cohort__programme", "made_by", "job")
    run = get_object_or_404(runs, cohort=cohort_pk, pk=pk)
    require(request.user, "mentoring_matching.pair", run.cohort)
    run.is_decided = run.is_open and closed_run(run.cohort) is not None
    return run


def proposal_of(request: PersonRequest, cohort_pk: int, run_pk: int, pk: int) -> Proposal:
    """Return a proposal of the run."""
    run = run_of(request, cohort_pk, run_pk)
    proposal = get_object_or_404(run.proposals.select_related("mentee", "mentor", "exchanged_with"), pk=pk)
    proposal.run = run
    return proposal
