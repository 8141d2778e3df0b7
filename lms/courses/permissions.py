"""Who may take courses. Reading is for everybody: the pages themselves say who sees them."""

import rules
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import describe

rules.add_perm("lms_courses.take_course", rules.is_authenticated)

describe("lms_courses.take_course", _("take a course"))
