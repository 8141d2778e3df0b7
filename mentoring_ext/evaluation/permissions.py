"""Who may read what a cohort says of its mentoring."""

import rules
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import Person, describe, is_administrator
from mentoring_ext.programmes.models import Cohort
from mentoring_ext.programmes.permissions import coordinates, oversees


def reads_words(user: Person, cohort: Cohort) -> bool:
    """Return whether ``user`` reads the open answers and not only the figures."""
    return user.has_perm("mentoring_evaluation.read_answers", cohort)


rules.add_perm("mentoring_evaluation.view_figures", coordinates | oversees | is_administrator)
rules.add_perm("mentoring_evaluation.read_answers", coordinates)
rules.add_perm("mentoring_evaluation.export_answers", coordinates)

describe("mentoring_evaluation.view_figures", _("see the figures of a cohort’s evaluation"), Cohort.objects.visible_to)
describe("mentoring_evaluation.read_answers", _("read the answers of a cohort’s evaluation"), Cohort.objects.visible_to)
describe("mentoring_evaluation.export_answers", _("take the answers along as a spreadsheet"), Cohort.objects.visible_to)
