"""Who may open calls and decide on applications: the coordinators of the cohort that a call is for.

Who is asked to review an application reads just this one. Managers see figures only.
"""

import rules
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import Organisation, SiteRole, User
from lms.people.permissions import Person, describe, has_role, is_administrator
from mentoring_ext.applications.models import Application, Assignment, Audience, Call
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from mentoring_ext.programmes.permissions import cohorts_overseen_by, coordinates_somewhere, oversees


def calls_reviewed_by(user: object) -> Q:
    """Return the filter of the calls of the cohorts that ``user`` coordinates; of all for an administrator."""
    if not isinstance(user, User):
        return Q(pk__in=[])
    if is_administrator(user):
        return Q()
    return Q(cohort__in=Cohort.objects.coordinated_by(user).values("pk"))


def calls_listed_for(user: object) -> Q:
    """Return the filter of the calls in lists: for staff only where ``user`` belongs to the organisation or reviews."""
    everybody = Q(audience=Audience.EXTERNAL)
    if not isinstance(user, User):
        return everybody
    return everybody | Q(organisation=user.organisation_id) | calls_reviewed_by(user)


def calls_reported_to(user: object) -> Q:
    """Return the filter of the calls whose selection report ``user`` reads, be it in figures only."""
    if not isinstance(user, User):
        return Q(pk__in=[])
    if is_administrator(user):
        return Q()
    overseen = Cohort.objects.filter(cohorts_overseen_by(user))
    return calls_reviewed_by(user) | Q(cohort__in=overseen.values("pk"))


def organisations_written_for(user: User) -> QuerySet[Organisation]:
    """Return the organisations whose letters ``user`` words: those of the cohorts that she or he coordinates."""
    return Organisation.objects.filter(cohorts__in=Cohort.objects.coordinated_by(user)).distinct()


def possible_reviewers(call: Call) -> QuerySet[User]:
    """Return who may be asked to review: the cohort's coordinators, trainers, and the organisation's mentors.

    Whoever applied to the call is left out.
    """
    present = CohortMembership.objects.present()
    coordinators = present.filter(cohort=call.cohort, role=Role.COORDINATOR)
    mentors = present.filter(cohort__organisation=call.organisation, role=Role.MENTOR)
    trainers = SiteRole.objects.filter(role=SiteRole.Role.TRAINER)
    named = Q(pk__in=coordinators.values("user")) | Q(pk__in=mentors.values("user")) | Q(pk__in=trainers.values("user"))
    applicants = call.applications.filter(user__isnull=False).values("user")
    return User.objects.filter(named, is_active=True).exclude(pk__in=applicants).order_by("last_name", "first_name")


@rules.predicate
def oversees_call(user: Person, call: Call) -> bool:
    """The person manages the organisation or department of the call's cohort."""
    return bool(oversees.test(user, call.cohort))


@rules.predicate
def is_asked_to_review(user: Person, application: Application) -> bool:
    """The person is asked to review this application."""
    return Assignment.objects.filter(application=application, user=user.pk).exists()


@rules.predicate
def is_a_reviewer(user: Person) -> bool:
    """The person is asked to review some application."""
    return has_role(user, "reviewer")


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
rules.add_perm("mentoring_applications.view_application", reviews_application | is_asked_to_review | is_administrator)
rules.add_perm("mentoring_applications.score_application", reviews_application | is_asked_to_review)
rules.add_perm("mentoring_applications.list_reviews", is_a_reviewer | coordinates_somewhere)
rules.add_perm("mentoring_applications.view_selection", reviews_call | oversees_call | is_administrator)
rules.add_perm("mentoring_applications.read_selection", reviews_call | is_administrator)
rules.add_perm("mentoring_applications.decide_application", reviews_application)
rules.add_perm("mentoring_applications.list_calls", coordinates_somewhere | is_administrator)

describe("mentoring_applications.open_call", _("open a call for mentors"))
describe("mentoring_applications.review_call", _("see the applications to a call"), Call.objects.reviewed_by)
describe("mentoring_applications.change_call", _("change a call"), Call.objects.reviewed_by)
describe("mentoring_applications.view_application", _("read an application"), Application.objects.visible_to)
describe("mentoring_applications.decide_application", _("decide on an application"), Application.objects.visible_to)
describe("mentoring_applications.score_application", _("score an application"), Application.objects.visible_to)
describe("mentoring_applications.list_reviews", _("see the applications that they were asked to read"))
describe("mentoring_applications.view_selection", _("see the figures of a selection"), Call.objects.reviewed_by)
describe("mentoring_applications.read_selection", _("read the whole report on a selection"), Call.objects.reviewed_by)
describe("mentoring_applications.list_calls", _("see the list of calls with their applications"))
