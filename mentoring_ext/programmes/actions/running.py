"""What every change of a cohort asks first."""

from mentoring_ext.programmes.errors import CohortFinished
from mentoring_ext.programmes.models import Cohort


def check_running(cohort: Cohort) -> None:
    """Raise ``CohortFinished`` ("cohort_finished") when nothing can be changed any more."""
    if cohort.is_finished:
        raise CohortFinished
