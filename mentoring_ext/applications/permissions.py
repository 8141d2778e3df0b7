"""Who may open calls and decide on applications: the coordinators of the cohort that a call is for."""

import rules
from django.db.models import Q

from lms.people.models import User
from lms.people.permissions import Person, has_role, is_administrator
from mentoring_ext.applications.models import Application, Call
from mentoring_ext.programmes.models import Cohort, Role
from mentoring_ext.programmes.permissions import coordinates_somewhere


def calls_reviewed_by(user: object) -> Q:
    """Return the filter of the calls of the cohorts that ``user`` coordinates; of all for an administrator."""
    if not isinstance(user, User):
        return Q(pk__in=[])
    if is_administrator(user):
        return Q()
    return Q(cohort__in=Cohort.objects.coordinated_by(user).values("pk"))


@rules.predicate
def reviews_call(user: Person, call: Call) -> bool:
    """The person coordinates the cohort that the call is for."""
    return has_role(user, Role.COORDINATOR, call.cohort)


@rules.predicate
def reviews_application(user: Person, application: Application) -> bool:
    """The person coordinates the cohort that the application is for."""
    return has_role(user, Role.COORDINATOR, application.call.cohort)


rules.add_perm("mentoring_applications.open_call", coordinates_somewhere)
rules.add_perm("mentoring_applications.review_call", reviews_call | is_administrator)
rules.add_perm("mentoring_applications.change_call", reviews_call)
rules.add_perm("mentoring_applications.view_application", reviews_application | is_administrator)
rules.add_perm("mentoring_applications.decide_application", reviews_application)
rules.add_perm("mentoring_applications.list_calls", coordinates_somewhere | is_administrator)
