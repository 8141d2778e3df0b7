"""Who looks after consent texts, periods and erasures."""

import rules
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation, User
from lms.people.permissions import Person, describe, is_administrator, roles_of


@rules.predicate
def manages_the_only_organisation(user: Person) -> bool:
    """Return whether ``user`` manages the one organisation of the site: its texts then are the site's."""
    held = {role.scope for role in roles_of(user) if role.name == "manager" and isinstance(role.scope, Organisation)}
    return bool(held) and Organisation.objects.count() == 1


rules.add_perm("lms_privacy.publish_consents", is_administrator | manages_the_only_organisation)
rules.add_perm("lms_privacy.set_periods", is_administrator)
rules.add_perm("lms_privacy.erase_others", is_administrator)

describe("lms_privacy.publish_consents", _("publish what people are asked to agree to"))
describe("lms_privacy.set_periods", _("set how long things are kept"))
describe("lms_privacy.erase_others", _("erase another person’s data"), User.objects.visible_to)
