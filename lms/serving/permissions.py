"""Who sees what the site does by itself."""

import rules
from django.utils.translation import gettext_lazy as _

from lms.people.permissions import describe, is_administrator

rules.add_perm("lms_serving.see_nights", is_administrator)
describe("lms_serving.see_nights", _("see what the nightly tasks did"))
