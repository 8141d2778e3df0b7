"""Who may read what a cohort says of its mentoring."""

import rules

from lms.people.permissions import Person, is_administrator
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.programmes.permissions import coordinates, oversees


def reads_words(user: Person, cohort: Cohort) -> bool:
    """Return whether ``user`` reads the open answers and not only the figures."""
    return user.has_perm("mentoring_evaluation.read_answers", cohort)


rules.add_perm("mentoring_evaluation.view_figures", coordinates | oversees | is_administrator)
rules.add_perm("mentoring_evaluation.read_answers", coordinates)
rules.add_perm("mentoring_evaluation.export_answers", coordinates)
