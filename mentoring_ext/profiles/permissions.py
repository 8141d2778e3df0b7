"""Who may fill in a sheet, and who may look into the mentors' database."""

import rules
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import Department, Organisation, OrganisationMembership, User
from lms.people.permissions import Person, describe, has_role, is_administrator, roles_of
from mentoring_ext.profiles.models import ContactRequest, MentorNote, MentorProfile, PublicProfile, SavedView
from mentoring_ext.programmes.models import Cohort, CohortMembership, Role
from mentoring_ext.programmes.permissions import coordinates, oversees


def organisations_served_by(user: Person) -> set[int]:
    """Return the ids of the organisations for which ``user`` coordinates a cohort or is a manager."""
    found: set[int] = set()
    for role in roles_of(user):
        if role.name == "coordinator" and isinstance(role.scope, Cohort):
            found.add(role.scope.organisation_id)
        if role.name in {"manager", "coordinator"} and isinstance(role.scope, Organisation):
            found.add(role.scope.pk)
        if role.name in {"manager", "coordinator"} and isinstance(role.scope, Department):
            found.add(role.scope.organisation_id)
    return found


def mentors_seen_by(user: Person) -> Q:
    """Return the filter of the mentors' profiles that ``user`` may see."""
    if is_administrator(user):
        return Q(entered_at__isnull=False)
    served = organisations_served_by(user)
    members = CohortMembership.objects.filter(cohort__organisation__in=served).values("user")
    ours = Q(user__organisation__in=served) | Q(user__in=members)
    return Q(user_id=user.pk) | (Q(entered_at__isnull=False) & ours)


BROWSERS = {"mentee", "mentor", "coordinator", "manager", "trainer", "editor", "administrator"}
"""Who browses the profiles that are not open to everybody: the programme's people and the staff."""


def public_profiles_seen_by(user: Person) -> Q:
    """Return the filter of the public profiles that ``user`` may see: one's own, and what its mentor opened to them."""
    standing = Q(mentor__entered_at__isnull=False, mentor__user__is_active=True)
    if has_role(user, BROWSERS):
        return standing
    return (Q(for_everybody=True) | Q(mentor__user_id=user.pk)) & standing


def coordinators_of(mentor: MentorProfile) -> QuerySet[User]:
    """Return who coordinates where this mentor belongs: the mentor's cohorts, and the mentor's organisation."""
    cohorts = CohortMembership.objects.present().filter(user=mentor.user_id).values("cohort")
    led = CohortMembership.objects.present().filter(role=Role.COORDINATOR)
    ours = Q(cohort__in=cohorts) | Q(cohort__organisation=mentor.user.organisation_id)
    named = OrganisationMembership.objects.filter(organisation=mentor.user.organisation_id)
    return User.objects.filter(Q(pk__in=led.filter(ours).values("user")) | Q(pk__in=named.values("user")))


@rules.predicate
def serves_an_organisation(user: Person) -> bool:
    """Return whether ``user`` coordinates a cohort, manages an organisation or administers the site."""
    return has_role(user, {"coordinator", "manager", "administrator"})


@rules.predicate
def is_mentor_to_be(user: Person) -> bool:
    """Return whether ``user`` has a mentor's sheet, or is a mentor in a cohort and may begin one."""
    return has_role(user, "mentor") or MentorProfile.objects.filter(user=user.pk or 0).exists()


@rules.predicate
def is_mentee(user: Person) -> bool:
    """Return whether ``user`` is a mentee in a cohort."""
    return has_role(user, "mentee")


@rules.predicate
def invites_graduate(user: Person, graduate: User | None) -> bool:
    """Return whether ``user`` coordinates or manages where the graduate was a mentee."""
    if graduate is None:
        return bool(serves_an_organisation(user))
    served = organisations_served_by(user)
    return graduate.cohort_memberships.filter(cohort__organisation__in=served, role="mentee").exists()


