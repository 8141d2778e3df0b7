"""What administrators and managers keep of other people's accounts."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from lms.journal.actions import record
from lms.people import errors
from lms.people.actions.invitations import invite_person, resend_invitation
from lms.people.actions.roles import gives_in
from lms.people.models import Department, Organisation, User


@transaction.atomic
def invite_new_person(
    *,
    actor: User,
    first_name: str,
    last_name: str,
    email: str,
    organisation: Organisation | None,
    department: Department | None,
    at: datetime,
) -> User:
    """Invite somebody who has no account yet, to a place that ``actor`` looks after.

    Raises ``AddressTaken`` ("address_taken"), ``OtherOrganisation`` and ``NotYoursToGive``.
    """
    if department and (organisation is None or department.organisation_id != organisation.pk):
        raise errors.OtherOrganisation
    _check_place(actor, organisation, department)
    if User.objects.with_email(email).exists():
        raise errors.AddressTaken
    return invite_person(
        actor=actor,
        first_name=first_name,
        last_name=last_name,
        email=email,
        reason=str(department or organisation or settings.WAGTAIL_SITE_NAME),
        organisation=organisation,
        department=department,
        at=at,
    )


@transaction.atomic
def change_person(
    person: User,
    *,
    actor: User,
    first_name: str,
    last_name: str,
    organisation: Organisation | None,
    department: Department | None,
) -> User:
    """Change a person's name, and where they belong.

    Raises ``OtherOrganisation`` ("other_organisation") and ``NotYoursToGive`` ("not_yours_to_give") for a place that
    ``actor`` does not look after.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if department and (organisation is None or department.organisation_id != organisation.pk):
        raise errors.OtherOrganisation
    before = (person.organisation_id, person.department_id)
    if before != (organisation and organisation.pk, department and department.pk):
        _check_place(actor, organisation, department)
    person.first_name, person.last_name = first_name, last_name
    person.organisation, person.department = organisation, department
    person.save(update_fields=["first_name", "last_name", "organisation", "department"])
    record("changed", person, actor=actor, context=department or organisation)
    return person


def _check_place(actor: User, organisation: Organisation | None, department: Department | None) -> None:
    allowed = actor.has_perm("lms_people.add_organisation")
    if not allowed and (organisation is None or not gives_in(actor, organisation, department)):
        raise errors.NotYoursToGive


@transaction.atomic
def correct_address(person: User, *, actor: User, email: str, at: datetime) -> User:
    """Correct the address of somebody who was invited and never came, and send the invitation there.

    The link that went to the wrong address works no more. Raises ``AddressTaken`` ("address_taken") and
    ``InvitationUsed`` ("invitation_used"): whoever has come changes the address themselves.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.state != User.State.INVITED or not hasattr(person, "invitation"):
        raise errors.InvitationUsed
    if User.objects.with_email(email).exclude(pk=person.pk).exists():
        raise errors.AddressTaken
    person.email = email
    person.save(update_fields=["email"])
    record("changed", person, actor=actor, at=at)
    resend_invitation(person.invitation, actor=actor, at=at)
    return person
