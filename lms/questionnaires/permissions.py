"""Who may compose questionnaires."""

import rules

from lms.people.permissions import is_administrator, is_editor

rules.add_perm("lms_questionnaires.compose", is_editor | is_administrator)
