"""Who sees what the site does by itself."""

import rules

from lms.people.permissions import is_administrator

rules.add_perm("lms_serving.see_nights", is_administrator)
