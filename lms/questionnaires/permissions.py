"""Who may compose questionnaires."""

import rules
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import describe, is_administrator, is_editor

rules.add_perm("lms_questionnaires.compose", is_editor | is_administrator)

describe("lms_questionnaires.compose", _("compose forms for the whole site"))