def sees_picture(user: Person, mentor: MentorProfile) -> bool:
    """Return whether ``user`` may see the mentor's picture: who sees the sheet, or a public profile that shows it."""
    if user.is_authenticated and MentorProfile.objects.visible_to(user).filter(pk=mentor.pk).exists():
        return True
    shown = PublicProfile.objects.visible_to(user).filter(mentor=mentor).first()
    return shown is not None and shown.shows("picture")


@rules.predicate
def is_entered_mentor(user: Person) -> bool:
    """Return whether ``user`` stands in the mentors' database."""
    return MentorProfile.objects.entered().filter(user=user.pk or 0).exists()


@rules.predicate
def owns_view(user: Person, view: SavedView) -> bool:
    """Return whether ``user`` made the saved view."""
    return view.owner_id == user.pk


@rules.predicate
def wrote_note(user: Person, note: MentorNote) -> bool:
    """Return whether ``user`` wrote the note."""
    return note.author_id == user.pk


@rules.predicate
def takes_notes(user: Person) -> bool:
    """Return whether ``user`` serves an organisation and so may note something about its mentors."""
    return bool(organisations_served_by(user))


@rules.predicate
def is_asked(user: Person, asked: ContactRequest) -> bool:
    """Return whether the request for contact goes to ``user``."""
    return asked.mentor.user_id == user.pk


@rules.predicate
def reads_answers(user: Person, member: CohortMembership) -> bool:
    """Return whether ``user`` coordinates the member's cohort, or manages its organisation or department."""
    return bool(coordinates(user, member.cohort)) or bool(oversees(user, member.cohort))


def members_read_by(user: User) -> QuerySet[CohortMembership]:
    """Return the members of the cohorts that ``user`` sees."""
    return CohortMembership.objects.filter(cohort__in=Cohort.objects.visible_to(user).order_by().values("pk"))


rules.add_perm("mentoring_profiles.view_mentors", serves_an_organisation)
rules.add_perm("mentoring_profiles.fill_mentor_sheet", is_mentor_to_be)
rules.add_perm("mentoring_profiles.fill_mentee_sheet", is_mentee)
rules.add_perm("mentoring_profiles.invite_graduate", invites_graduate)
rules.add_perm("mentoring_profiles.show_profile", is_entered_mentor)
rules.add_perm("mentoring_profiles.request_contact", rules.is_authenticated)
rules.add_perm("mentoring_profiles.answer_contact", is_asked)
rules.add_perm("mentoring_profiles.settle_report", takes_notes)
rules.add_perm("mentoring_profiles.note_on_mentor", takes_notes)
rules.add_perm("mentoring_profiles.delete_note", wrote_note)
rules.add_perm("mentoring_profiles.delete_view", owns_view)
rules.add_perm("mentoring_profiles.read_answers", reads_answers)

describe("mentoring_profiles.view_mentors", _("look into the mentors’ database"))
describe("mentoring_profiles.fill_mentor_sheet", _("fill in a mentor’s sheet of their own"))
describe("mentoring_profiles.fill_mentee_sheet", _("fill in a mentee’s sheet of their own"))
describe("mentoring_profiles.invite_graduate", _("invite a graduate to become a mentor"), User.objects.visible_to)
describe("mentoring_profiles.show_profile", _("show a profile of their own to others"))
describe("mentoring_profiles.request_contact", _("ask a mentor for contact"))
describe("mentoring_profiles.answer_contact", _("answer a request for contact"), ContactRequest.objects.visible_to)
describe("mentoring_profiles.settle_report", _("settle a report about a request for contact"))
describe("mentoring_profiles.note_on_mentor", _("write notes about mentors"))
describe("mentoring_profiles.delete_note", _("delete a note about a mentor"), MentorNote.objects.visible_to)
describe(
    "mentoring_profiles.read_answers",
    _("read what mentees answered to the organisation’s own questions"),
    members_read_by,
)
describe("mentoring_profiles.delete_view", _("delete a saved view of the database"), SavedView.objects.visible_to)
