"""Who may write notes. What was written is seen by nobody else: ``Reflection.objects.visible_to`` holds that."""

import rules
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import describe

rules.add_perm("oer_lessons.write_reflection", rules.is_authenticated)

describe("oer_lessons.write_reflection", _("write private notes in lessons"))
